import type { CancelTimer } from '../../kernel/ports/clock.ts';
import type { Collection, CollectionDefinition, Document } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { PositionGone, type Feed } from './feed.ts';
import type { Inbox } from './inbox.ts';

export interface ComparisonOptions {
  readonly source: string;
  readonly feed: Feed;
  readonly inbox: Inbox;
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'telemetry'>;
  /** From the end of one comparison to the beginning of the next; 0: there is none. */
  readonly everyMs: number;
  /** Wait between two pages, so that the system has room for others. */
  readonly pageEveryMs: number;
}

interface ComparisonDocument extends Document {
  /** Where the comparison under way is; null between two. */
  readonly after: number | null;
  readonly finishedAtMs: number;
}

const COMPARISONS: CollectionDefinition = { name: 'connector-comparisons', indexes: [] };

/**
 * Reads a feed from its oldest row to its newest now and then. Webhooks get lost, and a position that only grows passes rows
 * that become visible late: whatever the inbox has not had comes in, and is counted as missed.
 */
export class FullComparison {
  readonly #options: ComparisonOptions;
  readonly #documents: Collection<ComparisonDocument>;
  #cancel: CancelTimer = () => undefined;
  #underWay: Promise<void> | undefined;
  #isRunning = false;

  private constructor(options: ComparisonOptions, documents: Collection<ComparisonDocument>) {
    this.#options = options;
    this.#documents = documents;
  }

  static async open(options: ComparisonOptions): Promise<FullComparison> {
    return new FullComparison(options, await options.platform.documents.collection<ComparisonDocument>(COMPARISONS));
  }

  start(): void {
    if (this.#options.everyMs === 0) return;
    this.#isRunning = true;
    this.#schedule(this.#options.pageEveryMs);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancel();
    await this.#underWay;
  }

  #schedule(delayMs: number): void {
    if (!this.#isRunning) return;
    this.#cancel = this.#options.platform.clock.after(delayMs, () => {
      this.#underWay = this.#step()
        .catch((error: unknown) => {
          const { source, feed, platform } = this.#options;
          platform.telemetry.log('info', 'A feed could not be compared.', {
            source,
            feed: feed.name,
            error: String(error),
          });
          return this.#options.pageEveryMs;
        })
        .then((nextMs) => this.#schedule(nextMs));
    });
  }

  /** One page, or nothing while none is due. @returns the wait before the next step */
  async #step(): Promise<number> {
    const { feed, inbox, platform, everyMs, pageEveryMs, source } = this.#options;
    const id = `${source}|${feed.name}`;
    const known = await this.#documents.get(id);
    const nowMs = platform.clock.nowMs();
    if (!known) {
      // What the hub starts with is read by the poller: the first comparison comes when that is long done.
      await this.#documents.save({ id, after: null, finishedAtMs: nowMs }, 0);
      return everyMs;
    }
    const { document, version } = known;
    const dueMs = document.finishedAtMs + everyMs - nowMs;
    if (document.after === null && dueMs > 0) return dueMs;
    const after = document.after ?? 0;
    const { messages, last, hasMore } = await feed.read(after).catch((error: unknown) => {
      if (!(error instanceof PositionGone)) throw error;
      return feed.read(0);
    });
    const outcomes = await inbox.receive(source, messages);
    const missed = outcomes.filter(({ outcome }) => outcome === 'ACCEPTED').length;
    if (missed > 0) this.#tellMissed(missed);
    const isOver = !hasMore || last <= after;
    const next = isOver ? { id, after: null, finishedAtMs: nowMs } : { ...document, after: last };
    await this.#documents.save(next, version);
    if (isOver) platform.telemetry.count('feed_comparisons_total', { source, feed: feed.name });
    return isOver ? everyMs : pageEveryMs;
  }

  #tellMissed(missed: number): void {
    const { source, feed, platform } = this.#options;
    platform.telemetry.count('feed_missed_messages_total', { source, feed: feed.name }, missed);
    platform.telemetry.log('warn', 'A comparison found messages that nothing had brought.', {
      source,
      feed: feed.name,
      missed,
    });
  }
}
