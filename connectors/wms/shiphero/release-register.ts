import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../kernel/ports/documents.ts';
import { releaseIdOf } from './release-id.ts';

export interface RegisteredRelease {
  readonly idempotencyKey: string;
  readonly location: string;
  readonly partnerOrderId: string;
  readonly isCancelled: boolean;
}

interface OrderDocument extends Document {
  readonly releases: readonly RegisteredRelease[];
}

const ORDERS: CollectionDefinition = { name: 'shiphero-releases', indexes: [] };
const ATTEMPTS_MAX = 10;

/**
 * Which releases an order has at a warehouse system, written down before the warehouse is asked: an order may be
 * released more than once, and cancelling has to find every one of them, also after a crash.
 */
export class ReleaseRegister {
  readonly #system: string;
  readonly #orders: Collection<OrderDocument>;

  constructor(system: string, orders: Collection<OrderDocument>) {
    this.#system = system;
    this.#orders = orders;
  }

  static async open(system: string, documents: Documents): Promise<ReleaseRegister> {
    return new ReleaseRegister(system, await documents.collection<OrderDocument>(ORDERS));
  }

  /** The release under this key, made when it is new. */
  async add(
    order: string,
    asked: { readonly idempotencyKey: string; readonly location: string },
  ): Promise<RegisteredRelease> {
    const releases = await this.#change(order, (known) => {
      if (known.some(({ idempotencyKey }) => idempotencyKey === asked.idempotencyKey)) return known;
      return [...known, { ...asked, partnerOrderId: releaseIdOf(order, known.length + 1), isCancelled: false }];
    });
    return releases.find(({ idempotencyKey }) => idempotencyKey === asked.idempotencyKey) as RegisteredRelease;
  }

  async at(order: string, location: string): Promise<readonly RegisteredRelease[]> {
    const known = await this.#orders.get(this.#idOf(order));
    return known?.document.releases.filter((release) => release.location === location) ?? [];
  }

  /** What was cancelled is never released again, whoever repeats its key. */
  async markCancelled(order: string, partnerOrderId: string): Promise<void> {
    await this.#change(order, (known) =>
      known.map((release) => (release.partnerOrderId === partnerOrderId ? { ...release, isCancelled: true } : release)),
    );
  }

  async #change(
    order: string,
    change: (known: readonly RegisteredRelease[]) => readonly RegisteredRelease[],
  ): Promise<readonly RegisteredRelease[]> {
    const id = this.#idOf(order);
    for (let attempt = 1; ; attempt++) {
      const known = await this.#orders.get(id);
      const before = known?.document.releases ?? [];
      const after = change(before);
      try {
        if (after !== before) await this.#orders.save({ id, releases: after }, known?.version ?? 0);
        return after;
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt >= ATTEMPTS_MAX) throw error;
      }
    }
  }

  #idOf(order: string): string {
    return `${this.#system}|${order}`;
  }
}
