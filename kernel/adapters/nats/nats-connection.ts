import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection as Client, type NodeConnectionOptions } from '@nats-io/transport-node';
import { Obstacle } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { errorText } from '../embedded/error-text.ts';
import { StorageFailed } from '../embedded/storage-errors.ts';
import { SystemClock } from '../embedded/system-clock.ts';
import { UuidV7Ids } from '../embedded/uuid-v7-ids.ts';
import { askSystemAccount } from './ask-system-account.ts';
import { checkDurability } from './check-durability.ts';
import { NATS_LIMITS, type NatsLimits } from './nats-limits.ts';
import { isAtLeast } from './server-version.ts';

export interface NatsConnectionOptions {
  /** Such as `nats://127.0.0.1:4222`; several servers of one cluster, in any order. */
  readonly servers: readonly string[];
  /** Where each server tells its settings. Default: none, and so nothing is confirmed. */
  readonly monitorUrls?: readonly string[];
  /** A user of the system account, which confirms the settings as well. Default: none. */
  readonly systemCredentials?: Pick<NodeConnectionOptions, 'user' | 'pass' | 'tls'>;
  /** What the servers show of this process. */
  readonly name?: string;
  /** Put before every name on the servers, so that several deployments can share them. Default: empty. */
  readonly prefix?: string;
  readonly credentials?: Pick<NodeConnectionOptions, 'user' | 'pass' | 'token' | 'tls'>;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly telemetry?: Telemetry;
  /** Those that differ from NATS_LIMITS. */
  readonly limits?: Partial<NatsLimits>;
}

export interface ConnectionParts {
  readonly client: Client;
  readonly jetstream: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly prefix: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly limits: NatsLimits;
  readonly isDurabilityConfirmed: boolean;
}

/**
 * Connects, and says loudly what is not safe about the servers. Later losses of the connection are mended by itself, for
 * ever, with jitter.
 * @throws {StorageFailed} when no server can be reached, or one without JetStream
 */
export async function openNatsConnection(options: NatsConnectionOptions): Promise<NatsConnection> {
  const { servers, clock = new SystemClock(), ids = new UuidV7Ids(), telemetry = silentTelemetry } = options;
  const limits: NatsLimits = { ...NATS_LIMITS, ...options.limits };
  let client: Client | undefined;
  try {
    client = await connect({
      ...options.credentials,
      servers: [...servers],
      name: options.name ?? 'stockwire',
      timeout: limits.connectMs,
      reconnectTimeWait: limits.reconnectMinMs,
      reconnectJitter: limits.reconnectJitterMs,
      reconnectJitterTLS: limits.reconnectJitterMs,
      maxReconnectAttempts: -1,
      pingInterval: limits.pingMs,
      maxPingOut: limits.pingsUnansweredMax,
    });
    const manager = await jetstreamManager(client, { timeout: limits.apiMs });
    const { systemCredentials } = options;
    const isDurabilityConfirmed = await checkDurability({
      version: client.info?.version ?? '0.0.0',
      serversMin: Math.max(1, client.info?.connect_urls?.length ?? 0),
      monitorUrls: options.monitorUrls ?? [],
      monitorMs: limits.monitorMs,
      ...(systemCredentials && {
        askSystem: () => askSystemAccount({ ...systemCredentials, servers: [...servers] }, limits.monitorMs),
      }),
      telemetry,
    });
    const { prefix = '' } = options;
    const parts = { client, manager, prefix, clock, ids, telemetry, limits, isDurabilityConfirmed };
    return new NatsConnection({ ...parts, jetstream: jetstream(client, { timeout: limits.publishMs }) });
  } catch (error) {
    await client?.close();
    throw new StorageFailed(`NATS at ${servers.join(', ')}`, { cause: error });
  }
}

/** One connection for all ports of a process. */
export class NatsConnection {
  readonly parts: ConnectionParts;
  readonly #reconnected = new Set<() => void>();
  #isConnected = true;

  constructor(parts: ConnectionParts) {
    this.parts = parts;
    void this.#follow();
  }

  get isConnected(): boolean {
    return this.#isConnected && !this.parts.client.isClosed();
  }

  get serverVersion(): string {
    return this.parts.client.info?.version ?? '0.0.0';
  }

  /** Whether every server says that what it acknowledges is on its disk. */
  get isDurabilityConfirmed(): boolean {
    return this.parts.isDurabilityConfirmed;
  }

  /** Bytes of what may be published at once; the smaller one of our own bound and the server's. */
  get batchBytesMax(): number {
    const { limits, client } = this.parts;
    const payloadMax = client.info?.max_payload ?? limits.batchBytesMax;
    return Math.min(limits.batchBytesMax, payloadMax - limits.headerBytesMax);
  }

  serverIsAtLeast(version: string): boolean {
    return isAtLeast(this.serverVersion, version);
  }

  /** A name of ours as the servers know it. */
  named(name: string): string {
    return `${this.parts.prefix}${name}`;
  }

  /** Called after each time that the connection was lost and is back. @returns stops it */
  onReconnect(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#reconnected.add(entry);
    return () => void this.#reconnected.delete(entry);
  }

  /** What is sent without a connection would wait in memory without a bound. @throws {Obstacle} */
  assertConnected(): void {
    if (!this.isConnected) throw new Obstacle('CONTEXT_UNAVAILABLE', 'There is no connection to NATS at the moment.');
  }

  /** What was published before is on its way to the servers. May be called twice. */
  async close(): Promise<void> {
    const { client } = this.parts;
    if (client.isClosed()) return;
    if (this.#isConnected) await client.drain().catch(() => undefined);
    await client.close();
  }

  async #follow(): Promise<void> {
    const { client, telemetry } = this.parts;
    for await (const status of client.status()) {
      if (status.type === 'disconnect') this.#lost();
      if (status.type === 'reconnect') this.#back();
      if (status.type === 'error') telemetry.log('warn', 'NATS said no', { error: errorText(status.error) });
    }
  }

  #lost(): void {
    this.#isConnected = false;
    this.parts.telemetry.count('nats_disconnects_total');
    this.parts.telemetry.log('warn', 'the connection to NATS was lost');
  }

  #back(): void {
    this.#isConnected = true;
    this.parts.telemetry.log('info', 'the connection to NATS is back', { version: this.serverVersion });
    for (const listener of Array.from(this.#reconnected)) listener();
  }
}
