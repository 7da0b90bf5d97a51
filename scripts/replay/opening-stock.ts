import type { InboundMessage, UnreadableMessage } from '../../connectors/runtime/inbound.ts';
import {
  returnRecorded,
  stockAdjusted,
  storeSaleRecorded,
  webSaleRecorded,
  type ReturnRecorded,
  type StockAdjusted,
  type StoreSaleRecorded,
} from '../../schema/events/inbox.ts';

/** What the documents of a file do to one SKU at one location, in whole pieces. */
export interface Turnover {
  readonly sku: string;
  readonly location: string;
  sold: number;
  returned: number;
  /** Signed. */
  adjusted: number;
}

/** Said by the command before it makes the receipt. */
export const OPENING_STOCK_RULE =
  'opening stock = all that the file takes out of a location, by sale or adjustment, rounded up to the next ten';

/** Turnover by `sku|location`. */
export function turnoverOf(messages: readonly (InboundMessage | UnreadableMessage)[]): ReadonlyMap<string, Turnover> {
  const turnovers = new Map<string, Turnover>();
  const of = (sku: string, location: string): Turnover => {
    const key = `${sku}|${location}`;
    const turnover = turnovers.get(key) ?? { sku, location, sold: 0, returned: 0, adjusted: 0 };
    turnovers.set(key, turnover);
    return turnover;
  };
  for (const message of messages) {
    if ('reason' in message) continue;
    if (message.definition === storeSaleRecorded || message.definition === webSaleRecorded) {
      const { lines, location } = message.data as StoreSaleRecorded;
      for (const { sku, quantity } of lines) of(sku, location).sold += Number(quantity);
    } else if (message.definition === returnRecorded) {
      const { lines, location } = message.data as ReturnRecorded;
      for (const { sku, quantity } of lines) of(sku, location).returned += Number(quantity);
    } else if (message.definition === stockAdjusted) {
      const { lines, location } = message.data as StockAdjusted;
      for (const { sku, quantity } of lines) of(sku, location).adjusted += Number(quantity);
    }
  }
  return turnovers;
}

/** By OPENING_STOCK_RULE. */
export function openingQuantity({ sold, adjusted }: Turnover): number {
  return Math.ceil((sold + Math.max(0, -adjusted)) / 10) * 10;
}

export function closingQuantity(turnover: Turnover): number {
  return openingQuantity(turnover) - turnover.sold + turnover.returned + turnover.adjusted;
}
