import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { Defect, Refusal } from '../../model/errors.ts';
import { ensureStream, type StreamWish } from './ensure-stream.ts';
import { toHeaders } from './journal-record.ts';
import { LogDigest, headOf, toLogEntry, type LogEntry } from './log-entry.ts';
import type { NatsConnection } from './nats-connection.ts';
import { isTransient, isWrongLastSequence, toNatsError } from './nats-errors.ts';
import { removeHoles, withFillers } from './stream-holes.ts';
import { StreamReader } from './stream-reader.ts';

/** A log elsewhere: from 1 to `head`, of which some may have been taken out. */
export interface LogSource {
  readonly head: number;
  after(seq: number): Iterable<LogEntry>;
}

export interface FilledStream {
  readonly messages: number;
  /** How many of them were there before. */
  readonly found: number;
  /** SHA-256 over places, ids, subjects and contents, as they were read back. */
  readonly digest: string;
}

/** Messages that wait for their acknowledgement, and their bytes. */
const WINDOW_MESSAGES = 200;
const WINDOW_BYTES = 4_194_304;
const ATTEMPTS_MAX = 20;
const PAGE_MESSAGES = 1_000;

/** The stream holds something else than the log that is to be copied into it. */
export class StreamDiffers extends Defect {}

/**
 * Makes a stream hold exactly a log that was written elsewhere, at the same places and under the same epoch, and reads it
 * back. What is there already, from a copy that was interrupted or of an earlier state of the log, stays.
 * @throws {StreamDiffers} when the stream holds anything else
 * @throws {Refusal} LIMIT_EXCEEDED when a message is longer than the servers take
 */
export async function fillStream(
  connection: NatsConnection,
  wish: StreamWish & { readonly epoch: string },
  source: LogSource,
): Promise<FilledStream> {
  const { name } = wish;
  const { epoch } = await ensureStream(connection, wish);
  if (epoch !== wish.epoch) throw differs(name, `has the epoch ${epoch} and not ${wish.epoch}`);
  try {
    const found = await commonHead(connection, name, source);
    await publishRest(connection, wish, source);
    if (!wish.isLog) await removeHoles(connection, name, source);
    const written = new LogDigest();
    for (const entry of source.after(0)) written.add(entry);
    const digest = await readDigest(connection, name);
    if (digest !== written.end()) throw differs(name, 'does not hold what was copied');
    return { messages: source.head, found, digest };
  } catch (error) {
    throw toNatsError(error, `The stream ${name}`);
  }
}

async function publishRest(
  connection: NatsConnection,
  { name: stream, subject: all, isLog }: StreamWish,
  source: LogSource,
): Promise<void> {
  const subject = all.replace(/>$/, 'taken-out');
  const again = retry(
    handleWhen((error) => isTransient(error) || isWrongLastSequence(error)),
    { maxAttempts: ATTEMPTS_MAX, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) },
  );
  await again.execute(async () => {
    // Of a window that failed any part may be there.
    const head = await commonHead(connection, stream, source);
    const rest = isLog ? source.after(head) : withFillers(source, { afterSeq: head, subject });
    for (const window of windowsOf(rest)) await publishAll(connection, stream, window);
  });
}

/** How many messages are there; the last one must be the source's at that place. */
async function commonHead(connection: NatsConnection, stream: string, source: LogSource): Promise<number> {
  const { streams } = connection.parts.manager;
  const head = (await streams.info(stream)).state.last_seq;
  if (head > source.head) throw differs(stream, `holds ${head} messages, more than the ${source.head} to be copied`);
  if (head === 0) return 0;
  const stored = await streams.getMessage(stream, { seq: head });
  const [expected] = source.after(head - 1);
  // Taken out of the log since, or filled by a copy that was interrupted.
  if (!expected || expected.seq > head) return head;
  if (stored && expected && headOf(expected) === headOf(toLogEntry(stored))) return head;
  throw differs(stream, `holds another message at ${head}`);
}

/** Side by side; each names its place, so that none is taken at another one. */
async function publishAll(connection: NatsConnection, stream: string, window: readonly LogEntry[]): Promise<void> {
  const outcomes = await Promise.allSettled(window.map((entry) => publish(connection, stream, entry)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

async function publish(connection: NatsConnection, stream: string, entry: LogEntry): Promise<void> {
  const { seq, id, subject, body, record } = entry;
  const { batchBytesMax } = connection;
  if (body.length > batchBytesMax) {
    const details = { limit: 'max_payload', batchBytesMax, bytes: body.length, seq };
    throw new Refusal('LIMIT_EXCEEDED', `Message ${seq} of ${stream} is longer than the servers take.`, details);
  }
  const { jetstream, limits } = connection.parts;
  const taken = await jetstream.publish(subject, body, {
    msgID: id,
    ...(record && { headers: toHeaders(record) }),
    expect: { streamName: stream, lastSequence: seq - 1 },
    timeout: limits.apiMs,
    retries: 0,
  });
  if (taken.seq !== seq) throw differs(stream, `took message ${seq} at ${taken.seq}`);
}

function* windowsOf(entries: Iterable<LogEntry>): Generator<readonly LogEntry[]> {
  let window: LogEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    window.push(entry);
    bytes += entry.body.length;
    if (window.length < WINDOW_MESSAGES && bytes < WINDOW_BYTES) continue;
    yield window;
    window = [];
    bytes = 0;
  }
  if (window.length > 0) yield window;
}

async function readDigest(connection: NatsConnection, stream: string): Promise<string> {
  const digest = new LogDigest();
  const reader = new StreamReader(connection, { stream, afterSeq: 0 });
  try {
    for (;;) {
      const page = await reader.next(PAGE_MESSAGES);
      if (page.length === 0) return digest.end();
      for (const message of page) digest.add(toLogEntry(message));
    }
  } finally {
    await reader.close();
  }
}

function differs(stream: string, what: string): StreamDiffers {
  return new StreamDiffers(`The stream ${stream} ${what}: it is not a copy of this log.`, { stream });
}
