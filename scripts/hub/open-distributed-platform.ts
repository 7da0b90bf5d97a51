import { join } from 'node:path';
import { EmbeddedChainIndexes } from '../../kernel/adapters/embedded/embedded-chain-indexes.ts';
import { EmbeddedKeyIndexes } from '../../kernel/adapters/embedded/embedded-key-indexes.ts';
import { EMBEDDED_LIMITS } from '../../kernel/adapters/embedded/embedded-limits.ts';
import { FileSnapshotStore } from '../../kernel/adapters/embedded/file-snapshot-store.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { followNatsJournal } from '../../kernel/adapters/nats/follow-nats-journal.ts';
import { NatsChangeFeed } from '../../kernel/adapters/nats/nats-change-feed.ts';
import { openNatsConnection, type NatsConnection } from '../../kernel/adapters/nats/nats-connection.ts';
import { NatsLease } from '../../kernel/adapters/nats/nats-lease.ts';
import { NatsMembers } from '../../kernel/adapters/nats/nats-members.ts';
import { NatsNudges } from '../../kernel/adapters/nats/nats-nudges.ts';
import { NatsRpc } from '../../kernel/adapters/nats/nats-rpc.ts';
import { NatsStreams } from '../../kernel/adapters/nats/nats-streams.ts';
import { openNatsJournal } from '../../kernel/adapters/nats/open-nats-journal.ts';
import type { Members } from '../../kernel/ports/members.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { awaitServer } from './await-server.ts';
import type { DistributedConfig } from './read-distributed-config.ts';

/** A platform of several processes, which find each other. */
export interface DistributedPlatform extends Platform {
  readonly members: Members;
}

/** What every process needs of the servers: to ask, to hear, to lead. */
export interface Messaging extends Omit<DistributedPlatform, 'documents'> {
  readonly nudges: NatsNudges;
}

export interface OpenMessagingOptions {
  readonly config: DistributedConfig;
  /** For the caches of this process alone: snapshots and indexes of journals. */
  readonly cacheDirectory: string;
  /** What the servers show of this process. */
  readonly name: string;
  readonly telemetry: Telemetry;
}

/**
 * The ports over NATS; parts are registered with `opened`, which closes them.
 * @throws {StorageFailed} when no server can be reached
 */
export async function openMessaging(options: OpenMessagingOptions, opened: AsyncDisposableStack): Promise<Messaging> {
  const { config, name, telemetry } = options;
  const connect = (): Promise<NatsConnection> => openNatsConnection({ ...config.nats, name, telemetry });
  const connection = await awaitServer(connect, { telemetry, name: 'NATS' });
  opened.defer(() => connection.close());
  const lease = new NatsLease(connection);
  const streams = new NatsStreams(connection, lease);
  opened.defer(() => streams.close());
  const members = new NatsMembers(connection);
  opened.defer(async () => members.close());
  const { clock, ids } = connection.parts;
  return {
    clock,
    ids,
    telemetry,
    streams,
    lease,
    members,
    nudges: new NatsNudges(connection),
    changeFeed: new NatsChangeFeed(connection),
    rpc: new NatsRpc(connection),
    ...openJournals(connection, options, opened),
  };
}

/** Journals on the servers, with their caches on the disk of this machine. */
function openJournals(
  connection: NatsConnection,
  { cacheDirectory, telemetry }: OpenMessagingOptions,
  opened: AsyncDisposableStack,
): Pick<Platform, 'openJournal' | 'followJournal' | 'snapshots' | 'openKeyIndex' | 'openChainIndex'> {
  const limits = EMBEDDED_LIMITS;
  const directory = join(cacheDirectory, 'indexes');
  const indexes = new EmbeddedKeyIndexes({ directory, telemetry, limits });
  opened.defer(() => indexes.close());
  const chains = new EmbeddedChainIndexes({ directory, telemetry, limits });
  opened.defer(() => chains.close());
  return {
    openJournal: (context) => openNatsJournal(connection, context),
    followJournal: (context) => followNatsJournal(connection, context),
    snapshots: new FileSnapshotStore({
      directory: join(cacheDirectory, 'snapshots'),
      telemetry,
      kept: limits.snapshotsKept,
    }),
    openKeyIndex: (name, epoch) => indexes.open(name, epoch),
    openChainIndex: (name, epoch) => chains.open(name, epoch),
  };
}

/** Adds the documents on MongoDB. @throws {DocumentsUnavailable} when there is no server */
export async function withDocuments(
  messaging: Messaging,
  mongoUrl: string,
  opened: AsyncDisposableStack,
): Promise<DistributedPlatform> {
  const { telemetry } = messaging;
  const connect = (): ReturnType<typeof openMongoDocuments> => openMongoDocuments({ url: mongoUrl, ...messaging });
  const mongo = await awaitServer(connect, { telemetry, name: 'MongoDB' });
  opened.defer(() => mongo.close());
  return { ...messaging, documents: mongo.documents };
}
