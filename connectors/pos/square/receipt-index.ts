import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../kernel/ports/documents.ts';

interface ReceiptDocument extends Document {
  readonly orderId: string;
}

const RECEIPTS: CollectionDefinition = { name: 'square-receipts', indexes: [] };

/** Receipt numbers, each with the order that it stands on: Square finds orders by their ids alone. */
export class ReceiptIndex {
  readonly #system: string;
  readonly #receipts: Collection<ReceiptDocument>;

  constructor(system: string, receipts: Collection<ReceiptDocument>) {
    this.#system = system;
    this.#receipts = receipts;
  }

  static async open(system: string, documents: Documents): Promise<ReceiptIndex> {
    return new ReceiptIndex(system, await documents.collection<ReceiptDocument>(RECEIPTS));
  }

  /** Keeps the first order of each number. */
  async add(receipts: ReadonlyMap<string, string>): Promise<void> {
    const known = await this.find([...receipts.keys()]);
    const fresh = [...receipts].filter(([number]) => !known.has(number));
    await Promise.all(
      fresh.map(async ([number, orderId]) => {
        try {
          await this.#receipts.save({ id: this.#idOf(number), orderId }, 0);
        } catch (error) {
          if (!(error instanceof DocumentConflict)) throw error;
        }
      }),
    );
  }

  /** Order ids by receipt number; unknown numbers are absent. */
  async find(numbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await this.#receipts.getMany(numbers.map((number) => this.#idOf(number)));
    return new Map(found.map(({ document }) => [document.id.slice(this.#system.length + 1), document.orderId]));
  }

  #idOf(number: string): string {
    return `${this.#system}|${number}`;
  }
}
