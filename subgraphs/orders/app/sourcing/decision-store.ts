import type { Collection, CollectionDefinition, Document, Documents } from '../../../../kernel/ports/documents.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import type { Destination } from '../../domain/sourcing/destination.ts';
import type { Candidate, Choice, Demand, Load } from '../../domain/sourcing/sourcing-policy.ts';

/** Why the locations of an order were chosen. Never changed, but for whom it was is taken out. */
export interface StoredDecision extends Document {
  readonly order: string;
  readonly atMs: number;
  readonly policy: string;
  readonly rulesVersion: number;
  /** Of everything that the policy was given; equal inputs and rules give an equal decision. */
  readonly inputsHash: string;
  readonly channel: string;
  readonly destination: Destination | null;
  readonly costMinor: number;
  readonly lines: readonly StoredDecisionLine[];
  readonly choices: readonly Choice[];
  /** What of the days of the candidates was taken. */
  readonly loads: readonly (readonly [string, Load])[];
}

export interface StoredDecisionLine extends Omit<Demand, 'nodes'> {
  /** The best first; beyond a bound the worst are counted alone. */
  readonly candidates: readonly Candidate[];
  readonly omitted: number;
  /** Locations of the network that had none of it. */
  readonly withoutStock: number;
}

export const DECISIONS: CollectionDefinition = {
  name: 'orders-sourcing-decisions',
  indexes: [{ paths: ['atMs'] }],
};

/** A decision is named by its order and by what it was made of. */
export const decisionIdOf = (order: string, inputsHash: string): string => `${order}.d${inputsHash}`;

/** Decisions of one order that are looked up at a time. */
const PAGE = 100;

/** The decisions about the locations of orders. */
export class DecisionStore {
  readonly #decisions: Collection<StoredDecision>;

  private constructor(decisions: Collection<StoredDecision>) {
    this.#decisions = decisions;
  }

  static async open(documents: Documents): Promise<DecisionStore> {
    return new DecisionStore(await documents.collection<StoredDecision>(DECISIONS));
  }

  /** Saved before the order that follows it; one that no order names was never followed. */
  async add(decision: StoredDecision): Promise<void> {
    try {
      await this.#decisions.save(decision, 0);
    } catch (error) {
      // The same was decided before: its id is made of its inputs.
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }

  async getMany(ids: readonly string[]): Promise<ReadonlyMap<string, StoredDecision>> {
    if (ids.length === 0) return new Map();
    const found = await this.#decisions.getMany([...new Set(ids)]);
    return new Map(found.map(({ document }) => [document.id, document]));
  }

  /**
   * Takes out of all decisions about an order where it went; its country stays. Those too that it never followed, and does
   * not name: they begin with its id, and stand together in the order of ids.
   */
  async eraseDestinations(order: string): Promise<void> {
    const prefix = decisionIdOf(order, '');
    let after = { id: prefix, value: null };
    for (;;) {
      const page = await this.#decisions.find({ limit: PAGE, after });
      const found = page.filter(({ document }) => document.id.startsWith(prefix));
      for (const { document } of found) await this.#eraseDestination(document.id);
      const last = found.at(-1);
      if (!last || found.length < PAGE) return;
      after = { id: last.document.id, value: null };
    }
  }

  async #eraseDestination(id: string): Promise<void> {
    const found = await this.#decisions.get(id);
    const destination = found?.document.destination;
    if (!found || !destination || (destination.postalCode === null && destination.latitude === null)) return;
    const erased = { country: destination.country, postalCode: null, latitude: null, longitude: null };
    await this.#decisions.save({ ...found.document, destination: erased }, found.version);
  }

  /** The newest first. */
  async newest(limit: number): Promise<readonly StoredDecision[]> {
    const found = await this.#decisions.find({ orderBy: { path: 'atMs', direction: 'desc' }, limit });
    return found.map(({ document }) => document);
  }
}
