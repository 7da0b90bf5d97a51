import { createHash } from 'node:crypto';
import { StoredData, type StoredLog } from '../../kernel/adapters/embedded/stored-data.ts';
import { DocumentImport } from '../../kernel/adapters/mongo/document-import.ts';
import type { FilledStream } from '../../kernel/adapters/nats/fill-stream.ts';
import { openNatsConnection, type NatsConnectionOptions } from '../../kernel/adapters/nats/nats-connection.ts';
import { NatsImport } from '../../kernel/adapters/nats/nats-import.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import type { CollectionDefinition } from '../../kernel/ports/documents.ts';
import { openData } from '../ledger/open-data.ts';
import { markMoved } from './moved-mark.ts';

export interface MigrationOptions {
  /** The data directory of a hub that is stopped. */
  readonly directory: string;
  readonly nats: NatsConnectionOptions;
  /** With the name of the database. */
  readonly mongoUrl: string;
  /** False: the directory goes on being used, and this will be run again. */
  readonly isFinal: boolean;
  readonly tell: (line: string) => void;
}

interface Migration extends MigrationOptions {
  readonly data: StoredData;
  readonly servers: NatsImport;
  readonly documents: DocumentImport;
}

/**
 * Copies everything of a data directory to NATS and MongoDB, reads it back and compares it. What an earlier run has copied
 * stays; what has changed in the directory since is brought up to date. The directory is only read.
 * @throws {Refusal} when a hub runs, over the directory or over the servers
 * @throws {Defect} when the servers hold anything else
 */
export async function migrateToDistributed(options: MigrationOptions): Promise<void> {
  await settle(options.directory);
  const opened = new AsyncDisposableStack();
  try {
    const data = new StoredData(options.directory);
    opened.defer(() => data.close());
    const connection = await openNatsConnection({ ...options.nats, name: 'stockwire-migrate' });
    opened.defer(() => connection.close());
    const documents = await DocumentImport.open(options.mongoUrl);
    opened.defer(() => documents.close());
    const servers = new NatsImport(connection);
    await assertNobodyRuns(servers);
    await copyAll({ ...options, data, servers, documents });
    if (options.isFinal) await markMoved(options.directory, options.nats.servers.join(','));
  } finally {
    await opened.disposeAsync();
  }
}

/** As a start does it: what was cut short is completed, and what was saved with documents is published. */
async function settle(directory: string): Promise<void> {
  const platform = await openData(directory);
  try {
    await platform.documents.flushOutbox();
  } finally {
    await platform.close();
  }
}

async function assertNobodyRuns(servers: NatsImport): Promise<void> {
  const leases = await servers.heldLeases();
  if (leases.length === 0) return;
  const message = `A hub runs over these servers (${leases.slice(0, 3).join(', ')}): stop it first.`;
  throw new Refusal('BAD_USER_INPUT', message, { leases });
}

/** The logs first: they show at once when the servers hold something else. What consumers remember comes last. */
async function copyAll(migration: Migration): Promise<void> {
  const { data, servers, tell } = migration;
  const journals = data.journals();
  const streams = data.streams();
  const unpublished = data.countUnpublished();
  if (unpublished > 0) throw new Refusal('BAD_USER_INPUT', `${unpublished} events are not published.`, { unpublished });
  for (const log of journals) {
    const after = (seq: number) => toBatches(data.batches(log.name, seq));
    tell(describeLog('journal', log, await servers.journal({ ...log, after })));
  }
  for (const log of streams) {
    const after = (seq: number) => data.messages(log.name, seq);
    tell(describeLog('stream', log, await servers.stream({ ...log, after })));
  }
  await migration.documents.claim([...journals, ...streams].map(({ epoch }) => epoch)[0] ?? 'empty');
  for (const definition of data.collections()) await copyDocuments(migration, definition);
  await copyConsumers(migration, streams);
}

type Rows = ReturnType<StoredData['batches']>;

function* toBatches(rows: Rows) {
  for (const { seq, batch_id: batchId, recorded_at_ms: recordedAtMs, events, checksum } of rows) {
    yield { seq, batchId, recordedAtMs, events, checksum };
  }
}

function describeLog(kind: string, { name, epoch }: StoredLog, filled: FilledStream): string {
  const { messages, found, digest } = filled;
  const before = found > 0 ? `, ${found} of them were there` : '';
  return `${kind} ${name} (epoch ${epoch}): ${messages} messages${before}; SHA-256 ${digest}, read back`;
}

async function copyDocuments({ data, documents, tell }: Migration, definition: CollectionDefinition): Promise<void> {
  const { name } = definition;
  const target = await documents.collection(definition);
  let removed = 0;
  for await (const ids of target.ids()) {
    const known = data.knownIds(name, ids);
    const gone = ids.filter((id) => !known.has(id));
    await target.remove(gone);
    removed += gone.length;
  }
  let written = 0;
  for (const page of data.documents(name)) written += await target.write(page);
  const digest = createHash('sha256');
  for (const page of data.documents(name)) {
    const differing = await target.differing(page);
    if (differing.length > 0) throw new Error(`${name} ${differing[0]} is not what was copied.`);
    for (const { id, version, body } of page) digest.update(JSON.stringify([id, version, body]));
  }
  const [there, here] = [await target.count(), data.countDocuments(name)];
  if (there !== here) throw new Error(`${name} holds ${there} documents, not ${here}.`);
  const changes = `${written} written${removed > 0 ? `, ${removed} removed` : ''}`;
  tell(`documents ${name}: ${here} documents, ${changes}; SHA-256 ${digest.digest('hex')}, read back`);
}

/** Nobody reads meanwhile, so the order does not matter: whoever starts later finds a stream and a place in it. */
async function copyConsumers({ data, servers, tell }: Migration, streams: readonly StoredLog[]): Promise<void> {
  const epochs = new Map(streams.map(({ name, epoch }) => [name, epoch]));
  let letters = 0;
  for (const { name } of streams) await servers.forgetDeadLetters(name);
  const consumers = data.consumers();
  for (const { stream, durable, floor, done, failures, replays } of consumers) {
    const epoch = epochs.get(stream);
    if (epoch === undefined) continue;
    const runs = done.toSorted((a, b) => a - b).map((seq): [number, number] => [seq, seq]);
    await servers.consumer({ stream, durable }, { floor, done: runs, failures: [...failures], epoch });
    for (const seq of replays) {
      const letter = { stream, durable, seq, deliveries: 0, error: '', diedAtMs: 0 };
      await servers.deadLetter({ ...letter, state: 'replay' });
    }
  }
  for (const { name } of streams) {
    for (const { stream, durable, seq, deliveries, error, died_at_ms: diedAtMs } of data.deadLetters(name)) {
      await servers.deadLetter({ stream, durable, seq, deliveries, error, diedAtMs, state: 'dead' });
      letters++;
    }
  }
  tell(`consumers: ${consumers.length} places, ${letters} dead letters`);
}
