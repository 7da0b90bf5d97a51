import type { ReturnReason } from '../../../schema/events/fields.ts';
import { returnRecorded, webSaleRecorded } from '../../../schema/events/inbox.ts';
import { extendedMinor, minorUnits } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

/** Units that Tryton sold or took back by itself, without the hub. */
export interface OwnTrade {
  readonly eventId: string;
  readonly occurredAtMs: number;
  readonly location: string;
  /** The number of the document under which people find it. */
  readonly number: string;
  readonly lines: readonly {
    readonly lineId: string;
    readonly sku: string;
    readonly quantity: string;
    /** In major units, of one unit; null where nobody said. */
    readonly unitPrice: string | null;
    readonly currency: string | null;
  }[];
}

/** What Tryton sells and takes back by itself is paid by its own invoices and credit notes. */
const TENDER = 'INVOICE';
const NOT_OURS = 'The hub neither released nor announced it, and no channel is named for what Tryton trades by itself.';

/**
 * A sale of Tryton's own that has left the warehouse.
 * @throws {Unreadable} while no channel is mapped for it, or a price or currency is missing
 */
export function ownSaleMessage({ eventId, occurredAtMs, ...trade }: OwnTrade, mapping: TrytonWmsMapping): Inbound {
  const { channel } = termsOf(mapping);
  const { currency, lines, totalMinor } = valued(trade);
  const tenders = totalMinor > 0 ? [{ tender: TENDER, amountMinor: totalMinor } as const] : [];
  const { location, number: externalId } = trade;
  const data = { channel, externalId, location, currency, lines, charges: [], tenders };
  return messageOf(webSaleRecorded, { eventId, occurredAtMs }, data);
}

/**
 * Goods that came back without the hub having announced it; what they are worth stands on Tryton's own credit note.
 * @throws {Unreadable} while no channel is mapped for it, or a price or currency is missing
 */
export function ownReturnMessage({ eventId, occurredAtMs, ...trade }: OwnTrade, mapping: TrytonWmsMapping): Inbound {
  const { channel, reason } = termsOf(mapping);
  const { currency, lines, totalMinor } = valued(trade);
  const refunds = totalMinor > 0 ? [{ tender: TENDER, amountMinor: totalMinor } as const] : [];
  return messageOf(
    returnRecorded,
    { eventId, occurredAtMs },
    {
      channel,
      externalId: trade.number,
      location: trade.location,
      currency,
      lines: lines.map((line) => ({ ...line, reason })),
      charges: [],
      refunds,
    },
  );
}

function termsOf(mapping: TrytonWmsMapping): { readonly channel: string; readonly reason: ReturnReason } {
  const { ownChannel: channel, ownReturnReason: reason = 'OTHER' } = mapping;
  if (channel === undefined) throw new Unreadable(NOT_OURS);
  return { channel, reason };
}

function valued({ lines }: Pick<OwnTrade, 'lines'>) {
  const [currency] = new Set(lines.map((line) => line.currency));
  if (!currency) throw new Unreadable('Goods that were sold or came back bear no currency.');
  const priced = lines.map(({ unitPrice, currency: of, ...line }) => {
    if (of !== currency) throw new Unreadable('Goods of one document bear several currencies.');
    return { ...line, unitPriceMinor: minorUnits(unitPrice ?? '0', currency, 'unit price') };
  });
  const totalMinor = priced.reduce((sum, line) => sum + extendedMinor(line.unitPriceMinor, line.quantity), 0);
  return { currency, lines: priced, totalMinor };
}
