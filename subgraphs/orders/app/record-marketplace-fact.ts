import { isRefusal, Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { parsePositiveInUnit } from '../../../kernel/model/convert-quantity.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import {
  marketplaceAnswerTold,
  marketplaceCancellationTold,
  marketplaceOrderReceived,
  type MarketplaceLine,
  type MarketplaceOrderReceived,
} from '../../../schema/events/inbox-marketplace.ts';
import type { NewLine } from '../domain/capture-order.ts';
import { acceptMarketplaceOrder } from '../domain/marketplace/accept-marketplace-order.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { OrderCharge } from '../domain/order-line.ts';
import type { Destination } from '../domain/sourcing/destination.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import { handOffsOf } from './hand-offs.ts';
import type { OrdersServices } from './orders-services.ts';
import type { KnownSku } from './registry.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<
  OrdersServices,
  'store' | 'skus' | 'channels' | 'parked' | 'handOffs' | 'orchestration' | 'wms' | 'ids' | 'telemetry'
>;

const TYPES: readonly string[] = [
  marketplaceOrderReceived.type,
  marketplaceCancellationTold.type,
  marketplaceAnswerTold.type,
];

export const isMarketplaceFact = ({ type }: EventEnvelope): boolean => TYPES.includes(type);

/**
 * Takes in what a marketplace tells, once by its source and event id.
 * @returns undefined when it is taken in; else what has to come first or what is wrong
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export async function recordMarketplaceFact(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  try {
    if (envelope.type === marketplaceOrderReceived.type) return await accept(services, envelope);
    return await changeKnown(services, envelope);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `refused:${error.code}`;
  }
}

/** The marketplace takes the money; it counts as taken when the goods leave. */
const TAKEN_AT_SHIPMENT = { at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'marketplace' } as const;

/** Keeps the order, once by channel and number. Whoever goes on with orders claims its stock. */
async function accept(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  const data = readEvent(marketplaceOrderReceived, envelope);
  const { channel, externalId, currency, customer = null, lines, acknowledgeBy, shipBy } = data;
  if (!(await services.channels.get(channel))) return `channel:${channel}`;
  const known = await services.skus.getMany(lines.map(({ sku }) => sku));
  const unknown = lines.find(({ sku }) => !known.has(sku));
  if (unknown) return `sku:${unknown.sku}`;
  const hash = contentHash({ type: envelope.type, data: envelope.data });
  const told = toldBy(envelope);
  const orchestrator = await services.orchestration.orchestratorOf(channel, told.occurredAtMs);
  const order = acceptMarketplaceOrder({
    id: services.ids.next(),
    system: envelope.source.system,
    channel,
    externalId,
    contentHash: hash,
    currency,
    customer,
    ...handOffsOf(services.handOffs, { channel, customer, orchestrator }),
    ...destinationOf(data),
    lineIds: lines.map(({ lineId }) => lineId),
    lines: lines.map((line) => newLineOf(line, known)),
    charges: data.charges.map(chargeOf),
    ...(data.pricesIncludeTax === false && { pricesIncludeTax: false }),
    ...(acknowledgeBy !== undefined && { acknowledgeByMs: Date.parse(acknowledgeBy) }),
    ...(shipBy !== undefined && { shipByMs: Date.parse(shipBy) }),
    capture: TAKEN_AT_SHIPMENT,
    told,
  });
  if (isRefusal(order)) return `refused:${order.code}`;
  if (!(await services.store.insert(order, [], causeOf(envelope)))) {
    const before = await services.store.findByNumber(channel, externalId);
    if (before?.contentHash !== hash) return 'conflict:number';
    services.telemetry.count('orders_marketplace_repeated_total', { source: envelope.source.system });
  }
  // What was told of it before it.
  await services.parked.resume(waitsForOrder(data), (fact) => recordMarketplaceFact(services, fact));
  return undefined;
}

function newLineOf(line: MarketplaceLine, known: ReadonlyMap<string, KnownSku>): NewLine {
  const measured = known.get(line.sku) ?? { decimals: 0 };
  const { sku, unitPriceMinor, discounts = [], taxes = [], pickupAt } = line;
  return {
    sku,
    decimals: measured.decimals,
    ordered: parsePositiveInUnit(line, measured),
    unitPriceMinor,
    discounts: discounts.map(({ promotion = null, ...discount }) => ({ promotion, ...discount })),
    taxes,
    ...(pickupAt !== undefined && { pickupAt }),
  };
}

function chargeOf({ taxes, ...charge }: MarketplaceOrderReceived['charges'][number]): OrderCharge {
  return taxes ? { ...charge, taxes } : charge;
}

function destinationOf({ destination }: MarketplaceOrderReceived): { readonly destination?: Destination } {
  if (!destination) return {};
  const postalCode = destination.postalCode?.replaceAll(/\s/g, '').toUpperCase() ?? null;
  return { destination: { country: destination.country, postalCode, latitude: null, longitude: null } };
}

const waitsForOrder = ({ channel, externalId }: Pick<MarketplaceOrderReceived, 'channel' | 'externalId'>): string =>
  `number:${channel}/${externalId}`;

async function changeKnown(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  const told = readKnown(envelope);
  const order = await services.store.findByNumber(told.data.channel, told.data.externalId);
  if (!order) return waitsForOrder(told.data);
  const { system, eventId } = envelope.source;
  const once = { key: `${system}/${eventId}`, contentHash: '' };
  const wmsLocations = services.wms.flatMap(({ locations }) => locations);
  await services.store.change(
    order.id,
    (now) => ({ ...commandOf(told, now, { envelope, wmsLocations }), once }),
    causeOf(envelope),
  );
  return undefined;
}

type Known = ReturnType<typeof readKnown>;

function readKnown(envelope: EventEnvelope) {
  return envelope.type === marketplaceAnswerTold.type
    ? ({ type: 'ANSWER', data: readEvent(marketplaceAnswerTold, envelope) } as const)
    : ({ type: 'CANCELLATION', data: readEvent(marketplaceCancellationTold, envelope) } as const);
}

interface About {
  readonly envelope: EventEnvelope;
  readonly wmsLocations: readonly string[];
}

/** @throws {Obstacle} before the stock of an order is claimed, when single lines of it are to be called off */
function commandOf(known: Known, order: Order, { envelope, wmsLocations }: About): OrderCommand {
  const told = toldBy(envelope);
  if (known.type === 'ANSWER') {
    const { command, outcome, reason = 'no reason was told' } = known.data;
    return { type: 'RecordMarketplaceAnswer', command, reason: outcome === 'FAILED' ? reason : null, told };
  }
  const { kind, lines: lineIds, reason } = known.data;
  if (lineIds && order.status === 'RECEIVED') {
    throw new Obstacle('CONTEXT_UNAVAILABLE', 'The stock of the order is not claimed yet.', { order: order.id });
  }
  return { type: 'RecordMarketplaceCancellation', kind, ...(lineIds && { lineIds }), reason, wmsLocations, told };
}

function causeOf({ correlationId, id }: EventEnvelope): Cause {
  return { correlationId, causationId: id };
}
