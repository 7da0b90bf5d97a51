import { setTimeout as sleep } from 'node:timers/promises';
import type { Carrier } from '../../../connectors/carrier/port.ts';
import type { Marketplace } from '../../../connectors/marketplace/port.ts';
import type { OutboundCommands } from '../../../connectors/outbound/port.ts';
import type { PaymentProvider } from '../../../connectors/payment/port.ts';
import type { TaxSystem } from '../../../connectors/tax/port.ts';
import type { TaxRule } from '../domain/money/tax-rules.ts';
import type { Pos } from '../../../connectors/pos/port.ts';
import type { Wms } from '../../../connectors/wms/port.ts';
import { openDocumentChangeLog } from '../../../kernel/engine/open-document-change-log.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { DocumentChangeLog } from '../../../kernel/engine/document-change-log.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { changesSinceOf } from '../../../schema/commands/change-log.ts';
import { orderStatusChanged, type OrderStatusChanged } from '../../../schema/events/orders.ts';
import { rpcSubjectOf, streamOf } from '../../../schema/events/subjects.ts';
import type { SourcingPolicy } from '../domain/sourcing/sourcing-policy.ts';
import type { SourcingRules } from '../domain/sourcing/sourcing-rules.ts';
import type { TimeRules } from '../domain/times/time-rules.ts';
import { AbandonedOrders } from './abandoned-orders.ts';
import { advanceOrder } from './advance-order.ts';
import { createAskInventory } from './ask-inventory.ts';
import { createSnapshot } from './change-log-snapshot.ts';
import { consumeEvents } from './consume-events.ts';
import type { CapturePolicy } from '../domain/money/capture-rules.ts';
import type { PlacementRule } from '../domain/placement-rules.ts';
import type { PickupRule } from '../domain/pickup/pickup-rules.ts';
import type { ShortRule } from '../domain/claims/short-rules.ts';
import type { SubstitutionRule } from '../domain/changes/substitution-rules.ts';
import type { HandOffRules } from './hand-offs.ts';
import type { LabelRules } from '../domain/labels/label-rules.ts';
import type { KnownPayment } from './known-payment.ts';
import { CustomerReferences } from './customers/customer-references.ts';
import { ErasureBook } from './erasure/erasure-book.ts';
import { goOnErasing } from './erasure/go-on-erasing.ts';
import { AddressBook } from './labels/address-book.ts';
import { OrderAlarms } from './order-alarms.ts';
import { OrchestrationRegister } from './orchestration-register.ts';
import { OrderStore } from './order-store.ts';
import { OrderWork } from './order-work.ts';
import type { OrdersLimits } from './orders-limits.ts';
import type { OrdersServices } from './orders-services.ts';
import { ParkedFacts } from './parked-facts.ts';
import { tellUnmetFacts } from './tell-unmet-facts.ts';
import { tellStuckWork } from './tell-stuck-work.ts';
import { Registry, type KnownChannel, type KnownSku } from './registry.ts';
import { IndexBuild } from './search/index-build.ts';
import { OrderIndex } from './search/order-index.ts';
import { serveCommands } from './serve-commands.ts';
import { openSourcing } from './sourcing/open-sourcing.ts';

export interface OpenOrdersOptions {
  readonly wms: readonly Wms[];
  readonly pos: readonly Pos[];
  readonly carriers: readonly Carrier[];
  readonly marketplaces: readonly Pick<Marketplace, 'system' | 'deliveryAddress'>[];
  readonly outbound: OutboundCommands;
  readonly payments: readonly PaymentProvider[];
  readonly capturePolicy: CapturePolicy;
  readonly pickupRules: readonly PickupRule[];
  readonly taxes: readonly TaxSystem[];
  readonly taxRules: readonly TaxRule[];
  readonly handOffs: HandOffRules;
  /** What time alone does to orders. */
  readonly timeRules: TimeRules;
  /** For which parcels labels are bought. */
  readonly labelRules: LabelRules;
  readonly substitutionRules: readonly SubstitutionRule[];
  readonly shortRules: readonly ShortRule[];
  /** What becomes of orders that are placed while the ledger is away. */
  readonly placementRules: readonly PlacementRule[];
  readonly sourcing: SourcingPolicy;
  /** Hold until a version of them does. */
  readonly sourcingRules: SourcingRules;
  readonly limits: OrdersLimits;
}

export interface OpenOrders {
  readonly services: OrdersServices;
  /** Finishes what is in flight. What was not done comes again at the next start. */
  close(): Promise<void>;
}

/** Opens the collections, learns what is registered, goes on with what was left, and serves commands. */
export async function openOrders(platform: Platform, options: OpenOrdersOptions): Promise<OpenOrders> {
  const { clock, ids, telemetry, documents, streams, rpc } = platform;
  const store = await OrderStore.open(platform, options.limits, options.timeRules);
  const sourcing = await openSourcing(platform, store, options);
  const search = await OrderIndex.open(documents, store.collection);
  const searchBuild = await IndexBuild.open({
    platform,
    orders: store.collection,
    index: search,
    pauseMs: options.limits.searchBuildPollMs,
  });
  const services: OrdersServices = {
    ...options,
    ...sourcing.services,
    store,
    search,
    searchBuild,
    skus: await Registry.open<KnownSku>(documents, 'orders-skus'),
    channels: await Registry.open<KnownChannel>(documents, 'orders-channels'),
    knownPayments: await Registry.open<KnownPayment>(documents, 'orders-payments'),
    orchestration: await OrchestrationRegister.open(documents, options.handOffs.orchestrationRules ?? []),
    addresses: await AddressBook.open(documents),
    parked: await ParkedFacts.open({ ...platform, unmetFactMsMax: options.limits.unmetFactMsMax }),
    changeLog: await openChangeLog(platform, store, options.limits),
    askInventory: createAskInventory(rpc, options.limits),
    rpc,
    erasures: await ErasureBook.open(documents),
    customerReferences: await CustomerReferences.open(documents),
    clock,
    ids,
    telemetry,
  };
  const work = await OrderWork.open({
    platform,
    limits: options.limits,
    run: (order) => advanceOrder(services, order, { correlationId: ids.next() }),
    tellStuck: (order, because) => tellStuckWork(services, order, because),
  });
  const stopServing = serveCommands(rpc, services);
  const consumers = await consumeEvents(streams, services, work);
  work.start();
  const abandoned = new AbandonedOrders(services);
  abandoned.start();
  const alarms = new OrderAlarms(services);
  alarms.start();
  const stopTelling = tellUnmetFacts(services);
  const stopErasing = goOnErasing(services);
  sourcing.start();
  // After the consumer, which takes in whatever is saved from here on.
  searchBuild.start();
  await catchUp(consumers.masterData, options.limits);
  return {
    services,
    async close() {
      stopServing();
      await Promise.all([...consumers.masterData, ...consumers.others].map((consumer) => consumer.stop()));
      await Promise.all([work.stop(), abandoned.stop(), alarms.stop(), stopTelling()]);
      await Promise.all([sourcing.stop(), searchBuild.stop()]);
      await stopErasing();
      await services.changeLog.close();
    },
  };
}

/**
 * Waits, within a bound, until what others have registered so far is known. The waits are Node's own: a timer of the
 * platform keeps no process alive, and at a start nothing else may be alive yet.
 */
async function catchUp(consumers: readonly Consumer[], { startWaitMsMax }: OrdersLimits): Promise<void> {
  for (let waitedMs = 0; waitedMs < startWaitMsMax; waitedMs += CATCH_UP_POLL_MS) {
    const lags = await Promise.all(consumers.map((consumer) => consumer.lag()));
    if (lags.every((lag) => lag === 0)) return;
    await sleep(CATCH_UP_POLL_MS);
  }
}

const CATCH_UP_POLL_MS = 5;

function openChangeLog(platform: Platform, store: OrderStore, limits: OrdersLimits): Promise<DocumentChangeLog> {
  const { context, name } = changesSinceOf('orders');
  return openDocumentChangeLog<OrderStatusChanged>({
    context,
    stream: streamOf('orders'),
    changesSinceSubject: rpcSubjectOf(context, name),
    definition: {
      event: orderStatusChanged.type,
      read: (envelope) => readEvent(orderStatusChanged, envelope),
      keyFields: ['order'],
    },
    snapshot: createSnapshot(store, limits.snapshotOrdersMax),
    platform,
  });
}
