import { setImmediate as nextTurn } from 'node:timers/promises';
import { formatChangeCursor } from '../../kernel/model/change-cursor.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { toAscii } from './ascii-json.ts';
import type { Frame } from './frame.ts';
import { SharedFrame } from './shared-frame.ts';
import type { Membership } from './member.ts';
import type { TopicMetrics } from './topic-metrics.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

/**
 * The answer to a frame as JSON text.
 * @throws when there is no answer, and the subscription has to end
 */
export type RunFrame = (frame: Frame) => Promise<string> | string;

export interface FrameQueueOptions {
  /** Whose change log the positions are of. */
  readonly context: string;
  /** Those who are live. */
  readonly members: ReadonlySet<Membership>;
  readonly run: RunFrame;
  readonly limits: Pick<SubscriptionLimits, 'deliveryTurnMembers'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly metrics: TopicMetrics;
  /** Nothing is left to be executed or written. */
  onIdle(): void;
  /** The member was written to and has too much unread. */
  onStalled(membership: Membership): void;
}

interface Entry {
  readonly frame: Frame;
  readonly ordinal: number;
  /** Absent: for everybody who is live. */
  readonly only: Membership | undefined;
}

/** Executes frames one after the other, so that no answer overtakes an earlier one, and writes each to its members. */
export class FrameQueue {
  readonly #options: FrameQueueOptions;
  readonly #entries: Entry[] = [];
  #pushed = 0;
  #isBusy = false;

  constructor(options: FrameQueueOptions) {
    this.#options = options;
  }

  /** Ordinal of the last frame. A member who is live since then is sent the next one first. */
  get pushed(): number {
    return this.#pushed;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  push(frame: Frame, only?: Membership): void {
    this.#entries.push({ frame, ordinal: ++this.#pushed, only });
    if (!this.#isBusy) void this.#work();
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let entry = this.#entries.shift(); entry; entry = this.#entries.shift()) await this.#deliver(entry);
    this.#isBusy = false;
    this.#options.onIdle();
  }

  async #deliver(entry: Entry): Promise<void> {
    if (!hasReceiver(entry, this.#options.members)) return;
    try {
      const answer = await this.#options.run(entry.frame);
      const cursor = formatChangeCursor({ context: this.#options.context, ...entry.frame.position });
      await this.#write(entry, new SharedFrame(withCursor(toAscii(answer), cursor), cursor));
    } catch (error) {
      // A later frame would leave a hole where this one was.
      for (const membership of receivers(entry, this.#options.members)) membership.member.fail(error);
    }
  }

  async #write(entry: Entry, message: SharedFrame): Promise<void> {
    const { limits, clock, metrics } = this.#options;
    const { position, committedAtMs } = entry.frame;
    let written = 0;
    for (const membership of receivers(entry, this.#options.members)) {
      const { id, outlet } = membership.member;
      outlet.send(id, message);
      membership.sent = position;
      if (!outlet.isReady) this.#options.onStalled(membership);
      if (++written % limits.deliveryTurnMembers === 0) await nextTurn();
    }
    metrics.delivered(written);
    if (committedAtMs !== undefined) metrics.lagged(Math.max(0, clock.nowMs() - committedAtMs) / 1_000);
  }
}

/** For clients that do not select it. */
function withCursor(answer: string, cursor: string): string {
  return `${answer.slice(0, -1)},"extensions":{"cursor":"${cursor}"}}`;
}

function* receivers({ ordinal, only }: Entry, members: ReadonlySet<Membership>): Generator<Membership> {
  if (only) {
    if (!only.hasLeft) yield only;
    return;
  }
  for (const membership of members) {
    if (membership.liveSince < ordinal) yield membership;
  }
}

function hasReceiver(entry: Entry, members: ReadonlySet<Membership>): boolean {
  return receivers(entry, members).next().done !== true;
}
