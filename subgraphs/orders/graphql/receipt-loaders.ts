import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import { RECEIPTS_PER_CALL_MAX, receiptSourceOf, type Receipt, type ReceiptSource } from '../app/receipt-source.ts';
import type { Order } from '../domain/order.ts';

/** Looks receipts up: all of one client operation in one call to each POS estate. */
export class ReceiptLoaders {
  readonly #estates: readonly { readonly locations: readonly string[]; readonly loader: Loader<string, Receipt> }[];

  constructor(sources: readonly ReceiptSource[]) {
    this.#estates = sources.map((source) => ({
      locations: source.locations,
      loader: createLoader<string, Receipt>({
        name: `pos-receipts-${source.system}`,
        batchKeysMax: RECEIPTS_PER_CALL_MAX,
        load: (numbers) => source.lookUpReceipts(numbers),
      }),
    }));
  }

  /**
   * The receipt of a store sale; null for any other order, and when the POS has none.
   * @throws {DomainError} when the POS does not answer
   */
  async load(order: Order): Promise<Receipt | null> {
    return (await receiptSourceOf(this.#estates, order)?.loader.load(order.externalId)) ?? null;
  }
}
