import { ExponentialBackoff, halfJitterGenerator, type IBackoff } from 'cockatiel';
import { DomainError } from '../../kernel/model/errors.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import type { Collection, CollectionDefinition, Document } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { PositionGone, type Feed } from './feed.ts';
import { FullComparison } from './full-comparison.ts';
import type { Inbox } from './inbox.ts';

export interface PollerLimits {
  /** Wait between two rounds. */
  readonly intervalMs: number;
  /** Pages of one round; the next round follows at once when there are more. */
  readonly pagesPerRoundMax: number;
  /** Wait after a failed round; doubles up to `backoffMaxMs`, with jitter. */
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /** From the end of one comparison of the whole feed to the beginning of the next; 0: there is none. */
  readonly compareEveryMs: number;
  /** Wait between two pages of a comparison. */
  readonly comparePageEveryMs: number;
}

const POLLER_LIMITS: PollerLimits = {
  intervalMs: 30_000,
  pagesPerRoundMax: 20,
  backoffMinMs: 1_000,
  backoffMaxMs: 300_000,
  compareEveryMs: 86_400_000,
  comparePageEveryMs: 1_000,
};

export interface PollerOptions {
  /** The system as a source. */
  readonly source: string;
  readonly feed: Feed;
  readonly inbox: Inbox;
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'telemetry'>;
  /** Where a feed that was never read begins. Default: 0, its beginning. */
  readonly from?: number;
  /** Those that differ from POLLER_LIMITS. */
  readonly limits?: Partial<PollerLimits>;
}

/** Reads a feed in rounds, so that what no webhook brought is caught up. */
export interface Poller {
  /** The system whose feed it reads. */
  readonly source: string;
  /** Begins with a round at once. */
  start(): void;
  /** The next round begins now instead of after the interval. Without effect before `start`. */
  nudge(): void;
  /**
   * One round, or the one that is under way. Messages are in the inbox before the position behind them is durable.
   * @throws {Obstacle} when the system or the storage is in the way
   */
  round(): Promise<{ readonly received: number; readonly hasMore: boolean }>;
  /**
   * Puts the position back, when it is beyond that, and begins a round: what was read before is known to the inbox, what was
   * left out comes in. For a feed whose positions are no times: back to its beginning.
   * @param fromMs UTC, epoch milliseconds
   */
  rewind(fromMs: number): Promise<void>;
  /** Waits for the round under way. */
  stop(): Promise<void>;
}

interface CursorDocument extends Document {
  readonly position: number;
}

/** Below every position. */
const NOTHING_SAVED = -1;
const CURSORS: CollectionDefinition = { name: 'connector-cursors', indexes: [] };

export async function createPoller(options: PollerOptions): Promise<Poller> {
  const cursors = await options.platform.documents.collection<CursorDocument>(CURSORS);
  const { compareEveryMs: everyMs, comparePageEveryMs: pageEveryMs } = { ...POLLER_LIMITS, ...options.limits };
  const comparison = await FullComparison.open({ ...options, everyMs, pageEveryMs });
  return new CursorPoller(options, { cursors, comparison });
}

class CursorPoller implements Poller {
  readonly source: string;
  readonly #options: PollerOptions;
  readonly #limits: PollerLimits;
  readonly #cursors: Collection<CursorDocument>;
  readonly #comparison: FullComparison;
  readonly #id: string;
  #underWay: Promise<{ readonly received: number; readonly hasMore: boolean }> | undefined;
  #cancelTimer: CancelTimer | undefined;
  #backoff: IBackoff<unknown> | undefined;
  #isRunning = false;
  #isNudged = false;

  constructor(
    options: PollerOptions,
    { cursors, comparison }: { readonly cursors: Collection<CursorDocument>; readonly comparison: FullComparison },
  ) {
    this.#comparison = comparison;
    this.source = options.source;
    this.#options = options;
    this.#limits = { ...POLLER_LIMITS, ...options.limits };
    this.#cursors = cursors;
    this.#id = `${options.source}|${options.feed.name}`;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#comparison.start();
    this.#schedule(0);
  }

  nudge(): void {
    if (!this.#isRunning) return;
    // A round under way may have read the place already where the news stands.
    if (this.#underWay) this.#isNudged = true;
    else this.#schedule(0);
  }

  round(): Promise<{ readonly received: number; readonly hasMore: boolean }> {
    this.#underWay ??= this.#readPages().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async rewind(fromMs: number): Promise<void> {
    await this.#underWay?.catch(() => undefined);
    const known = await this.#cursors.get(this.#id);
    const position = this.#options.feed.isByTime === false ? 0 : Math.max(0, fromMs);
    if (known && known.document.position > position) {
      await this.#cursors.save({ id: this.#id, position }, known.version);
    }
    this.nudge();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelTimer?.();
    await this.#comparison.stop();
    // Whether the last round failed is nobody's concern any more.
    await this.#underWay?.catch(() => undefined);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.platform.clock.after(delayMs, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    const delayMs = await this.#delayAfterRound();
    if (this.#isRunning) this.#schedule(this.#isNudged ? 0 : delayMs);
    this.#isNudged = false;
  }

  async #delayAfterRound(): Promise<number> {
    const { source, feed, platform } = this.#options;
    try {
      const { hasMore } = await this.round();
      this.#backoff = undefined;
      return hasMore ? 0 : this.#limits.intervalMs;
    } catch (error) {
      this.#backoff = this.#backoff ? this.#backoff.next(undefined) : this.#firstBackoff();
      const reason = error instanceof DomainError ? error.code : String(error);
      platform.telemetry.count('poller_failures_total', { source, feed: feed.name });
      platform.telemetry.log('warn', 'A feed could not be read.', { source, feed: feed.name, reason });
      return this.#backoff.duration;
    }
  }

  #firstBackoff(): IBackoff<unknown> {
    const { backoffMinMs: initialDelay, backoffMaxMs: maxDelay } = this.#limits;
    return new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay, maxDelay }).next();
  }

  /** What the system has thrown away cannot be read any more: a person has to compare. */
  #tellGap(position: number): void {
    const { source, feed, platform } = this.#options;
    platform.telemetry.count('poller_gaps_total', { source, feed: feed.name });
    platform.telemetry.log('error', 'A feed does not keep its rows long enough; it is read anew from its oldest.', {
      source,
      feed: feed.name,
      position,
    });
  }

  async #readPages(): Promise<{ readonly received: number; readonly hasMore: boolean }> {
    const { source, feed, inbox, from = 0 } = this.#options;
    const known = await this.#cursors.get(this.#id);
    let version = known?.version ?? 0;
    let saved = known?.document.position ?? from;
    let after = Math.max(0, saved - feed.overlap);
    let received = 0;
    for (let page = 1; page <= this.#limits.pagesPerRoundMax; page++) {
      const { messages, last, hasMore } = await feed.read(after).catch((error: unknown) => {
        if (!(error instanceof PositionGone)) throw error;
        this.#tellGap(saved);
        saved = NOTHING_SAVED;
        after = 0;
        return feed.read(after);
      });
      await inbox.receive(source, messages);
      received += messages.length;
      if (last > saved) {
        version = await this.#cursors.save({ id: this.#id, position: last }, version);
        saved = last;
      }
      if (!hasMore || last <= after) return { received, hasMore: false };
      after = last;
    }
    return { received, hasMore: true };
  }
}
