import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { parsePositiveInUnit } from '../../../kernel/model/convert-quantity.ts';
import type { StoreSaleRecorded } from '../../../schema/events/inbox.ts';
import { keepSale } from '../domain/keep-sale.ts';
import { notedExceptionsBetween } from '../domain/noted-exceptions.ts';
import type { NewLine } from '../domain/capture-order.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'skus' | 'channels' | 'ids' | 'telemetry'>;

/**
 * Keeps a sale that was completed outside as an order, once per channel and number. It has happened: one whose tenders are not
 * what its lines and charges come to is kept too, and people are told.
 * @param sale what the envelope holds, as this version reads it
 * @returns what has to come first, or what is wrong, when it cannot be kept now
 * @throws {Refusal} INVALID_QUANTITY
 */
export async function recordSale(
  services: Services,
  sale: StoreSaleRecorded,
  envelope: EventEnvelope,
): Promise<string | undefined> {
  const { store, skus, ids, telemetry } = services;
  if (!(await isSoldBySomebody(services, sale))) return `channel:${sale.channel}`;
  const known = await skus.getMany(sale.lines.map((line) => line.sku));
  const unknown = sale.lines.find((line) => !known.has(line.sku));
  if (unknown) return `sku:${unknown.sku}`;
  // Of what was told, of which another version may read more or less.
  const hash = contentHash({ type: envelope.type, sale: envelope.data });
  const order = keepSale({
    id: ids.next(),
    origin: envelope.type === 'store-sale-recorded' ? 'STORE_SALE' : 'WEB_SALE',
    channel: sale.channel,
    externalId: sale.externalId,
    contentHash: hash,
    currency: sale.currency,
    customer: sale.customer ?? null,
    location: sale.location,
    lines: sale.lines.map((line): NewLine => {
      const measured = known.get(line.sku) ?? { decimals: 0 };
      const { decimals } = measured;
      const ordered = parsePositiveInUnit(line, measured);
      const { sku, unitPriceMinor, discounts = [], taxes = [] } = line;
      const off = discounts.map(({ promotion = null, ...each }) => ({ promotion, ...each }));
      return { sku, decimals, ordered, unitPriceMinor, discounts: off, taxes };
    }),
    charges: sale.charges,
    ...(sale.pricesIncludeTax === false && { pricesIncludeTax: false }),
    tenders: sale.tenders,
    told: toldBy(envelope),
  });
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  const unpaid = notedExceptionsBetween({ ...order, timeline: [] }, order);
  if (await store.insert(order, [{ type: 'order-placed' }, ...unpaid], cause)) return undefined;
  const before = await store.findByNumber(sale.channel, sale.externalId);
  if (before?.contentHash === hash) {
    telemetry.count('orders_sales_repeated_total', { source: envelope.source.system });
    return undefined;
  }
  return 'conflict:number';
}

/** A store sells by a channel of its own, which nobody has to register. */
const STORE_CHANNEL = /^STORE:./;

async function isSoldBySomebody({ channels }: Services, { channel }: StoreSaleRecorded): Promise<boolean> {
  return STORE_CHANNEL.test(channel) || (await channels.get(channel)) !== undefined;
}
