import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../../kernel/ports/documents.ts';

/** What somebody asked to have forgotten, until it is: what it is found by is kept here alone, and no longer than that. */
export interface OpenErasure extends Document {
  readonly state: 'OPEN';
  /** What stands in the place of the customer from then on; names the erasure. */
  readonly pseudonym: string;
  /** Null: only orders are named. */
  readonly customer: string | null;
  readonly orders: readonly string[];
  /** Other words by which the person is known, such as a name or an address of mail. */
  readonly texts: readonly string[];
  readonly by: string;
  readonly reason: string;
  readonly requestedAtMs: number;
}

/** That it was done, by whom and why; not for whom. */
interface DoneErasure extends Document {
  readonly state: 'DONE';
  readonly by: string;
  readonly reason: string;
  readonly requestedAtMs: number;
  readonly doneAtMs: number;
}

export const ERASURES: CollectionDefinition = { name: 'orders-erasures', indexes: [{ paths: ['state'] }] };

/** Erasures that are looked up at a time. */
const PAGE = 100;

/** Which customers are to be forgotten. */
export class ErasureBook {
  readonly #erasures: Collection<OpenErasure | DoneErasure>;

  private constructor(erasures: Collection<OpenErasure | DoneErasure>) {
    this.#erasures = erasures;
  }

  static async open(documents: Documents): Promise<ErasureBook> {
    return new ErasureBook(await documents.collection<OpenErasure | DoneErasure>(ERASURES));
  }

  /** Keeps what is asked for once. @returns what is to be done: an erasure of the same that is not done yet goes on */
  async ask(erasure: OpenErasure): Promise<OpenErasure> {
    try {
      await this.#erasures.save(erasure, 0);
      return erasure;
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
      const before = await this.#erasures.get(erasure.id);
      // It was done between both.
      return before?.document.state === 'OPEN' ? before.document : this.ask(erasure);
    }
  }

  async open(): Promise<readonly OpenErasure[]> {
    const found = await this.#erasures.find({ where: { state: { eq: 'OPEN' } }, limit: PAGE });
    return found.flatMap(({ document }) => (document.state === 'OPEN' ? [document] : []));
  }

  /** Keeps that it is done, and forgets for whom. Doing so twice is doing so once. */
  async complete({ id, pseudonym, by, reason, requestedAtMs }: OpenErasure, doneAtMs: number): Promise<void> {
    try {
      await this.#erasures.save({ id: pseudonym, state: 'DONE', by, reason, requestedAtMs, doneAtMs }, 0);
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
    }
    const open = await this.#erasures.get(id);
    if (open) await this.#erasures.delete(id, open.version);
  }
}
