import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { parcelReturning } from '../../../schema/events/orders.ts';
import { announceReturn } from './announce-return.ts';
import { knownSkusOf } from './known-codes.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** A carrier brings a parcel back: a return awaits what is in it where it left, one for each parcel. */
export async function awaitParcel(parts: ReturnsParts, envelope: EventEnvelope): Promise<void> {
  const { order, shipment, location, lines } = readEvent(parcelReturning, envelope);
  const skus = await knownSkusOf(parts, [...new Set(lines.map(({ sku }) => sku))]);
  await announceReturn(parts, {
    id: envelope.id,
    fact: `parcel|${shipment}`,
    start: 'REFUSED_DELIVERY',
    sale: { order },
    location,
    lines: lines.map(({ orderLine, sku, quantity }) => {
      const decimals = skus.get(sku)?.decimals ?? 0;
      return { orderLine, sku, steps: parsePositiveQuantity(quantity, decimals), decimals, reason: 'REFUSED' };
    }),
    correlationId: envelope.correlationId,
  });
}
