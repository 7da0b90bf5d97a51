import { isRefusal, Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import {
  marketplaceAnswerTold,
  marketplaceCancellationTold,
  marketplaceOrderPending,
  marketplaceOrderReceived,
  type MarketplaceOrderReceived,
} from '../../../schema/events/inbox-marketplace.ts';
import { acceptMarketplaceOrder } from '../domain/marketplace/accept-marketplace-order.ts';
import { acceptUnpaidOrder } from '../domain/marketplace/accept-unpaid-order.ts';
import type { SoldLine } from '../domain/marketplace/marketplace-terms.ts';
import { awaitsClaim } from '../domain/marketplace/record-marketplace-sale.ts';
import type { CommandOf, OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import { handOffsOf } from './hand-offs.ts';
import type { OrdersServices } from './orders-services.ts';
import { chargeOf, destinationOf, soldLineOf, unpaidLineOf } from './read-marketplace-order.ts';
import type { KnownSku } from './registry.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<
  OrdersServices,
  'store' | 'skus' | 'channels' | 'parked' | 'handOffs' | 'orchestration' | 'wms' | 'ids' | 'telemetry'
>;

const TYPES: readonly string[] = [
  marketplaceOrderPending.type,
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
    if (envelope.type === marketplaceOrderPending.type) return await acceptUnpaid(services, envelope);
    return await changeKnown(services, envelope);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `refused:${error.code}`;
  }
}

/** The marketplace takes the money; it counts as taken when the goods leave. */
const TAKEN_AT_SHIPMENT = { at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'marketplace' } as const;

/** Keeps the order, once by channel and number; one that was not paid for when it was told first goes on. */
async function accept(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  const data = readEvent(marketplaceOrderReceived, envelope);
  const { channel, externalId, customer = null, lines } = data;
  const known = await readKnownSkus(services, data);
  if (typeof known === 'string') return known;
  const told = toldBy(envelope);
  const orchestrator = await services.orchestration.orchestratorOf(channel, told.occurredAtMs);
  const hash = contentHash({ type: envelope.type, data: envelope.data });
  const sale = saleOf(services, { data, known, hash, orchestrator });
  const { handOffs, lines: sold, ...terms } = sale;
  const order = acceptMarketplaceOrder({
    id: services.ids.next(),
    system: envelope.source.system,
    channel,
    externalId,
    customer,
    ...terms,
    ...handOffs,
    lineIds: lines.map(({ lineId }) => lineId),
    lines: sold,
    told,
  });
  if (isRefusal(order)) return `refused:${order.code}`;
  if (!(await services.store.insert(order, [], causeOf(envelope)))) {
    const before = await services.store.findByNumber(channel, externalId);
    if (before?.marketplace?.isUnpaid) await recordPayment(services, { envelope, sale, order: before });
    else if (before?.contentHash !== hash) return 'conflict:number';
    services.telemetry.count('orders_marketplace_repeated_total', { source: envelope.source.system });
  }
  await goOnWith(services, data);
  return undefined;
}

/** Keeps an order that is not paid for. One that is known already may be paid for by now, and stays as it is. */
async function acceptUnpaid(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  const data = readEvent(marketplaceOrderPending, envelope);
  const { channel, externalId, lines } = data;
  const known = await readKnownSkus(services, data);
  if (typeof known === 'string') return known;
  const order = acceptUnpaidOrder({
    id: services.ids.next(),
    system: envelope.source.system,
    channel,
    externalId,
    contentHash: contentHash({ type: envelope.type, data: envelope.data }),
    currency: (await services.channels.get(channel))?.currency ?? '',
    customer: null,
    lineIds: lines.map(({ lineId }) => lineId),
    lines: lines.map((line) => unpaidLineOf(line, known)),
    told: toldBy(envelope),
  });
  if (isRefusal(order)) return `refused:${order.code}`;
  await services.store.insert(order, [], causeOf(envelope));
  await goOnWith(services, data);
  return undefined;
}

/** @returns what has to be registered first, when something is not */
async function readKnownSkus(
  { channels, skus }: Services,
  { channel, lines }: { readonly channel: string; readonly lines: readonly { readonly sku: string }[] },
): Promise<ReadonlyMap<string, KnownSku> | string> {
  if (!(await channels.get(channel))) return `channel:${channel}`;
  const known = await skus.getMany(lines.map(({ sku }) => sku));
  const unknown = lines.find(({ sku }) => !known.has(sku));
  return unknown ? `sku:${unknown.sku}` : known;
}

interface ReadSale {
  readonly data: MarketplaceOrderReceived;
  readonly known: ReadonlyMap<string, KnownSku>;
  readonly hash: string;
  readonly orchestrator: string | null;
}

type Sale = Omit<CommandOf<'RecordMarketplaceSale'>, 'type' | 'told' | 'once'>;

function saleOf({ handOffs }: Services, { data, known, hash, orchestrator }: ReadSale): Sale {
  const { channel, currency, customer = null, lines, acknowledgeBy, shipBy } = data;
  return {
    contentHash: hash,
    currency,
    handOffs: handOffsOf(handOffs, { channel, customer, orchestrator }),
    ...destinationOf(data),
    lines: lines.map((line) => soldLineOf(line, known)),
    charges: data.charges.map(chargeOf),
    ...(data.pricesIncludeTax === false && { pricesIncludeTax: false }),
    ...(acknowledgeBy !== undefined && { acknowledgeByMs: Date.parse(acknowledgeBy) }),
    ...(shipBy !== undefined && { shipByMs: Date.parse(shipBy) }),
    capture: TAKEN_AT_SHIPMENT,
  };
}

interface Payment {
  readonly envelope: EventEnvelope;
  readonly sale: Sale;
  readonly order: Order;
}

/** @throws {Obstacle} before the stock of the order is claimed, when units of it are to be taken out */
async function recordPayment({ store }: Services, { envelope, sale, order: { id } }: Payment): Promise<void> {
  const command = { type: 'RecordMarketplaceSale', ...sale, told: toldBy(envelope) } as const;
  await store.change(
    id,
    (order) => {
      assertClaimKnown(order, order.marketplace?.isUnpaid ? sale.lines : []);
      return command;
    },
    causeOf(envelope),
  );
}

function assertClaimKnown(order: Order, lines: readonly SoldLine[]): void {
  if (lines.length === 0 || !awaitsClaim(order, lines)) return;
  throw new Obstacle('CONTEXT_UNAVAILABLE', 'The stock of the order is not claimed yet.', { order: order.id });
}

/** What was told of it before it. */
async function goOnWith(services: Services, order: NumberedOrder): Promise<void> {
  await services.parked.resume(waitsForOrder(order), (fact) => recordMarketplaceFact(services, fact));
}

type NumberedOrder = Pick<MarketplaceOrderReceived, 'channel' | 'externalId'>;

const waitsForOrder = ({ channel, externalId }: NumberedOrder): string => `number:${channel}/${externalId}`;

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
