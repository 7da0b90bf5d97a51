import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import type { ChangeFeed, ChangeMessage, ChangeRecord } from '../../kernel/ports/change-feed.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { ChangeRing } from './change-ring.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import type { Position } from './topic.ts';

export interface ChangeSourceOptions {
  readonly context: string;
  readonly changeFeed: ChangeFeed;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: SubscriptionLimits;
}

/** Told in the order of the log. */
export interface SourceListener {
  onRecord(record: ChangeRecord): void;
  /** What came after this position was not all received; records that are told later come after the hole. */
  onLoss(after: Position): void;
}

interface Waiter {
  readonly seq: number;
  readonly resolve: (reached: boolean) => void;
}

/** The change feed of one context as this process has received it: how far, with which recent messages at hand. */
export class ChangeSource {
  readonly #options: ChangeSourceOptions;
  readonly #ring: ChangeRing;
  readonly #listeners = new Set<SourceListener>();
  readonly #waiters = new Set<Waiter>();
  readonly #unsubscribe: () => void;
  #position: Position | undefined;
  #committedAtMs: number | undefined;

  constructor(options: ChangeSourceOptions) {
    this.#options = options;
    this.#ring = new ChangeRing(options.limits);
    this.#unsubscribe = options.changeFeed.subscribe(options.context, (message) => this.#receive(message));
  }

  get context(): string {
    return this.#options.context;
  }

  /** The last change that was received; undefined before the first message. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** When the newest change that was received was made durable, by its owner's clock. */
  get committedAtMs(): number | undefined {
    return this.#committedAtMs;
  }

  listen(listener: SourceListener): void {
    this.#listeners.add(listener);
  }

  /** Whether everything after `from` is at hand. */
  canReplay(from: Position): boolean {
    const position = this.#position;
    return position?.epoch === from.epoch && from.seq >= this.#ring.floor && from.seq <= position.seq;
  }

  isAhead(position: Position): boolean {
    return this.#position?.epoch === position.epoch && position.seq > this.#position.seq;
  }

  /** Those that the filters may concern, and perhaps others. */
  recordsAfter(seq: number, event: string, filters: readonly ChangeFilter[]): Iterable<ChangeRecord> {
    return this.#ring.find(seq, event, filters);
  }

  /** What an owner has answered. It places a source that has heard nothing yet, or that follows a log of the past. */
  learn(position: Position): void {
    if (this.#position?.epoch === position.epoch) return;
    this.#restart(position, position.seq);
  }

  /** Resolves to false when the sequence was not received in time; also when another log begins, to true. */
  async reached({ epoch, seq }: Position, maxWaitMs: number): Promise<boolean> {
    if (this.#position?.epoch === epoch && this.#position.seq >= seq) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiter = { seq, resolve };
    this.#waiters.add(waiter);
    const cancel = this.#options.clock.after(maxWaitMs, () => resolve(false));
    try {
      return await promise;
    } finally {
      cancel();
      this.#waiters.delete(waiter);
    }
  }

  close(): void {
    this.#unsubscribe();
    for (const { resolve } of this.#waiters) resolve(false);
  }

  #receive(message: ChangeMessage): void {
    const { epoch, seq, prevSeq, committedAtMs } = message;
    const known = this.#position;
    if (committedAtMs !== undefined) this.#committedAtMs = committedAtMs;
    // Heartbeats come often enough to watch by.
    if (message.records.length === 0) this.#measure();
    if (known?.epoch !== epoch) {
      this.#restart({ epoch, seq }, prevSeq);
      // Nobody but a member that joined by an earlier log can miss these, and that one reads everything again.
      this.#ring.push(message);
    } else if (seq > known.seq) {
      this.#position = { epoch, seq };
      // A predecessor that is earlier than what is known comes from another process of the same role, and is no loss.
      if (prevSeq > known.seq) this.#lose(known, prevSeq);
      this.#ring.push(message);
      this.#tell(message.records.filter(({ version }) => version > known.seq));
    }
    this.#wake();
  }

  #measure(): void {
    const { telemetry } = this.#options;
    const { messages, records } = this.#ring.size;
    telemetry.gauge('change_ring_messages', messages, { context: this.context });
    telemetry.gauge('change_ring_records', records, { context: this.context });
  }

  #restart(position: Position, floor: number): void {
    const before = this.#position;
    this.#position = position;
    this.#ring.restart(floor);
    if (before) {
      this.#options.telemetry.log('warn', 'the change log has another epoch', { context: this.context });
      for (const listener of this.#listeners) listener.onLoss(before);
    }
    for (const { resolve } of this.#waiters) resolve(true);
  }

  #lose(after: Position, floor: number): void {
    this.#options.telemetry.count('change_feed_losses_total', { context: this.context });
    this.#ring.restart(floor);
    for (const listener of this.#listeners) listener.onLoss(after);
  }

  #tell(records: readonly ChangeRecord[]): void {
    for (const record of records) for (const listener of this.#listeners) listener.onRecord(record);
  }

  #wake(): void {
    const seq = this.#position?.seq ?? 0;
    for (const waiter of this.#waiters) if (waiter.seq <= seq) waiter.resolve(true);
  }
}
