import { Cancellation } from '../executor/cancellation.ts';
import type { CancelSignal } from '../executor/cancellation.ts';
import { FetchFailed } from './fetch-failed.ts';

/** Equal only for fetches whose reply is the same, whoever asks. */
export interface FetchKey {
  readonly body: string;
  readonly caller: string;
}

/**
 * Lets fetches that are equal to one under way wait for its reply instead of being sent. The fetch goes on as long as
 * anybody waits for it. Nothing is kept once the reply is there, so there are never more entries than fetches.
 */
export class SharedFetches<Reply> {
  /** By body, because a key of both would have to be put together and hashed for each fetch. */
  readonly #underWay = new Map<string, SharedFetch<Reply>[]>();

  /** @throws {FetchFailed} when `signal` aborts; whatever `start` rejects with */
  join(
    { body, caller }: FetchKey,
    signal: CancelSignal | undefined,
    start: (signal: CancelSignal) => Promise<Reply>,
  ): Promise<Reply> {
    const sameBody = this.#underWay.get(body);
    const known = sameBody?.find((shared) => shared.caller === caller);
    if (known) return known.join(signal);
    const shared = new SharedFetch<Reply>(caller, () => this.#forget(body, shared));
    if (sameBody) sameBody.push(shared);
    else this.#underWay.set(body, [shared]);
    const joined = shared.join(signal);
    shared.start(start);
    return joined;
  }

  #forget(body: string, shared: SharedFetch<Reply>): void {
    const sameBody = this.#underWay.get(body);
    const index = sameBody?.indexOf(shared) ?? -1;
    if (!sameBody || index < 0) return;
    if (sameBody.length === 1) this.#underWay.delete(body);
    else sameBody.splice(index, 1);
  }
}

interface Waiter<Reply> {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
  /** Stops listening for the waiter's own signal. */
  readonly settle: () => void;
}

class SharedFetch<Reply> {
  readonly caller: string;
  readonly #cancellation = new Cancellation();
  readonly #forget: () => void;
  #waiters: Waiter<Reply>[] = [];

  /** @param forget called when nobody may join any more */
  constructor(caller: string, forget: () => void) {
    this.caller = caller;
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
    const waiters = this.#waiters;
    // A map holds on to what was deleted from it until it makes room, and the reply would be held with it.
    this.#waiters = [];
    for (const { settle } of waiters) settle();
    return waiters;
  }

  #leave(waiter: Waiter<Reply>): void {
    waiter.settle();
    this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
    if (this.#waiters.length === 0) {
      // The next one to ask must not join a fetch that is being given up.
      this.#forget();
      this.#cancellation.abort();
    }
    waiter.reject(new FetchFailed('the client operation was aborted', { isOutage: false, isWorthRepeating: false }));
  }
}
