import { EmbeddedChangeFeed } from '../../../kernel/adapters/embedded/embedded-change-feed.ts';
import { EMBEDDED_LIMITS } from '../../../kernel/adapters/embedded/embedded-limits.ts';
import { EmbeddedRpc } from '../../../kernel/adapters/embedded/embedded-rpc.ts';
import { NewestRecords } from '../../../kernel/engine/change-records.ts';
import { matchesFilter } from '../../../kernel/model/change-filter.ts';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { ChangeFeed, ChangeMessage, ChangeRecord } from '../../../kernel/ports/change-feed.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Rpc } from '../../../kernel/ports/rpc.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import type { ChangesSinceReply, ChangesSinceRequest } from '../../../schema/commands/change-log.ts';

type Value = Readonly<Record<string, unknown>>;

export interface FakeOwnerOptions {
  readonly context: string;
  readonly event: string;
  readonly keyFields: readonly string[];
  /** Fields whose former values are told when they change. */
  readonly leavable?: readonly string[];
}

/** What a test gives the subscriptions instead of a platform: a feed and questions inside the process. */
export function createWires(clock: Clock): { readonly changeFeed: ChangeFeed; readonly rpc: Rpc } {
  return {
    changeFeed: new EmbeddedChangeFeed(new RecordingTelemetry(), EMBEDDED_LIMITS),
    rpc: new EmbeddedRpc(clock, EMBEDDED_LIMITS),
  };
}

/** The owner of a change log, in memory, which can lose what it tells and begin another log. */
export class FakeOwner {
  epoch = 'epoch00001';
  seq = 0;
  /** Positions from before this one are answered with a snapshot. */
  retainedAfter = 0;
  /** As it was when a log ended, by its epoch. */
  readonly #retainedAfterOf = new Map<string, number>();
  /** The owner's clock; absent: messages do not tell when they were committed. */
  nowMs: (() => number) | undefined;
  /** Questions that were asked. */
  readonly asked: ChangesSinceRequest[] = [];
  /** Awaited before an answer is made up. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();
  /** Awaited before an answer that is made up is sent. */
  afterAnswer: () => Promise<void> = () => Promise.resolve();
  readonly #options: FakeOwnerOptions;
  readonly #changeFeed: ChangeFeed;
  readonly #current = new Map<string, ChangeRecord>();
  #log: ChangeRecord[] = [];
  #published = 0;

  constructor(options: FakeOwnerOptions, wires: { readonly changeFeed: ChangeFeed; readonly rpc: Rpc }) {
    this.#options = options;
    this.#changeFeed = wires.changeFeed;
    wires.rpc.serve(`stockwire-rpc.${options.context}.changes-since`, ({ payload }) =>
      this.#answer(payload as ChangesSinceRequest),
    );
  }

  /** Makes changes durable as one message and tells of it, unless it gets lost. */
  change(values: readonly Value[], { isLost = false }: { readonly isLost?: boolean } = {}): ChangeMessage {
    this.seq++;
    const records = values.map((value) => this.#record(value));
    const message = this.#message(records);
    if (!isLost) this.#changeFeed.publish(message);
    return message;
  }

  heartbeat(): void {
    this.#changeFeed.publish(this.#message([]));
  }

  /** Positions before the last so many changes are from now on answered with a snapshot. */
  forgetBut(changes: number): void {
    this.retainedAfter = Math.max(this.retainedAfter, this.seq - changes);
    this.#log = this.#log.filter(({ version }) => version > this.retainedAfter);
  }

  /** Restored from a backup: the log is another, and the state what it was when the backup was made. Default: now. */
  restart(epoch: string, backup: ReadonlyMap<string, ChangeRecord> = this.backup()): void {
    this.#retainedAfterOf.set(this.epoch, this.retainedAfter);
    this.epoch = epoch;
    this.seq = 1;
    this.#published = 0;
    this.retainedAfter = 1;
    this.#log = [];
    this.#current.clear();
    for (const [key, record] of backup) this.#current.set(key, { ...record, version: 1 });
  }

  /** How far back the log of an epoch went, when it ended or now. */
  retainedAfterIn(epoch: string): number {
    return epoch === this.epoch ? this.retainedAfter : (this.#retainedAfterOf.get(epoch) ?? 0);
  }

  /** Another process goes on with the same log. What it has not told itself it does not name as a predecessor. */
  replaceProcess(): void {
    this.#published = this.seq;
  }

  backup(): ReadonlyMap<string, ChangeRecord> {
    return new Map(this.#current);
  }

  /** The present records that match, by key. */
  state(filter: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, ChangeRecord> {
    return new Map([...this.#current].filter(([, { value }]) => matchesFilter(value, filter)));
  }

  #record(value: Value): ChangeRecord {
    const { event, keyFields, leavable = [] } = this.#options;
    const key = keyFields.map((field) => String(value[field])).join('|');
    const former = this.#current.get(key)?.value;
    const left = Object.fromEntries(
      leavable
        .filter((field) => former && former[field] !== value[field])
        .map((field) => [field, [String(former?.[field])]]),
    );
    const record = { event, key, version: this.seq, value, ...(Object.keys(left).length > 0 && { left }) };
    this.#current.set(key, record);
    this.#log.push(record);
    return record;
  }

  #message(records: readonly ChangeRecord[]): ChangeMessage {
    const { context } = this.#options;
    const times = records.length > 0 && this.nowMs ? { committedAtMs: this.nowMs() } : {};
    const message = { context, epoch: this.epoch, seq: this.seq, prevSeq: this.#published, records, ...times };
    this.#published = this.seq;
    return message;
  }

  async #answer(request: ChangesSinceRequest): Promise<ChangesSinceReply> {
    this.asked.push(request);
    await this.beforeAnswer();
    const reply = this.#reply(request);
    await this.afterAnswer();
    return reply;
  }

  #reply(request: ChangesSinceRequest): ChangesSinceReply {
    const { filter, after } = request;
    const { epoch, seq } = this;
    if (after?.epoch !== epoch || after.seq < this.retainedAfter) {
      return { epoch, seq, reset: true, records: [...this.state(filter).values()] as ChangesSinceReply['records'] };
    }
    if (after.seq > seq) throw new Obstacle('NOT_CAUGHT_UP', `The log stands at ${seq}.`);
    const newest = new NewestRecords(filter, this.#options.keyFields);
    for (const record of this.#log) if (record.version > after.seq) newest.add(record);
    return { epoch, seq, reset: false, records: newest.toArray() as ChangesSinceReply['records'] };
  }
}
