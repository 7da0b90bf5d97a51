import { createConnection, type Connection, type ConnectOptions } from 'mongoose';
import type { Clock } from '../../ports/clock.ts';
import type { Documents } from '../../ports/documents.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Lease } from '../../ports/lease.ts';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import type { Streams } from '../../ports/streams.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { SystemClock } from '../embedded/system-clock.ts';
import { UuidV7Ids } from '../embedded/uuid-v7-ids.ts';
import { MongoCalls } from './mongo-calls.ts';
import { MongoDocuments } from './mongo-documents.ts';
import { DocumentsUnavailable } from './mongo-errors.ts';
import { MONGO_LIMITS, type MongoLimits } from './mongo-limits.ts';
import type { OutboxNudges } from './outbox-nudges.ts';
import { watchHeartbeats } from './watch-heartbeats.ts';

export interface OpenMongoDocumentsOptions {
  /** With the name of the database. */
  readonly url: string;
  /** Where the outbox goes. */
  readonly streams: Streams;
  /** Decides which process relays; shared by all of them. */
  readonly lease: Lease;
  /** How processes tell each other of their saves. Default: not at all, so that a relay sees them when it looks next. */
  readonly nudges?: OutboxNudges;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Default: UUIDv7 and randomness of the machine. */
  readonly ids?: Ids;
  /** Default: none. */
  readonly telemetry?: Telemetry;
  /** Those that differ from MONGO_LIMITS. */
  readonly limits?: Partial<MongoLimits>;
}

export interface OpenedDocuments {
  readonly documents: Documents;
  /** Ends the saves that were begun, the relays and the connections. */
  close(): Promise<void>;
}

/**
 * Documents on MongoDB or a server that speaks its protocol. Uses single-document atomicity, indexes and nothing else.
 * After it is open, a server that goes away makes calls fail with an obstacle until it is back.
 * @throws {DocumentsUnavailable} when there is no server, or it may not be used
 */
export async function openMongoDocuments(options: OpenMongoDocumentsOptions): Promise<OpenedDocuments> {
  const { url, streams, lease, clock = new SystemClock(), ids = new UuidV7Ids() } = options;
  const { telemetry = silentTelemetry, nudges } = options;
  const limits: MongoLimits = { ...MONGO_LIMITS, ...options.limits };
  const connection = await connectMongo(url, limits);
  const calls = new MongoCalls({ clock, telemetry, limits });
  const writer = ids.epoch();
  const documents = new MongoDocuments({ connection, calls, streams, lease, clock, telemetry, limits, nudges, writer });
  const open = (): Promise<unknown> => connection.openUri(url, driverOptions(limits));
  const stopWatching = watchHeartbeats({ connection, clock, telemetry, limits, open });
  const close = async (): Promise<void> => {
    stopWatching();
    await documents.close();
    await connection.close(true);
  };
  await documents.relayLeftovers().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { documents, close };
}

/** @throws {DocumentsUnavailable} when there is no server */
export async function connectMongo(url: string, limits: MongoLimits): Promise<Connection> {
  const connection = createConnection(url, driverOptions(limits));
  // Without a listener, what the driver tells on its own would end the process.
  connection.on('error', () => undefined);
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw new DocumentsUnavailable('connect', { cause: error });
  }
}

function driverOptions(limits: MongoLimits): ConnectOptions {
  return {
    // Acknowledged means: on the disk of a majority.
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: limits.callMs },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    retryWrites: true,
    retryReads: true,
    serverSelectionTimeoutMS: limits.serverSelectionMs,
    connectTimeoutMS: limits.connectMs,
    socketTimeoutMS: limits.socketSilenceMs,
    waitQueueTimeoutMS: limits.callMs,
    heartbeatFrequencyMS: limits.heartbeatMs,
    maxPoolSize: limits.poolConnectionsMax,
    // A call to a server that is away fails; it is not kept for later.
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  };
}
