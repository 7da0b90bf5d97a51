import { Refusal } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer, Streams } from '../../../kernel/ports/streams.ts';
import {
  backorderCovered,
  owedSupplyChanged,
  channelRegistered,
  locationRegistered,
  orderTransferChanged,
} from '../../../schema/events/inventory.ts';
import { ownershipChanged } from '../../../schema/events/operations.ts';
import { orderStatusChanged } from '../../../schema/events/orders.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import { returnStepTaken } from '../../../schema/events/returns.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { commandSettled } from '../../../schema/events/outbound.ts';
import { awaitPlacedOrders, takeUpRefused } from './awaited-orders.ts';
import { noteRefusedTracking } from './follow-shipment.ts';
import { goOn } from './go-on.ts';
import type { OrderWork } from './order-work.ts';
import type { OrdersServices } from './orders-services.ts';
import { recordCoverage } from './record-coverage.ts';
import { ORDER_FACTS } from './read-order-fact.ts';
import { takeFact } from './take-fact.ts';
import { recordOwedSupply } from './record-owed-supply.ts';
import { recordTransfer } from './record-transfer.ts';
import { recordReturnStep } from './record-return-step.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import { knownChannelOf, knownSkuOf } from './registry.ts';
import { followOrder } from './search/follow-order.ts';
import type { Subscription } from './subscription.ts';
import { consumeRejections } from './sourcing/consume-rejections.ts';

export interface Consumers {
  /** They teach what the other consumers and the commands need to know. */
  readonly masterData: readonly Consumer[];
  readonly others: readonly Consumer[];
}

/** Starts every durable consumer of the context; each goes on where it stopped. */
export async function consumeEvents(streams: Streams, services: OrdersServices, work: OrderWork): Promise<Consumers> {
  const { limits } = services;
  const start = (subscription: Subscription): Promise<Consumer> =>
    streams.consume({
      from: 'first',
      concurrencyMax: limits.consumerConcurrencyMax,
      ...subscription,
      deliveriesMax: limits.deliveriesMax,
      backoffMinMs: limits.deliveryBackoffMinMs,
      backoffMaxMs: limits.deliveryBackoffMaxMs,
    });
  return {
    masterData: await Promise.all(masterData(services).map(start)),
    others: await Promise.all(
      [
        ...facts(services),
        ...ownChanges(services, work),
        settledWork(services, work),
        ...consumeRejections(services),
        awaitPlacedOrders(services),
      ].map(start),
    ),
  };
}

function masterData(services: OrdersServices): readonly Subscription[] {
  return [
    {
      durable: 'orders-skus',
      stream: streamOf('products'),
      types: [skuRegistered.type],
      async handle({ envelope }) {
        const known = knownSkuOf(readEvent(skuRegistered, envelope));
        await services.skus.learn(known);
        await services.parked.resume(`sku:${known.id}`, (fact) => takeFact(services, fact));
      },
    },
    {
      durable: 'orders-channels',
      stream: streamOf('inventory'),
      types: [channelRegistered.type],
      async handle({ envelope }) {
        const known = knownChannelOf(readEvent(channelRegistered, envelope));
        await services.channels.learn(known);
        await services.parked.resume(`channel:${known.id}`, (fact) => takeFact(services, fact));
      },
    },
    {
      durable: 'orders-locations',
      stream: streamOf('inventory'),
      types: [locationRegistered.type],
      handle: ({ envelope }) => services.places.learn(readEvent(locationRegistered, envelope)),
    },
    {
      durable: 'orders-orchestration',
      stream: streamOf('operations'),
      types: [ownershipChanged.type],
      handle: ({ envelope }) => services.orchestration.take(readEvent(ownershipChanged, envelope)),
    },
  ];
}

function facts(services: OrdersServices): readonly Subscription[] {
  return [
    {
      durable: 'orders-facts',
      stream: streamOf('inbox'),
      types: ORDER_FACTS,
      handle: ({ envelope }) => takeOrPark(services, envelope),
    },
    {
      durable: 'orders-backorders',
      stream: streamOf('inventory'),
      types: [backorderCovered.type],
      handle: ({ envelope }) => recordCoverage(services, envelope),
    },
    {
      durable: 'orders-owed-supply',
      stream: streamOf('inventory'),
      types: [owedSupplyChanged.type],
      handle: ({ envelope }) => recordOwedSupply(services, envelope),
    },
    {
      durable: 'orders-transfers',
      stream: streamOf('inventory'),
      types: [orderTransferChanged.type],
      handle: ({ envelope }) => recordTransfer(services, envelope),
    },
    {
      durable: 'orders-return-steps',
      stream: streamOf('returns'),
      types: [returnStepTaken.type],
      async handle({ envelope }) {
        try {
          await recordReturnStep(services, envelope);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          await services.parked.park(envelope, `refused:${error.code}`);
        }
      },
    },
  ];
}

async function takeOrPark(services: OrdersServices, envelope: EventEnvelope): Promise<void> {
  const waitsFor = await takeFact(services, envelope);
  if (waitsFor === undefined) return;
  await services.parked.park(envelope, waitsFor);
  // What it waits for may have come between the look and the parking, and would then never wake it.
  const [kind, name] = splitOnce(waitsFor);
  const isThere = { sku: services.skus, payment: services.knownPayments, channel: services.channels }[kind];
  if (OF_ORDERS.includes(kind) || (await isThere?.get(name))) {
    await services.parked.resume(waitsFor, (fact) => takeFact(services, fact));
  }
}

/** What waits for an order: whether that is there, whoever takes the fact in looks anyway. */
const OF_ORDERS = ['number', 'placed'];

function splitOnce(waitsFor: string): readonly [kind: string, name: string] {
  const colon = waitsFor.indexOf(':');
  return [waitsFor.slice(0, colon), waitsFor.slice(colon + 1)];
}

/** Orders in these states alone need nothing that a run could do. */
const SETTLED_STATES: ReadonlySet<string> = new Set(['CAPTURED', 'DELIVERED', 'RETURNED', 'CLOSED', 'REJECTED']);

/** The order goes on with what an outside system has done, or would not do. */
function settledWork(services: OrdersServices, work: OrderWork): Subscription {
  return {
    durable: 'orders-outbound',
    stream: streamOf('outbound'),
    types: [commandSettled.type],
    async handle({ envelope }) {
      const settled = readEvent(commandSettled, envelope);
      if (!settled.ref.startsWith(OUTBOUND_REF)) return;
      const order = settled.ref.slice(OUTBOUND_REF.length);
      const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
      await noteRefusedTracking(services, { order, settled }, cause);
      await goOn(services, { work, order }, cause);
    },
  };
}

function ownChanges(services: OrdersServices, work: OrderWork): readonly Subscription[] {
  const changes = { stream: streamOf('orders'), types: [orderStatusChanged.type] };
  return [
    {
      durable: 'orders-places',
      ...changes,
      handle: ({ envelope, seq }) => services.store.places.follow(readEvent(orderStatusChanged, envelope), seq),
    },
    {
      durable: 'orders-search',
      ...changes,
      // Orders from before the first start are taken in by their store, not by what became of them.
      from: 'new',
      concurrencyMax: services.limits.searchConcurrencyMax,
      handle: ({ envelope }) => followOrder(services, readEvent(orderStatusChanged, envelope).order),
    },
    {
      durable: 'orders-fulfilment',
      ...changes,
      concurrencyMax: services.limits.fulfilmentConcurrencyMax,
      async handle({ envelope }) {
        const changed = readEvent(orderStatusChanged, envelope);
        const { order, lines, isWorkDue } = changed;
        await takeUpRefused(services, changed);
        const isSettled = lines.every((line) => line.states.every(({ state }) => SETTLED_STATES.has(state)));
        if (isSettled && !isWorkDue) return;
        await services.idleWork.follow(changed);
        const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
        await goOn(services, { work, order }, cause);
      },
    },
  ];
}
