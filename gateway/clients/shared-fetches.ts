import { FetchFailed } from './fetch-failed.ts';

interface Shared<Reply> {
  readonly reply: Promise<Reply>;
  readonly aborter: AbortController;
  waiting: number;
}

/**
 * Lets fetches that are equal to one under way wait for its reply instead of being sent. The fetch goes on as long as
 * anybody waits for it. Nothing is kept once the reply is there, so there are never more entries than fetches.
 */
export class SharedFetches<Reply> {
  readonly #underWay = new Map<string, Shared<Reply>>();

  /**
   * @param key equal only for fetches whose reply is the same, whoever asks
   * @throws {FetchFailed} when `signal` aborts; whatever `start` rejects with
   */
  join(key: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<Reply>): Promise<Reply> {
    const shared = this.#underWay.get(key) ?? this.#start(key, start);
    shared.waiting++;
    if (!signal) return shared.reply;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        // The next one to ask must not join a fetch that is being given up.
        if (--shared.waiting === 0) {
          if (this.#underWay.get(key) === shared) this.#underWay.delete(key);
          shared.aborter.abort();
        }
        reject(aborted());
      };
      signal.addEventListener('abort', leave, { once: true });
      shared.reply.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Reply>): Shared<Reply> {
    const aborter = new AbortController();
    const reply = start(aborter.signal);
    const shared: Shared<Reply> = { reply, aborter, waiting: 0 };
    this.#underWay.set(key, shared);
    const forget = (): void => {
      if (this.#underWay.get(key) === shared) this.#underWay.delete(key);
    };
    reply.then(forget, forget);
    return shared;
  }
}

function aborted(): FetchFailed {
  return new FetchFailed('the client operation was aborted', { isOutage: false, isWorthRepeating: false });
}
