import type { CancelTimer, Clock } from '../../kernel/ports/clock.ts';
import type { OwnerAnswer } from './change-owners.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import type { Position } from './topic.ts';

export interface SharedAnswersOptions {
  readonly ask: (from: Position | undefined) => Promise<OwnerAnswer>;
  /** Whether everything after a position is at hand, so that an answer as of then is as good as a new one. */
  readonly canReplay: (position: Position) => boolean;
  readonly clock: Clock;
  readonly limits: Pick<SubscriptionLimits, 'answersKeptMs' | 'answersKeptMax'>;
}

interface Kept {
  readonly answer: Promise<OwnerAnswer>;
  /** Undefined while the owner is being asked. */
  position: Position | undefined;
  cancel: CancelTimer;
}

/** Asks the owner once what several members of a group need to know at about the same time, as when all come back. */
export class SharedAnswers {
  readonly #options: SharedAnswersOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: SharedAnswersOptions) {
    this.#options = options;
  }

  /** What has changed since `from`, or all there is, as of a position from which can be gone on. */
  changesSince(from: Position | undefined): Promise<OwnerAnswer> {
    const key = from ? `${from.epoch}.${from.seq}` : '';
    const known = this.#kept.get(key);
    if (known && (!known.position || this.#options.canReplay(known.position))) return known.answer;
    this.#forget(key);
    const { ask, clock, limits } = this.#options;
    const answer = ask(from);
    if (this.#kept.size >= limits.answersKeptMax) return answer;
    const kept: Kept = { answer, position: undefined, cancel: () => undefined };
    this.#kept.set(key, kept);
    answer.then(
      ({ position }) => {
        kept.position = position;
        if (this.#kept.get(key) === kept) kept.cancel = clock.after(limits.answersKeptMs, () => this.#forget(key));
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    return answer;
  }

  clear(): void {
    for (const key of this.#kept.keys()) this.#forget(key);
  }

  #forget(key: string): void {
    this.#kept.get(key)?.cancel();
    this.#kept.delete(key);
  }
}
