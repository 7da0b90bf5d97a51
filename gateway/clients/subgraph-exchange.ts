import { Pool } from 'undici';
import { fetchFailedBy, noGraphqlAnswer } from './fetch-failed.ts';
import { readSubgraphResult } from './read-subgraph-result.ts';
import type { Reply } from './read-subgraph-result.ts';
import type { SubgraphLimits } from './subgraph-limits.ts';

export interface FetchRequest {
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Proxies speak JSON as well; only what the subgraph itself says of an error is no outage. */
function checked(reply: Reply): Reply {
  if (reply.statusCode >= 500) readSubgraphResult(reply);
  return reply;
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

const GRAPHQL_CONTENT = /^application\/(graphql-response\+)?json\b/i;

/** One attempt after the other, over the sockets to one subgraph. */
export class SubgraphExchange {
  readonly #pool: Pool;
  readonly #path: string;

  constructor(address: string, limits: SubgraphLimits) {
    const { origin, path, socketPath } = readAddress(address);
    this.#path = path;
    this.#pool = new Pool(origin, {
      ...(socketPath !== undefined && { socketPath }),
      connections: limits.connectionsMax,
      headersTimeout: limits.timeoutMs,
      bodyTimeout: limits.timeoutMs,
      connectTimeout: limits.connectTimeoutMs,
      keepAliveTimeout: limits.keepAliveMs,
      maxResponseSize: limits.responseBytesMax,
      pipelining: 1,
    });
  }

  /** @throws {FetchFailed} */
  async post(request: FetchRequest): Promise<Reply> {
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        path: this.#path,
        method: 'POST',
        headers: request.headers,
        body: request.body,
        ...(request.signal && { signal: request.signal }),
      });
      const contentType = String(headers['content-type'] ?? '');
      if (GRAPHQL_CONTENT.test(contentType)) return checked({ statusCode, text: await body.text() });
      await body.dump();
      throw noGraphqlAnswer(statusCode, `content of type "${contentType.slice(0, 60)}"`);
    } catch (error) {
      throw fetchFailedBy(error);
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
