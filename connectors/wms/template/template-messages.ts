import { skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { stockAdjusted, stockCounted } from '../../../schema/events/inbox.ts';
import { pickRecorded, shipmentRecorded } from '../../../schema/events/inbox-work.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound, InboundFact } from '../../runtime/inbound.ts';
import { factOf } from '../../runtime/message-of.ts';
import { readable, Unreadable } from '../../runtime/unreadable.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { TemplateEvent, type RawEvent } from './template-objects.ts';

/**
 * An event as one message, under its own number: whatever tells it, a webhook or the feed, it is the same message, and a
 * number that never came is seen to be missing. What cannot be read is kept as it came, with the reason.
 */
export function eventMessage(raw: RawEvent, mapping: TemplateMapping): Inbound {
  const { warehouse, number } = raw;
  const eventId = `${warehouse}:${number}`;
  const read = (): Inbound => {
    const fact = factOfEvent(parseAs(TemplateEvent, raw, 'event'), mapping);
    return { eventId, facts: [{ part: raw.type, ...fact }], sequence: { stream: warehouse, number } };
  };
  return readable(eventId, raw, read, { kind: 'event', body: raw });
}

/** @throws {Unreadable} for an unknown type, an unmapped value or an inexact quantity */
function factOfEvent(event: TemplateEvent, mapping: TemplateMapping): InboundFact {
  const occurredAtMs = Date.parse(event.at);
  const location = mapped(mapping.locations, event.warehouse, 'warehouse');
  const lines = event.lines.map(goods);
  const work = () => ({
    order: named(event.order_ref, 'order'),
    location,
    lines: event.lines.map((line, index) => ({
      ...goods(line, index),
      orderLine: named(line.line_ref, 'line of the order'),
    })),
  });
  switch (event.type) {
    case 'picked':
      return factOf(pickRecorded, occurredAtMs, work());
    case 'shipped':
      return factOf(shipmentRecorded, occurredAtMs, { ...work(), shipment: named(event.parcel, 'parcel') });
    case 'counted':
      return factOf(stockCounted, occurredAtMs, { location, lines });
    case 'adjusted':
      return factOf(stockAdjusted, occurredAtMs, {
        location,
        lines: event.lines.map((line, index) => ({
          ...goods(line, index),
          reason: mapped(mapping.reasons, line.reason ?? '', 'reason'),
        })),
      });
    default:
      throw new Unreadable(`The type of event "${event.type}" is not known.`);
  }
}

function goods(
  { sku, quantity }: TemplateEvent['lines'][number],
  index: number,
): { readonly lineId: string; readonly sku: string; readonly quantity: string } {
  return { lineId: String(index + 1), sku: skuId(sku), quantity: decimalText(quantity, 'quantity') };
}

function named(value: string | undefined, what: string): string {
  if (value === undefined) throw new Unreadable(`An event of work names no ${what}.`);
  return value;
}
