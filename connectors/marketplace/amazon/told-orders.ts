import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../kernel/ports/documents.ts';

/** A fact as it was told first. JSON data. */
export interface ToldFact {
  readonly eventId: string;
  readonly type: 'marketplace-order-pending' | 'marketplace-order-received' | 'marketplace-cancellation-told';
  readonly occurredAtMs: number;
  readonly data: unknown;
}

export interface ToldOrder extends Document {
  /** Its last change that was read. */
  readonly updatedAtMs: number;
  readonly facts: readonly ToldFact[];
}

const TOLD: CollectionDefinition = { name: 'marketplace-orders-told', indexes: [] };
const ATTEMPTS_MAX = 10;

/**
 * What was told of each order, written down before it is handed on. An order changes while it is read again and again;
 * what was told of it once is told again in the same words, so that it is neither lost nor another.
 */
export class ToldOrders {
  readonly #system: string;
  readonly #orders: Collection<ToldOrder>;

  private constructor(system: string, orders: Collection<ToldOrder>) {
    this.#system = system;
    this.#orders = orders;
  }

  static async open(system: string, documents: Documents): Promise<ToldOrders> {
    return new ToldOrders(system, await documents.collection<ToldOrder>(TOLD));
  }

  async get(orderId: string): Promise<ToldOrder | undefined> {
    return (await this.#orders.get(this.#idOf(orderId)))?.document;
  }

  /** Adds what is new under its id. @returns all that was told, those known before as they were told then */
  async add(orderId: string, updatedAtMs: number, facts: readonly ToldFact[]): Promise<readonly ToldFact[]> {
    const id = this.#idOf(orderId);
    for (let attempt = 1; ; attempt++) {
      const known = await this.#orders.get(id);
      const before = known?.document.facts ?? [];
      const added = facts.filter(({ eventId }) => before.every((each) => each.eventId !== eventId));
      const all = [...before, ...added];
      if (added.length === 0 && (known?.document.updatedAtMs ?? -1) >= updatedAtMs) return all;
      try {
        await this.#orders.save({ id, updatedAtMs, facts: all }, known?.version ?? 0);
        return all;
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt >= ATTEMPTS_MAX) throw error;
      }
    }
  }

  #idOf(orderId: string): string {
    return `${this.#system}|${orderId}`;
  }
}
