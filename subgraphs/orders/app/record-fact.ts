import { Refusal } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { parcelTracked } from '../../../schema/events/inbox-parcels.ts';
import type { ShipmentRecorded } from '../../../schema/events/inbox-work.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import { pickupTermsOf, type PickupRule } from '../domain/pickup/pickup-rules.ts';
import type { OrdersServices } from './orders-services.ts';
import { readOrderFact, type OrderFact } from './read-order-fact.ts';
import type { KnownSku } from './registry.ts';
import { unreadableSku, type MeasuredLine } from './unreadable-sku.ts';
import { readToldLines } from './read-lines.ts';
import { isPaymentFact, recordPaymentFact } from './record-payment-fact.ts';
import { recordParcelFact } from './record-parcel-fact.ts';
import { recordTransferWork } from './record-transfer.ts';
import { recordSale } from './record-sale.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<
  OrdersServices,
  'store' | 'skus' | 'channels' | 'knownPayments' | 'wms' | 'ids' | 'telemetry' | 'pickupRules'
>;

/** Facts about an order that is known; sales make orders. */
type OrderStep = Exclude<OrderFact, { readonly type: 'store-sale-recorded' | 'web-sale-recorded' }>;

/**
 * Takes in a fact from outside, once by its source and event id.
 * @returns undefined when it is taken in; else what has to come first or what is wrong, and the fact is to be parked
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export async function recordFact(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  try {
    if (isPaymentFact(envelope)) return await recordPaymentFact(services, envelope);
    if (envelope.type === parcelTracked.type) return await recordParcelFact(services, envelope);
    const fact = readOrderFact(envelope);
    if (await recordTransferWork(services, fact, envelope)) return undefined;
    const inUnits = linesOf(fact).filter(({ unit }) => unit !== undefined);
    const known = await services.skus.getMany(inUnits.map(({ sku }) => sku));
    const unreadable = unreadableSku(inUnits, known);
    if (unreadable !== undefined) return `sku:${unreadable}`;
    if (fact.type === 'store-sale-recorded' || fact.type === 'web-sale-recorded') {
      return await recordSale(services, fact.data, envelope);
    }
    const { system, eventId } = envelope.source;
    const once = { key: `${system}/${eventId}`, contentHash: '' };
    const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
    const { pickupRules } = services;
    const commandOf = (now: Order): OrderCommand => commandFrom(now, fact, { envelope, known, pickupRules });
    await services.store.change(fact.data.order, (now) => ({ ...commandOf(now), once }), cause);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'UNKNOWN_ORDER') return `order:${String(error.details['order'])}`;
    return `refused:${error.code}`;
  }
}

function linesOf({ data }: OrderFact): readonly MeasuredLine[] {
  return 'lines' in data ? data.lines : [];
}

interface Told {
  readonly envelope: EventEnvelope;
  /** The SKUs of lines that name a unit. */
  readonly known: ReadonlyMap<string, KnownSku>;
  readonly pickupRules: readonly PickupRule[];
}

function commandFrom(order: Order, fact: OrderStep, told: Told): OrderCommand {
  const { envelope, known } = told;
  const by = toldBy(envelope);
  switch (fact.type) {
    case 'pick-recorded':
    case 'pack-recorded': {
      const { location, lines } = fact.data;
      const step = fact.type === 'pick-recorded' ? 'PICKED' : 'PACKED';
      return { type: 'RecordWork', step, location, told: by, ...readToldLines(order, lines, known) };
    }
    case 'shipment-recorded':
      return shipmentOf(order, fact.data, told);
    case 'short-pick-recorded': {
      const { location, lines } = fact.data;
      const { eventId } = envelope.source;
      return { type: 'RecordShortPick', location, eventId, told: by, ...readToldLines(order, lines, known) };
    }
    case 'pickup-ready-recorded': {
      const { location, lines } = fact.data;
      const terms = pickupTermsOf(told.pickupRules, { channel: order.channel, location });
      const work = { type: 'RecordWork', step: 'READY_FOR_PICKUP', location, terms, told: by } as const;
      return { ...work, ...readToldLines(order, lines, known) };
    }
    case 'collection-recorded': {
      const { location, lines, proof, reference = null } = fact.data;
      const work = { type: 'RecordWork', step: 'DELIVERED', location, told: by } as const;
      return { ...work, ...(proof && { handOver: { proof, reference } }), ...readToldLines(order, lines, known) };
    }
    case 'delivery-recorded':
      return { type: 'RecordDelivery', shipment: fact.data.shipment, told: by };
    case 'release-ended': {
      const { location, lines, reason } = fact.data;
      return { type: 'EndRelease', location, reason, told: by, ...readToldLines(order, lines, known) };
    }
    case 'order-routed': {
      const { status, location, reason = null, lines } = fact.data;
      return { type: 'RecordRouting', status, location, reason, told: by, ...readToldLines(order, lines, known) };
    }
    case 'cancellation-refused': {
      const { location, reason } = fact.data;
      return { type: 'RefuseCancellation', location, reason, told: by };
    }
  }
}

function shipmentOf(order: Order, data: ShipmentRecorded, { envelope, known }: Told): OrderCommand {
  const { location, lines, shipment, carrier, trackingNumber } = data;
  return {
    type: 'RecordWork',
    step: 'SHIPPED',
    location,
    told: toldBy(envelope),
    parcel: { externalId: shipment, carrier: carrier ?? null, trackingNumber: trackingNumber ?? null },
    ...readToldLines(order, lines, known),
  };
}
