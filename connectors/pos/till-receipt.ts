import { locationId, storeChannelId } from '../../kernel/model/codes.ts';
import type { ReturnReason, Tender } from '../../schema/events/fields.ts';
import {
  returnRecorded,
  storeSaleRecorded,
  type ReturnRecorded,
  type StoreSaleRecorded,
} from '../../schema/events/inbox.ts';
import { extendedMinor } from '../runtime/exact-decimal.ts';
import type { Inbound, InboundFact } from '../runtime/inbound.ts';
import { factOf } from '../runtime/message-of.ts';

export interface TillLine {
  readonly lineId: string;
  readonly sku: string;
  /** More than zero, also on returns. */
  readonly quantity: string;
  readonly unitPriceMinor: number;
}

type Tenders = readonly { readonly tender: Tender; readonly amountMinor: number }[];

export interface TillReturn {
  readonly lines: readonly TillLine[];
  /** What was given back for them, positive. */
  readonly totalMinor: number;
  readonly refunds: Tenders;
  readonly reason: ReturnReason;
  /** The sale that the goods come from; absent for a blind return. */
  readonly original?: { readonly location: string; readonly number: string };
}

/** What a till printed, whatever the vendor: a sale, returns, or both in one exchange. */
export interface TillReceipt {
  readonly location: string;
  readonly number: string;
  readonly currency: string;
  readonly occurredAtMs: number;
  readonly sale?: {
    readonly lines: readonly TillLine[];
    readonly totalMinor: number;
    /** Taken off the lines' prices; negative or zero. */
    readonly discountMinor: number;
    readonly tenders: Tenders;
  };
  readonly returns: readonly TillReturn[];
}

/** One receipt as one message: plain when it tells one fact, a bundle when it tells several. */
export function tillMessage(eventId: string, receipt: TillReceipt): Inbound {
  const facts = [
    ...(receipt.sale ? [{ part: 'sale', ...saleFact(receipt, receipt.sale) }] : []),
    ...receipt.returns.map((returned, index) => ({
      part: `return-${index + 1}`,
      ...returnFact(receipt, returned, index),
    })),
  ];
  const [only] = facts;
  if (!only || facts.length > 1) return { eventId, facts };
  const { part: _, ...fact } = only;
  return { eventId, ...fact };
}

function saleFact(receipt: TillReceipt, sale: NonNullable<TillReceipt['sale']>): InboundFact {
  const discount = { kind: 'DISCOUNT', description: 'Discounts', amountMinor: sale.discountMinor } as const;
  const restMinor = sale.totalMinor - sale.discountMinor - linesMinor(sale.lines);
  const data: StoreSaleRecorded = {
    ...headOf(receipt, receipt.number),
    lines: [...sale.lines],
    charges: [...(sale.discountMinor === 0 ? [] : [discount]), ...rest(restMinor)],
    tenders: [...sale.tenders],
  };
  return factOf(storeSaleRecorded, receipt.occurredAtMs, data);
}

function returnFact(receipt: TillReceipt, returned: TillReturn, index: number): InboundFact {
  const { original, reason, lines } = returned;
  const data: ReturnRecorded = {
    ...headOf(receipt, index === 0 ? receipt.number : `${receipt.number}/${index + 1}`),
    ...(original && { original: { channel: channelOf(original.location), externalId: original.number } }),
    lines: lines.map((line) => ({ ...line, reason })),
    charges: rest(returned.totalMinor - linesMinor(lines)),
    refunds: [...returned.refunds],
  };
  return factOf(returnRecorded, receipt.occurredAtMs, data);
}

function headOf(
  { location, currency }: TillReceipt,
  externalId: string,
): Pick<StoreSaleRecorded, 'channel' | 'externalId' | 'location' | 'currency'> {
  return { channel: channelOf(location), externalId, location: locationId(location), currency };
}

function channelOf(location: string): string {
  return storeChannelId(locationId(location));
}

/** Service charges, taxes on top and rounding: whatever makes lines and charges add up to what was paid. */
function rest(amountMinor: number): StoreSaleRecorded['charges'] {
  return amountMinor === 0 ? [] : [{ kind: 'OTHER', description: 'Service charges, taxes and rounding', amountMinor }];
}

function linesMinor(lines: readonly TillLine[]): number {
  return lines.reduce((sum, { unitPriceMinor, quantity }) => sum + extendedMinor(unitPriceMinor, quantity), 0);
}
