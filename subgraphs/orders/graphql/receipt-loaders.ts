import { RECEIPTS_PER_LOOK_UP_MAX, type Pos, type Receipt } from '../../../connectors/pos/port.ts';
import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';
import type { Order } from '../domain/order.ts';

/** Looks receipts up: all of one client operation in one call to each POS estate. */
export class ReceiptLoaders {
  readonly #estates: readonly { readonly pos: Pos; readonly loader: Loader<string, Receipt> }[];

  constructor(pos: readonly Pos[], telemetry: Telemetry) {
    this.#estates = pos.map((estate) => ({
      pos: estate,
      loader: createLoader<string, Receipt>({
        name: `pos-receipts-${estate.system}`,
        batchKeysMax: RECEIPTS_PER_LOOK_UP_MAX,
        load: (numbers) => estate.lookUpReceipts(numbers),
        telemetry,
      }),
    }));
  }

  /**
   * The receipt of a store sale; null for any other order, and when the POS has none.
   * @throws {DomainError} when the POS does not answer
   */
  async load(order: Order): Promise<Receipt | null> {
    if (order.origin !== 'STORE_SALE') return null;
    const estate = this.#estates.find(({ pos }) => order.locations.some((each) => pos.locations.includes(each)));
    return (await estate?.loader.load(order.externalId)) ?? null;
  }
}
