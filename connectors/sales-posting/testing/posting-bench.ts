import {
  openEmbeddedPlatform,
  type EmbeddedPlatform,
} from '../../../kernel/adapters/embedded/open-embedded-platform.ts';
import type { EventDefinition, DataOf } from '../../../schema/events/event-definition.ts';
import { temporaryDirectory } from '../../../kernel/testing/temporary-directory.ts';
import { salesDays, type SalesDay, type SalesDaysReply } from '../../../schema/commands/sales.ts';
import { locationRecorded, storeSaleRecorded, type StoreSaleRecorded } from '../../../schema/events/inbox.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import { connectBusinessCentral } from '../../erp/business-central/connect-business-central.ts';
import type { Erp } from '../../erp/port.ts';
import { openOutbound } from '../../outbound/open-outbound.ts';
import type { OutboundLimits } from '../../outbound/outbound-limits.ts';
import type { Pos, RegisterDay } from '../../pos/port.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { erpSeed } from '../../simulators/demo-seeds.ts';
import { startErpSimulator, type ErpSimulator } from '../../simulators/erp/erp-simulator.ts';
import { openSalesPosting } from '../open-sales-posting.ts';
import type { SalesPostingLimits } from '../sales-posting-limits.ts';
import { SalesStore } from '../sales-store.ts';

const QUEUE: Partial<OutboundLimits> = {
  backoffMinMs: 5,
  backoffMaxMs: 20,
  breakerOpenMinMs: 20,
  breakerOpenMaxMs: 40,
  pollMs: 20,
};
const QUICK: Partial<SalesPostingLimits> = {
  batchAgeMs: 1,
  dayGraceMs: 1_000,
  lateWaitMs: 1,
  roundMs: 10,
  lookAgainMs: 30,
  compareAgainMs: 50,
  backoffMinMs: 5,
  backoffMaxMs: 20,
};

export const STORE = 'STORE-YORK';
const seed = erpSeed(createDemoCatalogue());
export const SKUS = seed.items
  .filter(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === 'PCS')
  .map(({ number }) => number);

/** A SKU of the ERP in this unit. */
export function seedOf(unit: 'KG' | 'PCS'): string {
  return seed.items.find(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === unit)?.number ?? '';
}

/** What the ERP was started with. */
export function itemOf(sku: string): Parameters<ErpSimulator['putItem']>[0] {
  const item = seed.items.find(({ number }) => number === sku);
  if (!item) throw new Error(`There is no item ${sku}.`);
  return item;
}

/** A hub's posting of sales before a simulated ERP, with a POS that says what the test says. */
export class PostingBench {
  readonly erp: ErpSimulator;
  /** What the tills themselves say; undefined: there is no POS to ask. */
  told: readonly RegisterDay[] | undefined;
  readonly #directory: { readonly path: string; remove(): Promise<void> };
  #platform: EmbeddedPlatform | undefined;
  #limits: Partial<SalesPostingLimits> = {};
  #closers: (() => Promise<void>)[] = [];
  #ordinal = 0;

  private constructor(erp: ErpSimulator, directory: { readonly path: string; remove(): Promise<void> }) {
    this.erp = erp;
    this.#directory = directory;
  }

  static async open(limits: Partial<SalesPostingLimits> = {}): Promise<PostingBench> {
    const bench = new PostingBench(await startErpSimulator({ seed }), await temporaryDirectory());
    await bench.start(limits);
    return bench;
  }

  get platform(): EmbeddedPlatform {
    if (!this.#platform) throw new Error('It is stopped.');
    return this.#platform;
  }

  /** Opens the hub's part, or opens it again. */
  async start(limits: Partial<SalesPostingLimits> = this.#limits): Promise<void> {
    this.#limits = limits;
    const platform = await openEmbeddedPlatform({ directory: this.#directory.path });
    this.#platform = platform;
    const connection = this.#connect(platform);
    const outbound = await openOutbound(platform, {
      systems: [{ system: 'erp-main', handlers: connection.commands ?? {}, limits: QUEUE }],
    });
    const posting = await openSalesPosting({
      platform,
      outbound,
      erp: connection.port,
      pos: [this.#pos()],
      limits: { ...QUICK, ...limits },
    });
    this.#closers = [() => posting.close(), () => outbound.close(), () => connection.close(), () => platform.close()];
  }

  async stop(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close();
    this.#platform = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.erp.close();
    await this.#directory.remove();
  }

  async registerStore(timeZone = 'Europe/London', location = STORE): Promise<void> {
    await this.tell(locationRecorded, {
      location,
      name: location,
      type: 'STORE',
      timeZone,
      capabilities: ['SHIP'],
    });
  }

  /** A sale of one unit unless said otherwise; the same number is the same sale. */
  async sell(number: string, change: Partial<StoreSaleRecorded> & { readonly atMs?: number } = {}): Promise<void> {
    const { atMs, ...data } = change;
    const [sku = ''] = SKUS;
    const sale: StoreSaleRecorded = {
      channel: `STORE:${STORE}`,
      externalId: number,
      location: STORE,
      register: 'till-1',
      currency: 'GBP',
      lines: [{ lineId: '1', sku, quantity: '1', unitPriceMinor: 1_000 }],
      charges: [],
      tenders: [{ tender: 'CARD', amountMinor: 1_000 }],
      ...data,
    };
    await this.tell(storeSaleRecorded, sale, { eventId: `sale:${number}`, ...(atMs !== undefined && { atMs }) });
  }

  /** Publishes a fact as the inbox does; each call is a message of its own, also of the same event. */
  async tell<Definition extends EventDefinition>(
    definition: Definition,
    data: DataOf<Definition>,
    {
      eventId = `event-${++this.#ordinal}`,
      atMs = Date.now(),
    }: { readonly eventId?: string; readonly atMs?: number } = {},
  ): Promise<void> {
    const id = this.platform.ids.next();
    const told = { id, key: eventId, occurredAtMs: atMs, recordedAtMs: atMs, correlationId: id, data };
    const source = { system: 'pos', eventId };
    const { stream, subject, envelope } = publicationOf(definition, { ...told, source });
    await this.platform.streams.publish(stream, subject, envelope);
  }

  /** What people see of a business day in pounds; undefined before there is anything. */
  async day(businessDay: string, location = STORE): Promise<SalesDay | undefined> {
    const subject = rpcSubjectOf(salesDays.context, salesDays.name);
    const request = { location, businessDay };
    const answer = await this.platform.rpc.request(subject, request, { timeoutMs: 5_000, correlationId: 'test' });
    return (answer as SalesDaysReply).days.find(({ currency }) => currency === 'GBP');
  }

  /** Receipts that cannot be posted yet. */
  async waiting(): Promise<number> {
    const { receipts } = await SalesStore.open(this.platform.documents);
    return (await receipts.find({ where: { status: { eq: 'WAITING' } }, limit: 100 })).length;
  }

  #pos(): Pos {
    const locations = (): readonly string[] => (this.told ? [STORE] : []);
    return {
      system: 'pos',
      get locations() {
        return locations();
      },
      lookUpReceipts: async () => new Map(),
      registerDays: async () => this.told ?? [],
    };
  }

  #connect({ clock, telemetry }: EmbeddedPlatform): PolledConnection<Erp> {
    return connectBusinessCentral({
      system: 'erp-main',
      baseUrl: this.erp.url,
      companyId: this.erp.companyId,
      credentials: { clientId: 'erp-client', clientSecret: 'erp-secret', tokenPath: '/oauth2/token' },
      clientState: 'a shared secret',
      mapping: {
        units: { PCS: 'EA', KG: 'KGM', CASE: 'CS' },
        locationTypes: {},
        capabilities: {},
        lifecycleByBlocked: { false: 'ACTIVE' },
        tracking: { '': 'NONE' },
        companyCurrency: 'GBP',
        priceLists: [],
        timeZone: 'Europe/London',
      },
      sales: { customerNumber: 'C-STORE', chargesAccount: '6710' },
      limits: { ...TEST_LIMITS, attemptTimeoutMs: 2_000 },
      platform: { clock, telemetry },
    });
  }
}
