import { formatChangeCursor } from '../../kernel/model/change-cursor.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { toAscii } from './ascii-json.ts';
import type { DeliveryTurns } from './delivery-turns.ts';
import type { Frame } from './frame.ts';
import { SharedFrame } from './shared-frame.ts';
import type { Membership } from './member.ts';
import type { TopicMetrics } from './topic-metrics.ts';

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
  readonly turns: DeliveryTurns;
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
  /** Absent: not asked for yet. */
  answer?: Promise<string>;
  /** Absent: not begun to be written. */
  rest?: Rest;
}

/** A message, and who has not been written to. */
interface Rest {
  readonly message: SharedFrame;
  readonly waiting: Iterator<Membership>;
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
    const entry: Entry = { frame, ordinal: ++this.#pushed, only };
    this.#entries.push(entry);
    if (this.#isBusy) return;
    this.#isBusy = true;
    if (this.#deliverAtOnce(entry)) this.#rest();
    else void this.#work();
  }

  /**
   * Groups of one are many and their frames small: promises would be a good part of what they cost. Whoever is joining
   * is not live before the end of its turn, so its own frames wait for that.
   * @returns false when anything is left to be done
   */
  #deliverAtOnce(entry: Entry): boolean {
    const { members, run } = this.#options;
    if (entry.only) return false;
    if (hasReceiver(entry, members)) {
      try {
        const answer = run(entry.frame);
        if (typeof answer !== 'string') {
          entry.answer = answer;
          return false;
        }
        entry.rest = { message: this.#message(entry, answer), waiting: receivers(entry, members) };
        if (!this.#write(entry, entry.rest)) return false;
      } catch (error) {
        this.#fail(entry, error);
      }
    }
    this.#entries.shift();
    return this.#entries.length === 0;
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    for (let entry = this.#entries.shift(); entry; entry = this.#entries.shift()) await this.#deliver(entry);
    this.#rest();
  }

  #rest(): void {
    this.#isBusy = false;
    this.#options.onIdle();
  }

  async #deliver(entry: Entry): Promise<void> {
    const { members, run } = this.#options;
    if (!entry.rest && !hasReceiver(entry, members)) {
      // Nobody waits for it any more, whatever comes of it.
      entry.answer?.catch(() => undefined);
      return;
    }
    try {
      let { rest } = entry;
      if (!rest) {
        const message = this.#message(entry, await (entry.answer ?? run(entry.frame)));
        rest = { message, waiting: receivers(entry, members) };
        if (this.#write(entry, rest)) return;
      }
      await this.#writeInTurns(entry, rest);
    } catch (error) {
      this.#fail(entry, error);
    }
  }

  #message({ frame }: Entry, answer: string): SharedFrame {
    const cursor = formatChangeCursor({ context: this.#options.context, ...frame.position });
    return new SharedFrame(withCursor(toAscii(answer), cursor), cursor);
  }

  #writeInTurns(entry: Entry, rest: Rest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#options.turns.run(() => {
        try {
          const isDone = this.#write(entry, rest);
          if (isDone) resolve();
          return isDone;
        } catch (error) {
          reject(error);
          return true;
        }
      });
    });
  }

  /** Writes to as many as the turn allows; to one alone at any time. @returns whether all are written to */
  #write(entry: Entry, { message, waiting }: Rest): boolean {
    const { frame } = entry;
    const { clock, metrics } = this.#options;
    let written = 0;
    let isDone = false;
    while (!isDone && this.#mayWrite(entry)) {
      const { done, value: membership } = waiting.next();
      if (done) {
        isDone = true;
        continue;
      }
      const { member } = membership;
      member.outlet.send(member.id, message);
      membership.sent = frame.position;
      if (!member.outlet.isReady) this.#options.onStalled(membership);
      written++;
    }
    metrics.delivered(written);
    const { committedAtMs } = frame;
    if (written > 0 && committedAtMs !== undefined) {
      metrics.lagged(Math.max(0, clock.nowMs() - committedAtMs) / 1_000);
    }
    return isDone;
  }

  #mayWrite({ only }: Entry): boolean {
    return only !== undefined || this.#options.turns.take();
  }

  /** A later frame would leave a hole where this one was. */
  #fail(entry: Entry, error: unknown): void {
    for (const membership of receivers(entry, this.#options.members)) membership.member.fail(error);
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

function hasReceiver({ ordinal, only }: Entry, members: ReadonlySet<Membership>): boolean {
  if (only) return !only.hasLeft;
  for (const { liveSince } of members) if (liveSince < ordinal) return true;
  return false;
}
