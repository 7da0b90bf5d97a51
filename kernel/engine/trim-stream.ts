import { DocumentConflict } from '../ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents, Versioned } from '../ports/documents.ts';
import type { StreamMessage, Streams } from '../ports/streams.ts';

/** What becomes of the messages of one stream when they are old. */
export interface StreamRetention {
  readonly stream: string;
  /** Of these types the last of each key stays: whoever begins to listen later learns from it what is. */
  readonly stateTypes: readonly string[];
  /** All of these types stay. */
  readonly lastingTypes: readonly string[];
}

export interface TrimOptions {
  /** Messages that were recorded before may go. Epoch milliseconds. */
  readonly beforeMs: number;
  /** Nothing from here on goes: somebody reads it who is no durable consumer. Absent: there is nobody. */
  readonly neededFrom?: number | undefined;
  /** Messages that are looked at, at most. */
  readonly limit: number;
  /** Makes messages durable elsewhere; called before any of them goes. */
  readonly archive: (messages: readonly StreamMessage[]) => Promise<void>;
}

export interface Trimmed {
  /** Messages that were looked at; fewer than `limit`: there are no more for now. */
  readonly looked: number;
  readonly removed: number;
}

/** Up to where a stream was looked at. JSON data. */
interface PlaceDocument extends Document {
  readonly epoch: string;
  readonly throughSeq: number;
}

/** Where the last message of a key stands that was left. JSON data. */
interface LastDocument extends Document {
  readonly epoch: string;
  readonly seq: number;
}

interface Collections {
  readonly places: Collection<PlaceDocument>;
  readonly lasts: Collection<LastDocument>;
}

const PLACES: CollectionDefinition = { name: 'stream-retention', indexes: [] };
const LASTS: CollectionDefinition = { name: 'stream-last-messages', indexes: [] };
const NOTHING: Trimmed = { looked: 0, removed: 0 };

/**
 * Takes what is old and done with out of a stream, the oldest first, a page at a time. Nothing goes that a durable consumer
 * has not had or that is a dead letter, and nothing that is not archived. One process at a time may do it.
 */
export async function trimStream(
  { streams, documents }: { readonly streams: Streams; readonly documents: Documents },
  retention: StreamRetention,
  options: TrimOptions,
): Promise<Trimmed> {
  const { stream } = retention;
  const collections = await openCollections(documents);
  const epoch = await streams.epoch(stream);
  const place = await collections.places.get(stream);
  const throughSeq = place?.document.epoch === epoch ? place.document.throughSeq : 0;
  const old = await readOld(streams, { stream, throughSeq, ...options });
  const last = old.at(-1);
  if (!last) return NOTHING;
  await options.archive(old);
  const kept = lastOfEachKey(old, retention);
  const before = await collections.lasts.getMany([...kept.keys()]);
  const superseded = before.filter(({ document }) => document.epoch === epoch && isOlder(document, kept));
  const staying = new Set([...kept.values()].map(({ seq }) => seq));
  const leaving = old.filter(
    ({ seq, envelope }) => !staying.has(seq) && !retention.lastingTypes.includes(envelope.type),
  );
  const seqs = [...superseded.map(({ document }) => document.seq), ...leaving.map(({ seq }) => seq)];
  await streams.remove(stream, seqs);
  await saveLasts(collections.lasts, { epoch, kept, before });
  await collections.places.save({ id: stream, epoch, throughSeq: last.seq }, place?.version ?? 0);
  return { looked: old.length, removed: seqs.length };
}

/** Up to where messages may have been taken out of a stream. */
export async function readTrimmedTo(documents: Documents, stream: string): Promise<number> {
  const { places } = await openCollections(documents);
  return (await places.get(stream))?.document.throughSeq ?? 0;
}

async function openCollections(documents: Documents): Promise<Collections> {
  const [places, lasts] = await Promise.all([
    documents.collection<PlaceDocument>(PLACES),
    documents.collection<LastDocument>(LASTS),
  ]);
  return { places, lasts };
}

async function readOld(
  streams: Streams,
  {
    stream,
    throughSeq,
    beforeMs,
    neededFrom = Number.POSITIVE_INFINITY,
    limit,
  }: TrimOptions & {
    readonly stream: string;
    readonly throughSeq: number;
  },
): Promise<readonly StreamMessage[]> {
  const doneSeq = Math.min(await streams.doneByAll(stream), neededFrom - 1);
  if (doneSeq <= throughSeq) return [];
  const oldest = await streams.read(stream, throughSeq, limit);
  const young = oldest.findIndex(({ seq, envelope }) => seq > doneSeq || !(Date.parse(envelope.recordedAt) < beforeMs));
  return young === -1 ? oldest : oldest.slice(0, young);
}

/** By the id of its document. */
function lastOfEachKey(
  messages: readonly StreamMessage[],
  { stream, stateTypes }: StreamRetention,
): ReadonlyMap<string, StreamMessage> {
  const states = messages.filter(({ envelope }) => stateTypes.includes(envelope.type));
  return new Map(states.map((message) => [`${stream}|${message.envelope.type}|${message.envelope.key}`, message]));
}

function isOlder({ id, seq }: LastDocument, kept: ReadonlyMap<string, StreamMessage>): boolean {
  return seq < (kept.get(id)?.seq ?? 0);
}

async function saveLasts(
  lasts: Collection<LastDocument>,
  {
    epoch,
    kept,
    before,
  }: {
    readonly epoch: string;
    readonly kept: ReadonlyMap<string, StreamMessage>;
    readonly before: readonly Versioned<LastDocument>[];
  },
): Promise<void> {
  const versions = new Map(before.map(({ document, version }) => [document.id, version]));
  const saves = [...kept].map(([id, { seq }]) => lasts.save({ id, epoch, seq }, versions.get(id) ?? 0));
  const failed = (await Promise.allSettled(saves)).filter((result) => result.status === 'rejected');
  // Somebody who believed to be the one as well has saved the same.
  const fault = failed.find(({ reason }) => !(reason instanceof DocumentConflict));
  if (fault) throw fault.reason;
}
