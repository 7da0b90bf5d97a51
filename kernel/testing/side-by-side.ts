import { EmbeddedLease } from '../adapters/embedded/embedded-lease.ts';
import { Obstacle } from '../model/errors.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';
import type { Platform } from '../ports/platform.ts';
import type { Rpc, RpcRequest } from '../ports/rpc.ts';

type Handle = (request: RpcRequest) => Promise<unknown>;

/** Several processes over one storage: requests go to those that serve them in turn, and leases can be taken away. */
export class SideBySide {
  readonly #servers = new Map<string, { readonly handle: Handle }[]>();
  readonly #lease = new EmbeddedLease();
  readonly #held = new Map<string, AbortController>();
  #asked = 0;

  /** One more process over a platform that all of them share. */
  process<Shared extends Platform>(shared: Shared): Shared {
    return { ...shared, rpc: this.#rpc(), lease: this.#leaseOf() };
  }

  /** Has whoever holds a lease lose it without having given it back, as a process does that stood still. */
  depose(name: string): void {
    this.#held.get(name)?.abort();
  }

  /** Asks one of those that serve a subject: 0 is the one that began to first. */
  async ask(nth: number, subject: string, payload: unknown): Promise<unknown> {
    const server = this.#servers.get(subject)?.[nth];
    if (!server) throw new Obstacle('CONTEXT_UNAVAILABLE', `Nobody serves ${subject}.`, { subject });
    return server.handle({ payload, correlationId: 'side by side' });
  }

  #rpc(): Rpc {
    return {
      request: async (subject, payload, { correlationId }) => {
        const servers = this.#servers.get(subject) ?? [];
        const server = servers[this.#asked++ % Math.max(1, servers.length)];
        if (!server) throw new Obstacle('CONTEXT_UNAVAILABLE', `Nobody serves ${subject}.`, { subject });
        return server.handle({ payload, correlationId });
      },
      serve: (subject, handle) => {
        const servers = this.#servers.get(subject) ?? [];
        const server = { handle };
        this.#servers.set(subject, [...servers, server]);
        return () => {
          const left = (this.#servers.get(subject) ?? []).filter((each) => each !== server);
          this.#servers.set(subject, left);
        };
      },
    };
  }

  #leaseOf(): Lease {
    return {
      acquire: async (name, signal): Promise<HeldLease> => {
        const held = await this.#lease.acquire(name, signal);
        const lost = new AbortController();
        this.#held.set(name, lost);
        // Whoever waits for it gets it at once, before the one who lost it has heard of that.
        lost.signal.addEventListener('abort', () => void held.release(), { once: true });
        return { name, lost: lost.signal, release: () => held.release() };
      },
    };
  }
}
