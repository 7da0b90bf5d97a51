import { execute, parse, validate } from 'graphql';
import type { ExecutionResult } from 'graphql';
import type { Wms } from '../../../connectors/wms/port.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { Subgraph } from '../../../kernel/graphql/subgraph.ts';
import type { ChangeMessage, ChangeRecord } from '../../../kernel/ports/change-feed.ts';
import {
  openEmbeddedPlatform,
  type EmbeddedPlatform,
} from '../../../kernel/adapters/embedded/open-embedded-platform.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { ROLES } from '../../../schema/scopes.ts';
import type { DataOf, EventDefinition } from '../../../schema/events/event-definition.ts';
import { locationRecorded } from '../../../schema/events/inbox.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import type { ChangesSinceReply } from '../../../schema/commands/change-log.ts';
import { createInventory, type InventoryOptions } from '../main.ts';

const OPERATOR: Identity = {
  subject: 'op',
  clientId: 'console',
  scopes: [...ROLES.operator, 'reservations:write'],
  stores: '*',
};

/** The whole context over one data directory that outlives restarts. Time stands still until a test moves it. */
export class InventoryBench {
  readonly clock = new FakeClock();
  readonly telemetry = new RecordingTelemetry();
  readonly messages: ChangeMessage[] = [];
  readonly #directory: TemporaryDirectory;
  readonly #options: InventoryOptions;
  platform!: EmbeddedPlatform;
  inventory!: Subgraph;
  #events = 0;

  private constructor(directory: TemporaryDirectory, options: InventoryOptions) {
    this.#directory = directory;
    this.#options = options;
  }

  /** Two stores, S1 and S2, in the network of the channel WEB, and the SKU A. */
  static async open(options: InventoryOptions = {}): Promise<InventoryBench> {
    const channels = [{ id: 'WEB', network: 'ALL', currency: 'GBP', publishes: 'ATS' }] as const;
    const networks = [{ id: 'ALL', locations: ['S1', 'S2'] }];
    const bench = new InventoryBench(await temporaryDirectory(), { channels, networks, ...options });
    await bench.start();
    for (const location of ['S1', 'S2']) await bench.registerLocation(location);
    await bench.registerSku('A');
    await bench.until(async () => (await bench.query('{ channels { id } }')).data?.['channels'], 'the channel');
    return bench;
  }

  get directory(): string {
    return this.#directory.path;
  }

  async start(): Promise<void> {
    const { clock, telemetry } = this;
    this.platform = await openEmbeddedPlatform({ directory: this.#directory.path, clock, telemetry });
    this.platform.changeFeed.subscribe('inventory', (message) => void this.messages.push(message));
    this.inventory = createInventory(this.platform, this.#options);
    await this.inventory.start();
  }

  async stop(): Promise<void> {
    await this.inventory.stop();
    await this.platform.close();
  }

  /** As a killed process would leave it: nothing is stopped, flushed or snapshotted before the store is opened again. */
  async killAndStart(): Promise<void> {
    await this.platform.close();
    await this.start();
  }

  async publish<Definition extends EventDefinition>(
    definition: Definition,
    data: DataOf<Definition>,
    told: { readonly eventId?: string; readonly occurredAtMs?: number; readonly system?: string } = {},
  ): Promise<void> {
    const { eventId = `event-${this.#events++}`, occurredAtMs = this.clock.nowMs(), system = 'pos' } = told;
    const { stream, subject, envelope } = publicationOf(definition, {
      id: `id-${this.#events++}`,
      key: eventId,
      source: { system, eventId },
      occurredAtMs,
      recordedAtMs: this.clock.nowMs(),
      correlationId: eventId,
      data,
    });
    await this.platform.streams.publish(stream, subject, envelope);
  }

  registerSku(sku: string, categories: string[] = []): Promise<void> {
    const data = { sku, baseUnit: 'EA', step: '1', tracking: 'NONE', categories } as const;
    return this.publish(skuRegistered, { ...data, categories });
  }

  registerLocation(location: string): Promise<void> {
    const data = { location, name: location, type: 'STORE', timeZone: 'Europe/London' } as const;
    return this.publish(locationRecorded, { ...data, capabilities: ['SHIP', 'PICKUP'] });
  }

  async query(source: string, identity: Identity = OPERATOR): Promise<ExecutionResult> {
    const { schema } = this.inventory;
    const document = parse(source);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors };
    return execute({
      schema,
      document,
      contextValue: this.inventory.createContext({ identity, correlationId: 'test' }),
    });
  }

  async codeOf(source: string, identity: Identity = OPERATOR): Promise<unknown> {
    const { errors } = await this.query(source, identity);
    const [error] = errors ?? [];
    return (error?.originalError as { code?: string } | undefined)?.code ?? error?.extensions['code'];
  }

  async available(sku = 'A', channel = 'WEB'): Promise<string | undefined> {
    const { data } = await this.query(`{ availability(skus: ["${sku}"], channel: "${channel}") { available } }`);
    return (data as { availability: ({ available: string } | null)[] } | null | undefined)?.availability[0]?.available;
  }

  request(command: string, payload: object): Promise<unknown> {
    const options = { timeoutMs: 60_000, correlationId: 'test' };
    return this.platform.rpc.request(rpcSubjectOf('inventory', command), payload, options);
  }

  async changesSince(
    event: string,
    filter: object,
    after?: { epoch: string; seq: number },
  ): Promise<ChangesSinceReply> {
    return (await this.request('changes-since', { event, filter, ...(after && { after }) })) as ChangesSinceReply;
  }

  /** The newest record of each key of an event, as a reader of the feed would hold it. */
  held(event: string, from: ReadonlyMap<string, ChangeRecord> = new Map()): Map<string, ChangeRecord> {
    const held = new Map(from);
    for (const record of this.messages.flatMap(({ records }) => records)) {
      const former = held.get(record.key);
      if (record.event === event && (!former || former.version < record.version)) held.set(record.key, record);
    }
    return held;
  }

  /** Waits for a condition while backoffs pass. */
  until<Result>(condition: () => Promise<Result> | Result, what: string): Promise<NonNullable<Result>> {
    return waitFor(async () => {
      const result = await condition();
      if (!result || (Array.isArray(result) && result.length === 0)) {
        this.clock.advance(10);
        return undefined;
      }
      return result;
    }, what);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#directory.remove();
  }
}

/** A WMS that runs S1, counts its calls and may be away. */
export class BenchWms implements Wms {
  readonly system = 'wms';
  readonly locations = ['S1'];
  readonly calls: number[] = [];
  failure: Error | undefined;

  async lookUpBins(keys: Parameters<Wms['lookUpBins']>[0]): ReturnType<Wms['lookUpBins']> {
    this.calls.push(keys.length);
    if (this.failure) throw this.failure;
    return new Map(
      keys.map(({ sku, location }) => [`${sku}|${location}`, [{ bin: 'B-1', quantity: '1', status: 'OK' }]]),
    );
  }

  release = async (): Promise<void> => undefined;
  cancelRelease = async (): Promise<'REFUSED'> => 'REFUSED';
}
