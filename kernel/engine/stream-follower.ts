import type { ChangeFeed, ChangeMessage, ChangeRecord } from '../ports/change-feed.ts';
import type { CancelTimer, Clock } from '../ports/clock.ts';
import type { StreamMessage } from '../ports/streams.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { ChangeLogLimits, LogStreams } from './document-change-log.ts';

export interface StreamFollowerOptions {
  readonly context: string;
  readonly stream: string;
  readonly epoch: string;
  /** Where to begin. */
  readonly head: number;
  readonly limits: ChangeLogLimits;
  readonly streams: LogStreams;
  readonly changeFeed: ChangeFeed;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Undefined for a message that is no change. */
  recordOf(message: StreamMessage): ChangeRecord | undefined;
}

/**
 * Tells every change of a stream on the change feed, in order. It reads the stream itself instead of consuming it,
 * because a consumer orders messages by key only, and a log has one order.
 */
export class StreamFollower {
  readonly #options: StreamFollowerOptions;
  readonly #stopWatching: () => void;
  #position: number;
  #published: number;
  #following: Promise<boolean> | undefined;
  #again = false;
  #stopped = false;
  #cancelHeartbeat: CancelTimer = () => undefined;

  constructor(options: StreamFollowerOptions) {
    this.#options = options;
    this.#position = options.head;
    this.#published = options.head;
    this.#stopWatching = options.streams.watch(options.stream, () => void this.#follow());
    void this.#follow();
    this.#scheduleHeartbeat();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopWatching();
    this.#cancelHeartbeat();
    await this.#following;
  }

  /** @returns whether everything up to the head is told */
  #follow(): Promise<boolean> {
    if (this.#following) {
      this.#again = true;
      return this.#following;
    }
    this.#following = this.#readOn().finally(() => {
      this.#following = undefined;
      // A message that came after the last look and before this line has found the reading still under way.
      if (this.#again && !this.#stopped) void this.#follow();
    });
    return this.#following;
  }

  async #readOn(): Promise<boolean> {
    try {
      do {
        this.#again = false;
        while (!this.#stopped && (await this.#readPage()));
      } while (this.#again && !this.#stopped);
      return true;
    } catch (error) {
      const { telemetry, context } = this.#options;
      // The next message or heartbeat tries again.
      telemetry.count('change_log_read_failures_total', { context });
      telemetry.log('error', 'the change log could not be read', { context, error: String(error) });
      return false;
    }
  }

  /** @returns whether there may be more */
  async #readPage(): Promise<boolean> {
    const { streams, stream, limits } = this.#options;
    const messages = await streams.read(stream, this.#position, limits.pageMessages);
    const last = messages.at(-1);
    if (!last || this.#stopped) return false;
    const records = messages.map((message) => this.#options.recordOf(message)).filter((record) => record !== undefined);
    this.#position = last.seq;
    if (records.length > 0) this.#publish(records, { committedAtMs: Date.parse(last.envelope.recordedAt) });
    return messages.length === limits.pageMessages;
  }

  #publish(records: readonly ChangeRecord[], times: Pick<ChangeMessage, 'committedAtMs'> = {}): void {
    const { changeFeed, context, epoch } = this.#options;
    changeFeed.publish({ context, epoch, seq: this.#position, prevSeq: this.#published, records, ...times });
    this.#published = this.#position;
  }

  #scheduleHeartbeat(): void {
    const { clock, limits } = this.#options;
    this.#cancelHeartbeat = clock.after(limits.heartbeatMs, () => {
      this.#scheduleHeartbeat();
      void this.#follow().then((caughtUp) => {
        if (caughtUp && !this.#stopped) this.#publish([]);
      });
    });
  }
}
