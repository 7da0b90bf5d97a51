import type { HeldLease, Lease } from '../../ports/lease.ts';

interface Waiter {
  grant(): void;
}

/**
 * Leases inside one process, granted in the order of asking. The lock on the database file keeps other processes out,
 * so a lease that is held is never lost.
 */
export class EmbeddedLease implements Lease {
  readonly #held = new Set<string>();
  readonly #waiting = new Map<string, Waiter[]>();

  async acquire(name: string, signal: AbortSignal): Promise<HeldLease> {
    signal.throwIfAborted();
    if (this.#held.has(name)) await this.#turn(name, signal);
    this.#held.add(name);
    return this.#lease(name);
  }

  #turn(name: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiters = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, waiters);
      const abort = (): void => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        grant: () => {
          signal.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      waiters.push(waiter);
    });
  }

  #lease(name: string): HeldLease {
    let released = false;
    return {
      name,
      lost: new AbortController().signal,
      release: async () => {
        if (released) return;
        released = true;
        // The name stays held when it passes to the next one, so that nobody slips in between.
        const next = this.#waiting.get(name)?.shift();
        if (next) next.grant();
        else this.#held.delete(name);
      },
    };
  }
}
