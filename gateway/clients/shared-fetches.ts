import { Cancellation } from '../executor/cancellation.ts';
import type { CancelSignal } from '../executor/cancellation.ts';
import { FetchFailed } from './fetch-failed.ts';

/**
 * Lets fetches that are equal to one under way wait for its reply instead of being sent. The fetch goes on as long as
 * anybody waits for it. Nothing is kept once the reply is there, so there are never more entries than fetches.
 */
export class SharedFetches<Reply> {
  readonly #underWay = new Map<string, SharedFetch<Reply>>();

  /**
   * @param key equal only for fetches whose reply is the same, whoever asks
   * @throws {FetchFailed} when `signal` aborts; whatever `start` rejects with
   */
  join(key: string, signal: CancelSignal | undefined, start: (signal: CancelSignal) => Promise<Reply>): Promise<Reply> {
    const known = this.#underWay.get(key);
    if (known) return known.join(signal);
    const shared = new SharedFetch<Reply>(() => {
      // The next one to ask must not join a fetch that is being given up.
      if (this.#underWay.get(key) === shared) this.#underWay.delete(key);
    });
    this.#underWay.set(key, shared);
    const joined = shared.join(signal);
    shared.start(start);
    return joined;
  }
}

interface Waiter<Reply> {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
  /** Stops listening for the waiter's own signal. */
  readonly settle: () => void;
}

class SharedFetch<Reply> {
  readonly #cancellation = new Cancellation();
  readonly #forget: () => void;
  readonly #waiters: Waiter<Reply>[] = [];

  /** @param forget called when nobody may join any more */
  constructor(forget: () => void) {
    this.#forget = forget;
  }

  start(start: (signal: CancelSignal) => Promise<Reply>): void {
    start(this.#cancellation).then(
      (reply) => {
        for (const { resolve } of this.#end()) resolve(reply);
      },
      (error: unknown) => {
        for (const { reject } of this.#end()) reject(error);
      },
    );
  }

  join(signal: CancelSignal | undefined): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const leave = (): void => this.#leave(waiter);
      const waiter = { resolve, reject, settle: () => signal?.removeEventListener('abort', leave) };
      this.#waiters.push(waiter);
      signal?.addEventListener('abort', leave);
    });
  }

  #end(): readonly Waiter<Reply>[] {
    this.#forget();
    for (const { settle } of this.#waiters) settle();
    return this.#waiters;
  }

  #leave(waiter: Waiter<Reply>): void {
    waiter.settle();
    this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
    if (this.#waiters.length === 0) {
      this.#forget();
      this.#cancellation.abort();
    }
    waiter.reject(new FetchFailed('the client operation was aborted', { isOutage: false, isWorthRepeating: false }));
  }
}
