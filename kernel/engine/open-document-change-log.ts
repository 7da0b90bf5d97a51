import { parseChangeCursor, formatChangeCursor } from '../model/change-cursor.ts';
import { matchesFilter, type ChangeFilter } from '../model/change-filter.ts';
import { Obstacle, Refusal } from '../model/errors.ts';
import { NewestRecords, recordOf, recordOfMessage } from './change-records.ts';
import {
  CHANGE_LOG_LIMITS,
  type ChangeLogLimits,
  type ChangesSince,
  type ChangesSinceAnswer,
  type DocumentChangeLog,
  type DocumentChangeLogOptions,
} from './document-change-log.ts';
import { readTrimmedTo } from './trim-stream.ts';
import { waitForStream } from './wait-for-stream.ts';
import { StreamFollower } from './stream-follower.ts';

/** Begins to follow the stream from its head and to answer `changes-since`. */
export async function openDocumentChangeLog<Data extends object>(
  options: DocumentChangeLogOptions<Data>,
): Promise<DocumentChangeLog> {
  const { stream, platform } = options;
  const epoch = await platform.streams.epoch(stream);
  const limits = { ...CHANGE_LOG_LIMITS, ...options.limits };
  const head = await platform.streams.head(stream);
  return new StreamChangeLog({ ...options, epoch, limits, head });
}

interface OpenedOptions<Data extends object> extends DocumentChangeLogOptions<Data> {
  readonly epoch: string;
  readonly limits: ChangeLogLimits;
  readonly head: number;
}

class StreamChangeLog<Data extends object> implements DocumentChangeLog {
  readonly epoch: string;
  readonly #options: OpenedOptions<Data>;
  readonly #follower: StreamFollower;
  readonly #stopServing: () => void;
  #waiters = 0;

  constructor(options: OpenedOptions<Data>) {
    const { definition, platform, changesSinceSubject } = options;
    this.epoch = options.epoch;
    this.#options = options;
    this.#follower = new StreamFollower({
      ...options,
      ...platform,
      recordOf: (message) => recordOfMessage(definition, message),
    });
    this.#stopServing = platform.rpc.serve(changesSinceSubject, ({ payload }) =>
      this.changesSince(payload as ChangesSince),
    );
  }

  async headCursor(): Promise<string> {
    const { context, stream, platform } = this.#options;
    await platform.documents.flushOutbox(stream);
    return formatChangeCursor({ context, epoch: this.epoch, seq: await platform.streams.head(stream) });
  }

  async waitFor(cursor: string, maxWaitMs: number): Promise<void> {
    const { context, stream, platform, limits } = this.#options;
    const { epoch, seq } = parseChangeCursor(cursor, context);
    if (epoch !== this.epoch) {
      throw new Refusal('STALE_EPOCH', `The cursor belongs to an earlier log of ${context}.`, { context });
    }
    if ((await platform.streams.head(stream)) >= seq) return;
    if (this.#waiters >= limits.waitersMax) {
      throw new Obstacle('OVERLOADED', 'Too many requests wait for a change.', { limit: 'waitersMax' });
    }
    this.#waiters++;
    try {
      await waitForStream({ ...platform, stream, seq, maxWaitMs });
    } finally {
      this.#waiters--;
    }
  }

  async changesSince({ event, filter, after }: ChangesSince): Promise<ChangesSinceAnswer> {
    const { context, definition, stream, platform, limits } = this.#options;
    if (event !== definition.event) {
      throw new Refusal('BAD_USER_INPUT', `${context} keeps no log of ${event}.`, { event });
    }
    const head = await platform.streams.head(stream);
    if (after?.epoch !== this.epoch) return this.#snapshot(filter, head);
    if (after.seq > head) {
      throw new Obstacle('NOT_CAUGHT_UP', `The log of ${context} stands at ${head}, not yet at ${after.seq}.`, {
        context,
        head,
      });
    }
    if (head - after.seq > limits.replayMessagesMax) return this.#snapshot(filter, head);
    return (await this.#replay(filter, after.seq, head)) ?? this.#snapshot(filter, head);
  }

  async close(): Promise<void> {
    this.#stopServing();
    await this.#follower.stop();
  }

  /** @returns undefined when the stream no longer holds every message after the position */
  async #replay(filter: ChangeFilter, afterSeq: number, head: number): Promise<ChangesSinceAnswer | undefined> {
    const { definition, stream, platform, limits } = this.#options;
    const newest = new NewestRecords(filter, definition.keyFields);
    let read = 0;
    for (let seq = afterSeq; seq < head;) {
      const messages = await platform.streams.read(stream, seq, limits.pageMessages);
      for (const message of messages) {
        if (message.seq > head) break;
        read++;
        const record = recordOfMessage(definition, message);
        if (record) newest.add(record);
      }
      seq = messages.length < limits.pageMessages ? head : (messages.at(-1)?.seq ?? head);
    }
    // Asked last, because retention may take messages away while they are read.
    const [first] = await platform.streams.read(stream, 0, 1);
    if (afterSeq < head && (!first || first.seq > afterSeq + 1)) return undefined;
    // What left a filter with a change that was taken out of the middle would not be told.
    const mayLackSome = read < head - afterSeq;
    if (mayLackSome && afterSeq < (await readTrimmedTo(platform.documents, stream))) return undefined;
    return { epoch: this.epoch, seq: head, reset: false, records: newest.toArray() };
  }

  async #snapshot(filter: ChangeFilter, head: number): Promise<ChangesSinceAnswer> {
    const { context, definition, limits } = this.#options;
    const found = await this.#options.snapshot(filter, limits.snapshotRecordsMax + 1);
    if (found.length > limits.snapshotRecordsMax) {
      throw new Refusal('LIMIT_EXCEEDED', `More than ${limits.snapshotRecordsMax} records of ${context} match.`, {
        limit: 'snapshotRecordsMax',
        snapshotRecordsMax: limits.snapshotRecordsMax,
      });
    }
    // The head stands for the unknown sequence of each key's last change: later changes have later sequences.
    const records = found
      .map((data) => recordOf(definition, data, head))
      .filter(({ value }) => matchesFilter(value, filter));
    return { epoch: this.epoch, seq: head, reset: true, records };
  }
}
