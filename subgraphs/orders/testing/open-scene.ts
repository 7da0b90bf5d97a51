import { graphql } from 'graphql';
import type { OutboundCommand, OutboundCommands, Submission } from '../../../connectors/outbound/port.ts';
import type { Pos, Receipt, RegisterDay } from '../../../connectors/pos/port.ts';
import type { Redirection, Release, Wms } from '../../../connectors/wms/port.ts';
import { createErrorFormatter, type FormattedError } from '../../../kernel/graphql/format-error.ts';
import type { Subgraph } from '../../../kernel/graphql/subgraph.ts';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { INVENTORY_COMMANDS } from '../../../schema/commands/inventory.ts';
import type { TellCustomer } from '../../../schema/commands/outbound-messages.ts';
import type { BuyLabel, TrackParcel, VoidLabel } from '../../../schema/commands/outbound-parcels.ts';
import type { PaymentCommand } from '../../../schema/commands/outbound-payments.ts';
import type { RouteOrder } from '../../../schema/commands/outbound-routing.ts';
import type { RecordSalesOrder, RequestInvoice } from '../../../schema/commands/outbound-sales-orders.ts';
import type { RedirectWork, ReleaseWork, StopWork } from '../../../schema/commands/outbound.ts';
import type { DataOf, EventDefinition } from '../../../schema/events/event-definition.ts';
import { channelRegistered } from '../../../schema/events/inventory.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import { ROLES } from '../../../schema/scopes.ts';
import type { OrdersLimits } from '../app/orders-limits.ts';
import { createOrders } from '../main.ts';
import { FakeErp, FakeMessenger } from './fake-hand-offs.ts';
import { FakeCarrier } from './fake-carrier.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import { FakePsp } from './fake-psp.ts';
import { InventoryModel } from './inventory-model.ts';
import { Fate, mortalDocuments } from './mortal-documents.ts';

/** A warehouse system that does as it is told, when it is up. */
class FakeWms implements Wms {
  readonly system = 'wms-north';
  readonly locations = ['DC'];
  readonly releases: Release[] = [];
  readonly stops: string[] = [];
  readonly redirections: Redirection[] = [];
  /** Whether parcels are made already. */
  isTooLate = false;
  isUp = true;
  answer: 'CANCELLED' | 'REFUSED' = 'CANCELLED';
  lookUpBins = async () => new Map();

  async release(release: Release): Promise<void> {
    this.#assertUp();
    if (!this.releases.some((each) => each.idempotencyKey === release.idempotencyKey)) this.releases.push(release);
  }

  async cancelRelease(order: string): Promise<'CANCELLED' | 'REFUSED'> {
    this.#assertUp();
    this.stops.push(order);
    return this.answer;
  }

  async redirect(redirection: Redirection): Promise<'REDIRECTED' | 'REFUSED'> {
    this.#assertUp();
    this.redirections.push(redirection);
    return this.isTooLate ? 'REFUSED' : 'REDIRECTED';
  }

  #assertUp(): void {
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The warehouse system is down.');
  }
}

interface CommandedFakes {
  readonly wms: FakeWms;
  readonly carrier: FakeCarrier;
  readonly psp: FakePsp;
  readonly messenger: FakeMessenger;
  readonly erp: FakeErp;
  readonly market: FakeMarketplace;
}

/** The queues of warehouse and carrier without a queue: they answer at once, or that they are down. */
class DirectCommands implements OutboundCommands {
  readonly #psp: FakePsp;
  readonly #wms: FakeWms;
  readonly #carrier: FakeCarrier;
  readonly #messenger: FakeMessenger;
  readonly #erp: FakeErp;

  readonly #market: FakeMarketplace;

  constructor({ wms, carrier, psp, messenger, erp, market }: CommandedFakes) {
    this.#market = market;
    this.#psp = psp;
    this.#wms = wms;
    this.#carrier = carrier;
    this.#messenger = messenger;
    this.#erp = erp;
  }

  async submit(command: OutboundCommand): Promise<Submission> {
    return { status: 'DONE', result: await this.#perform(command) };
  }

  async #perform({ key, name, payload }: OutboundCommand): Promise<unknown> {
    if (this.#market.does(name)) return this.#market.tell(key, name, payload);
    const payment = { idempotencyKey: key, ...(payload as PaymentCommand) };
    switch (name) {
      case 'capture-payment':
        return this.#psp.capture(payment);
      case 'void-payment':
        return this.#psp.void(payment);
      case 'refund-payment':
        return this.#psp.refund(payment);
      case 'stop-work':
        return { stopped: await this.#wms.cancelRelease((payload as StopWork).order) };
      case 'redirect-work':
        return { redirected: await this.#wms.redirect(payload as RedirectWork) };
      case 'track-parcel':
        return this.#carrier.track(payload as TrackParcel);
      case 'buy-label':
        return this.#carrier.buyLabel({ idempotencyKey: key, ...(payload as BuyLabel) });
      case 'void-label':
        return { voided: await this.#carrier.voidLabel((payload as VoidLabel).label) };
      case 'tell-customer':
        return this.#messenger.tell(key, payload as TellCustomer);
      case 'record-sales-order':
        return this.#erp.orders.record(payload as RecordSalesOrder);
      case 'route-order':
        return { document: `oms-${(payload as RouteOrder).number}` };
      case 'request-invoice':
        return this.#erp.orders.invoice(payload as RequestInvoice);
      default:
        await this.#wms.release({ idempotencyKey: key, ...(payload as ReleaseWork) });
        return {};
    }
  }
}

class FakePos implements Pos {
  readonly system: string;
  readonly locations: readonly string[];
  readonly calls: (readonly string[])[] = [];
  isUp = true;

  constructor(system: string, locations: readonly string[]) {
    this.system = system;
    this.locations = locations;
  }

  async lookUpReceipts(numbers: readonly string[]): Promise<ReadonlyMap<string, Receipt>> {
    this.calls.push(numbers);
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The POS is down.');
    const [location = ''] = this.locations;
    return new Map(
      numbers.map((number) => [
        number,
        { number, location, register: 'till-1', cashier: 'Bea', printedAt: '2026-01-05T09:00:00.000Z' },
      ]),
    );
  }

  /** Orders ask for none. */
  async registerDays(): Promise<readonly RegisterDay[]> {
    return [];
  }
}

export const AGENT: Identity = { subject: 'agent', clientId: 'desk', scopes: ROLES.agent, stores: '*' };
export const ANN: Identity = { subject: 'ann', clientId: 'shop', scopes: ROLES.shopper, stores: [], customer: 'ann' };
export const BOB: Identity = { ...ANN, subject: 'bob', customer: 'bob' };
export const storeOf = (...stores: string[]): Identity => ({
  subject: stores.join('+'),
  clientId: 'store-app',
  scopes: ROLES.store,
  stores,
});

const LONDON = { name: 'Store', street: '1 High Street', city: 'London', postalCode: 'N1 1AA', country: 'GB' };
const WALLETS_AT_DELIVERY = { tender: 'WALLET', at: 'DELIVERY', overCapturePercent: 0 } as const;

/** Quick, so that tests wait for conditions and not for backoffs. */
const QUICK: Partial<OrdersLimits> = {
  inventoryRetriesMax: 1,
  workRetryMinMs: 5,
  workRetryMaxMs: 20,
  workPollMs: 5,
  deliveryBackoffMinMs: 5,
  deliveryBackoffMaxMs: 20,
  catchUpWaitMs: 50,
  searchLingerMs: 1,
  sweepPollMs: 5,
  sweepClaimMs: 5_000,
  sweepAgainMs: 5,
};

export interface GraphAnswer {
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the query
  readonly data: any;
  readonly errors: readonly FormattedError[];
}

/** The orders context over the embedded platform, between an inventory by contract, a warehouse and two POS estates. */
export class Scene {
  readonly platform: TestPlatform;
  readonly telemetry: RecordingTelemetry;
  readonly inventory = new InventoryModel(['DC', 'LONDON', 'LEEDS']);
  readonly wms = new FakeWms();
  readonly psp = new FakePsp();
  readonly carrier = new FakeCarrier();
  readonly messenger = new FakeMessenger();
  readonly market = new FakeMarketplace();
  readonly erp = new FakeErp();
  readonly posNorth = new FakePos('pos-north', ['LEEDS']);
  readonly posSouth = new FakePos('pos-south', ['LONDON']);
  subgraph: Subgraph;
  /** Of the process that runs now. */
  fate = new Fate();
  isInventoryUp = true;
  /** Commands are carried out and nobody hears of it. */
  losesAnswers = false;
  readonly #limits: Partial<OrdersLimits>;
  #ordinal = 0;

  private constructor(platform: TestPlatform, telemetry: RecordingTelemetry, limits: Partial<OrdersLimits>) {
    this.platform = platform;
    this.telemetry = telemetry;
    this.#limits = limits;
    this.subgraph = this.#create();
  }

  #create(): Subgraph {
    const documents = mortalDocuments(this.platform.documents, this.fate);
    return createOrders(
      { ...this.platform, documents },
      {
        wms: [this.wms],
        outbound: new DirectCommands(this),
        messengers: [this.messenger],
        erp: this.erp,
        notificationRules: [{ channel: 'SHOP', system: this.messenger.system, language: 'en' }],
        salesOrderRules: [{ channel: 'SHOP', system: 'erp-main' }],
        payments: [this.psp],
        captureRules: [{ version: 'test', effectiveFromMs: 0, rules: [WALLETS_AT_DELIVERY] }],
        placementRules: [{ channel: 'TILL', whenLedgerIsAway: 'ACCEPT' }],
        pos: [this.posNorth, this.posSouth],
        carriers: [this.carrier],
        marketplaces: [this.market],
        labelRules: {
          system: this.carrier.system,
          gramsPerUnit: 400,
          locations: [{ location: 'LONDON', from: LONDON }],
        },
        limits: { ...QUICK, ...this.#limits },
      },
    );
  }

  /** @param limits those that differ from the quick ones */
  static async open(limits: Partial<OrdersLimits> = {}): Promise<Scene> {
    const telemetry = new RecordingTelemetry();
    const scene = new Scene(await openTestPlatform({ telemetry }), telemetry, limits);
    for (const { name, context } of INVENTORY_COMMANDS) {
      scene.platform.rpc.serve(rpcSubjectOf(context, name), async ({ payload }) => {
        if (!scene.isInventoryUp) throw new Obstacle('CONTEXT_UNAVAILABLE', 'The ledger is away.');
        const answer = scene.inventory.answer(name, payload);
        if (scene.losesAnswers) throw new Obstacle('CONTEXT_UNAVAILABLE', 'The answer was lost.');
        return answer;
      });
    }
    for (const sku of ['MUG', 'JUG']) {
      await scene.tell(skuRegistered, { sku, baseUnit: 'EA', step: '1', tracking: 'NONE', categories: [] });
      for (const location of ['DC', 'LONDON', 'LEEDS']) scene.inventory.put(sku, location, 10);
    }
    // Whoever buys in the shop is told of it, and an ERP keeps the order.
    for (const channel of ['WEB', 'SHOP', 'TILL']) {
      await scene.tell(channelRegistered, {
        channel,
        network: 'UK',
        locations: ['DC', 'LONDON', 'LEEDS'],
        currency: 'GBP',
        publishes: 'ATS',
      });
    }
    await scene.subgraph.start();
    return scene;
  }

  /** Publishes an event as its context would; the same event id is the same fact. */
  async tell<Definition extends EventDefinition>(
    definition: Definition,
    data: DataOf<Definition>,
    options: {
      readonly eventId?: string;
      readonly system?: string;
      readonly key?: string;
      readonly atMs?: number;
    } = {},
  ): Promise<void> {
    const { system = 'wms-north', eventId = `told-${++this.#ordinal}` } = options;
    const nowMs = this.platform.clock.nowMs();
    const { stream, subject, envelope } = publicationOf(definition, {
      id: this.platform.ids.next(),
      key: options.key ?? (data as { readonly order?: string }).order ?? eventId,
      source: { system, eventId },
      occurredAtMs: options.atMs ?? nowMs,
      recordedAtMs: nowMs,
      correlationId: 'test',
      data,
    });
    await this.platform.streams.publish(stream, subject, envelope);
  }

  async ask(identity: Identity, source: string, variableValues: Record<string, unknown> = {}): Promise<GraphAnswer> {
    const contextValue = this.subgraph.createContext({ identity, correlationId: 'test' });
    const result = await graphql({ schema: this.subgraph.schema, source, contextValue, variableValues });
    const format = createErrorFormatter(this.platform);
    const data = JSON.parse(JSON.stringify(result.data ?? null)) as unknown;
    return { data, errors: (result.errors ?? []).map((error) => format(error)) };
  }

  /** Another process takes the place of this one. */
  async restart(): Promise<void> {
    await this.subgraph.stop();
    this.fate = new Fate();
    this.subgraph = this.#create();
    await this.subgraph.start();
  }

  async close(): Promise<void> {
    await this.subgraph.stop();
    await this.platform.close();
  }
}
