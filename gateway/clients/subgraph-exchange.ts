import { Pool } from 'undici';
import type { CancelSignal } from '../executor/cancellation.ts';
import type { Reply } from './read-subgraph-result.ts';
import { ReplyCollector } from './reply-collector.ts';
import type { SubgraphLimits } from './subgraph-limits.ts';

export interface FetchRequest {
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly signal?: CancelSignal | undefined;
}

interface Address {
  readonly origin: string;
  readonly path: string;
  readonly socketPath?: string;
}

/** `http://host:port/path`, or `http+unix://%2Frun%2Fsubgraph.sock/path` with the path of a socket file as the host. */
function readAddress(address: string): Address {
  const url = new URL(address);
  const path = `${url.pathname}${url.search}`;
  if (url.protocol !== 'http+unix:') return { origin: url.origin, path };
  return { origin: 'http://localhost', path, socketPath: decodeURIComponent(url.hostname) };
}

/** One attempt after the other, over the sockets to one subgraph. */
export class SubgraphExchange {
  readonly #open: () => Pool;
  readonly #path: string;
  readonly #pool: Pool;
  #isClosed = false;

  constructor(address: string, limits: SubgraphLimits) {
    const { origin, path, socketPath } = readAddress(address);
    this.#path = path;
    this.#open = () =>
      new Pool(origin, {
        ...(socketPath !== undefined && { socketPath }),
        connections: limits.connectionsMax,
        headersTimeout: limits.timeoutMs,
        bodyTimeout: limits.timeoutMs,
        connectTimeout: limits.connectTimeoutMs,
        keepAliveTimeout: limits.keepAliveMs,
        maxResponseSize: limits.responseBytesMax,
        pipelining: 1,
      });
    this.#pool = this.#open();
  }

  /** @throws {FetchFailed} */
  post({ headers, body, signal }: FetchRequest): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const collector = new ReplyCollector({ resolve, reject }, signal);
      const pool = this.#isClosed ? this.#open() : this.#pool;
      pool.dispatch({ path: this.#path, method: 'POST', headers, body }, collector);
      // It still answers what it was given.
      if (pool !== this.#pool) pool.close().catch(() => undefined);
    });
  }

  /**
   * Lets go of the sockets when what is under way is answered. A subscription that began before the subgraph was left may
   * still have to ask it; each such request has a socket of its own.
   */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#pool.close();
  }
}
