import { RECEIPTS_PER_LOOK_UP_MAX, type Pos, type Receipt as PosReceipt } from '../../../connectors/pos/port.ts';
import type { Order } from '../domain/order.ts';

export type Receipt = PosReceipt;

/** Where receipts of some stores are looked up, many in one call. */
export type ReceiptSource = Pick<Pos, 'system' | 'locations' | 'lookUpReceipts'>;

export const RECEIPTS_PER_CALL_MAX = RECEIPTS_PER_LOOK_UP_MAX;

/** The source that has the receipt of an order; undefined for an order that no POS took. */
export function receiptSourceOf<Source extends Pick<ReceiptSource, 'locations'>>(
  sources: readonly Source[],
  { origin, locations }: Order,
): Source | undefined {
  if (origin !== 'STORE_SALE') return undefined;
  return sources.find((source) => locations.some((location) => source.locations.includes(location)));
}
