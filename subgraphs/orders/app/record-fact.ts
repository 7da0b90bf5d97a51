import { Refusal } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type {
  CancellationRefused,
  DeliveryRecorded,
  PickRecorded,
  ReleaseEnded,
  ShipmentRecorded,
  ShortPickRecorded,
} from '../../../schema/events/inbox.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { OrdersServices } from './orders-services.ts';
import type { KnownSku } from './registry.ts';
import { unreadableSku, type MeasuredLine } from './unreadable-sku.ts';
import { readToldLines } from './read-lines.ts';
import { recordSale } from './record-sale.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'skus' | 'ids' | 'telemetry'>;

/** Facts that say something about orders. */
export const ORDER_FACTS = [
  'store-sale-recorded',
  'web-sale-recorded',
  'pick-recorded',
  'short-pick-recorded',
  'pack-recorded',
  'shipment-recorded',
  'delivery-recorded',
  'release-ended',
  'cancellation-refused',
] as const;

/**
 * Takes in a fact from outside, once by its source and event id.
 * @returns undefined when it is taken in; else what has to come first or what is wrong, and the fact is to be parked
 */
export async function recordFact(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  const { lines = [] } = envelope.data as { readonly lines?: readonly MeasuredLine[] };
  const inUnits = lines.filter(({ unit }) => unit !== undefined);
  const known = await services.skus.getMany(inUnits.map(({ sku }) => sku));
  const unreadable = unreadableSku(inUnits, known);
  if (unreadable !== undefined) return `sku:${unreadable}`;
  try {
    if (envelope.type === 'store-sale-recorded' || envelope.type === 'web-sale-recorded') {
      return await recordSale(services, envelope);
    }
    const { order } = envelope.data as { readonly order: string };
    const { system, eventId } = envelope.source;
    const once = { key: `${system}/${eventId}`, contentHash: '' };
    const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
    await services.store.change(order, (now) => ({ ...commandOf(now, envelope, known), once }), cause);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'UNKNOWN_ORDER') return `order:${String(error.details['order'])}`;
    return `refused:${error.code}`;
  }
}

/** @param known the SKUs of lines that name a unit */
function commandOf(order: Order, envelope: EventEnvelope, known: ReadonlyMap<string, KnownSku>): OrderCommand {
  const told = toldBy(envelope);
  switch (envelope.type) {
    case 'pick-recorded':
    case 'pack-recorded': {
      const { location, lines } = envelope.data as PickRecorded;
      const step = envelope.type === 'pick-recorded' ? 'PICKED' : 'PACKED';
      return { type: 'RecordWork', step, location, told, ...readToldLines(order, lines, known) };
    }
    case 'shipment-recorded':
      return shipmentOf(order, envelope, known);
    case 'short-pick-recorded': {
      const { location, lines } = envelope.data as ShortPickRecorded;
      const { eventId } = envelope.source;
      return { type: 'RecordShortPick', location, eventId, told, ...readToldLines(order, lines, known) };
    }
    case 'delivery-recorded': {
      const { shipment } = envelope.data as DeliveryRecorded;
      return { type: 'RecordDelivery', shipment, told };
    }
    case 'release-ended': {
      const { location, lines, reason } = envelope.data as ReleaseEnded;
      return { type: 'EndRelease', location, reason, told, ...readToldLines(order, lines, known) };
    }
    case 'cancellation-refused': {
      const { location, reason } = envelope.data as CancellationRefused;
      return { type: 'RefuseCancellation', location, reason, told };
    }
    default:
      throw new Refusal('BAD_USER_INPUT', `${envelope.type} says nothing about orders.`, { type: envelope.type });
  }
}

function shipmentOf(order: Order, envelope: EventEnvelope, known: ReadonlyMap<string, KnownSku>): OrderCommand {
  const { location, lines, shipment, carrier, trackingNumber } = envelope.data as ShipmentRecorded;
  return {
    type: 'RecordWork',
    step: 'SHIPPED',
    location,
    told: toldBy(envelope),
    parcel: { externalId: shipment, carrier: carrier ?? null, trackingNumber: trackingNumber ?? null },
    ...readToldLines(order, lines, known),
  };
}
