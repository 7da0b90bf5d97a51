import { Pool, errors } from 'undici';
import type { Dispatcher } from 'undici';
import { IDENTITY_HEADER, signIdentity } from '../../kernel/graphql/identity-header.ts';
import { CORRELATION_HEADER } from '../../kernel/model/correlation.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { OperationContext } from '../executor/operation-context.ts';
import type { RunOperation, SubgraphClient, SubgraphOperation, SubgraphResult } from '../executor/subgraph-client.ts';

export interface HttpSubgraphClientOptions {
  readonly name: string;
  /** Where the subgraph answers GraphQL. */
  readonly url: string;
  /** Shared with the subgraph. */
  readonly identitySecret: string;
  readonly clock: Clock;
  /** Sockets to this subgraph. Default: 64. */
  readonly connectionsMax?: number;
  /** How long the subgraph may take to begin its answer, and to go on with it. Default: 5,000 (5 s). */
  readonly timeoutMs?: number;
  /** How long connecting may take. Default: 1,000 (1 s). */
  readonly connectTimeoutMs?: number;
  /** The largest answer that is read. Default: 16,777,216 (16 MiB). */
  readonly responseBytesMax?: number;
}

/** A query that met a socket which had just been closed is sent once more. A mutation never is. */
const QUERY_ATTEMPTS_MAX = 2;

const REASONS: readonly (readonly [abstract new (...args: never) => Error, string])[] = [
  [errors.ConnectTimeoutError, 'connect timeout'],
  [errors.HeadersTimeoutError, 'timeout'],
  [errors.BodyTimeoutError, 'timeout'],
  [errors.ResponseExceededMaxSizeError, 'response too large'],
];

/** Reaches a subgraph over HTTP with keep-alive. */
export class HttpSubgraphClient implements SubgraphClient {
  readonly name: string;
  readonly #options: HttpSubgraphClientOptions;
  readonly #pool: Pool;
  readonly #path: string;

  constructor(options: HttpSubgraphClientOptions) {
    const url = new URL(options.url);
    this.name = options.name;
    this.#options = options;
    this.#path = `${url.pathname}${url.search}`;
    this.#pool = new Pool(url.origin, {
      connections: options.connectionsMax ?? 64,
      headersTimeout: options.timeoutMs ?? 5_000,
      bodyTimeout: options.timeoutMs ?? 5_000,
      connectTimeout: options.connectTimeoutMs ?? 1_000,
      maxResponseSize: options.responseBytesMax ?? 16_777_216,
      pipelining: 1,
    });
  }

  prepare(operation: SubgraphOperation): RunOperation {
    const query = JSON.stringify(operation.text);
    const attemptsMax = operation.kind === 'query' ? QUERY_ATTEMPTS_MAX : 1;
    return (variables, context) =>
      this.#post(`{"query":${query},"variables":${JSON.stringify(variables)}}`, context, attemptsMax);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #post(body: string, context: OperationContext, attemptsLeft: number): Promise<SubgraphResult> {
    try {
      return await this.#attempt(body, context);
    } catch (error) {
      if (error instanceof Obstacle) throw error;
      if (attemptsLeft > 1 && error instanceof errors.SocketError) return this.#post(body, context, attemptsLeft - 1);
      throw this.#unavailable(reasonOf(error), error);
    }
  }

  async #attempt(body: string, context: OperationContext): Promise<SubgraphResult> {
    const response = await this.#pool.request({
      path: this.#path,
      method: 'POST',
      headers: this.#headersFor(context),
      body,
      ...(context.signal && { signal: context.signal }),
    });
    const contentType = String(response.headers['content-type'] ?? '');
    if (!/^application\/(graphql-response\+)?json\b/i.test(contentType)) {
      await response.body.dump();
      throw this.#unavailable(`status ${response.statusCode} with content of type "${contentType.slice(0, 60)}"`);
    }
    return this.#read(await response.body.text(), response);
  }

  #headersFor({ identity, correlationId }: OperationContext): Record<string, string> {
    const { identitySecret, clock } = this.#options;
    return {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      [IDENTITY_HEADER]: signIdentity(identity, identitySecret, clock.nowMs()),
      [CORRELATION_HEADER]: correlationId,
    };
  }

  #read(text: string, { statusCode }: Dispatcher.ResponseData): SubgraphResult {
    let result: unknown;
    try {
      result = JSON.parse(text);
    } catch (error) {
      throw this.#unavailable(`status ${statusCode} with a body that is no JSON`, error);
    }
    if (!isResult(result)) throw this.#unavailable(`status ${statusCode} with JSON that is no GraphQL answer`);
    return result;
  }

  #unavailable(reason: string, cause?: unknown): Obstacle {
    return new Obstacle(
      'SUBGRAPH_UNAVAILABLE',
      `The subgraph ${this.name} gave no GraphQL answer.`,
      { service: this.name, reason },
      { cause },
    );
  }
}

function reasonOf(error: unknown): string {
  const known = REASONS.find(([type]) => error instanceof type);
  if (known) return known[1];
  const code = (error as { code?: unknown } | undefined)?.code;
  if ((error as { name?: unknown } | undefined)?.name === 'AbortError') return 'the client operation was aborted';
  return typeof code === 'string' ? code : 'connection failed';
}

function isResult(value: unknown): value is SubgraphResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { data, errors: told } = value as { data?: unknown; errors?: unknown };
  if (data === undefined && told === undefined) return false;
  if (typeof (data ?? {}) !== 'object' || Array.isArray(data)) return false;
  const list = told ?? [];
  return Array.isArray(list) && list.every(isError);
}

function isError(value: unknown): boolean {
  const { message, path } = (value ?? {}) as { message?: unknown; path?: unknown };
  return typeof message === 'string' && (path === undefined || path === null || Array.isArray(path));
}
