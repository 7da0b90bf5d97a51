import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { readBodyBytes } from '../../kernel/graphql/read-body.ts';
import type { Readiness } from '../../kernel/graphql/subgraph.ts';
import { CORRELATION_HEADER } from '../../kernel/model/correlation.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import { findRoute } from './route.ts';
import type { Route, RouteResponse } from './route.ts';
import { statusOfCode } from './status-code.ts';

export interface HttpServerOptions {
  readonly limits: HttpLimits;
  /** Answers one path apart from the routes; GraphQL. */
  readonly graphql: { readonly path: string; readonly handle: HandleGraphql };
  readonly routes: readonly Route[];
  readonly readiness: () => Readiness;
  readonly format: ErrorFormatter;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface HttpLimits {
  /** The largest body of a request, GraphQL or route. */
  readonly bodyBytesMax: number;
  /** Requests under way at a time; the next one is told to come back. */
  readonly requestsMax: number;
  /** How long a client may take to send a request. */
  readonly receiveTimeoutMs: number;
  /** How long answering may take. */
  readonly answerTimeoutMs: number;
  /** How long a stop waits for requests under way before it cuts them off. */
  readonly drainMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  bodyBytesMax: 1_048_576,
  requestsMax: 2_000,
  receiveTimeoutMs: 30_000,
  answerTimeoutMs: 30_000,
  drainMs: 10_000,
};

/** One request on its way. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  readonly correlationId: string;
  /** Aborts when the client is gone or its time is up. */
  readonly signal: AbortSignal;
}

export type HandleGraphql = (exchange: Exchange) => Promise<RouteResponse>;

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/** The gateway's HTTP front: health, GraphQL, mounted routes; limits, correlation and a graceful stop for all of them. */
export class HttpServer {
  /** For what attaches itself to upgrades. */
  readonly server: Server;
  readonly #options: HttpServerOptions;
  #underWay = 0;
  #isDraining = false;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    this.server = createServer((request, response) => this.#receive(request, response));
    this.server.requestTimeout = options.limits.receiveTimeoutMs;
  }

  /** @returns where it listens, such as `http://127.0.0.1:4000` */
  listen(port: number, host = '127.0.0.1'): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.removeListener('error', reject);
        resolve(`http://${host}:${(this.server.address() as AddressInfo).port}`);
      });
    });
  }

  /** From now on readiness says no and connections end with their request; what is under way goes on. */
  startDraining(): void {
    this.#isDraining = true;
  }

  /** Stops listening, waits for what is under way up to `drainMs`, then cuts it off. */
  async close(): Promise<void> {
    this.startDraining();
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const cancel = this.#options.clock.after(this.#options.limits.drainMs, () => this.server.closeAllConnections());
    await closed;
    cancel();
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const [path = '/', query] = (request.url ?? '/').split('?', 2);
    const given = request.headers[CORRELATION_HEADER];
    const correlationId = typeof given === 'string' && CORRELATION_ID.test(given) ? given : this.#options.ids.next();
    const search = query === undefined ? '' : `?${query}`;
    const aborter = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) aborter.abort();
    });
    this.#underWay++;
    this.#withinTime(this.#answer({ request, path, search, correlationId, signal: aborter.signal }), aborter)
      .catch((error: unknown) => this.#toErrorResponse(error, correlationId))
      .finally(() => this.#underWay--)
      .then((answer) => this.#send(response, answer, correlationId))
      // A client that cannot be answered any more is cut off.
      .catch(() => response.destroy());
  }

  /** Whatever hangs below, the client gets an answer. */
  #withinTime(answering: Promise<RouteResponse>, aborter: AbortController): Promise<RouteResponse> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.after(this.#options.limits.answerTimeoutMs, () => {
        aborter.abort();
        reject(new Obstacle('UPSTREAM_TIMEOUT', 'The answer took too long.'));
      });
      answering.then(resolve, reject).finally(cancel);
    });
  }

  async #answer(exchange: Exchange): Promise<RouteResponse> {
    const { path } = exchange;
    if (path === '/health/live') return json(200, { status: 'live' });
    if (path === '/health/ready') return this.#readiness();
    if (this.#underWay > this.#options.limits.requestsMax) return overloaded();
    if (path === this.#options.graphql.path) return this.#options.graphql.handle(exchange);
    return this.#route(exchange);
  }

  async #route({ request, path, search, correlationId }: Exchange): Promise<RouteResponse> {
    const method = request.method ?? 'GET';
    const { route, methods } = findRoute(this.#options.routes, method, path);
    if (!route) return methods.length > 0 ? notAllowed(methods) : problem(404, 'Nothing is served at this path.');
    return route.handle({
      method,
      url: new URL(`${path}${search}`, 'http://gateway'),
      headers: request.headers,
      correlationId,
      body: () => readBodyBytes(request, route.bodyBytesMax ?? this.#options.limits.bodyBytesMax),
    });
  }

  #readiness(): RouteResponse {
    const readiness = this.#isDraining ? { ready: false, reason: 'draining' } : this.#options.readiness();
    return json(readiness.ready ? 200 : 503, readiness);
  }

  #toErrorResponse(error: unknown, correlationId: string): RouteResponse {
    const formatted = this.#options.format(error, { correlationId });
    return json(statusOfCode(formatted.extensions.code), { errors: [formatted] });
  }

  #send(response: ServerResponse, answer: RouteResponse, correlationId: string): void {
    if (response.destroyed) return;
    const isLast = this.#isDraining || answer.status === 413;
    response.writeHead(answer.status, {
      'content-type': `${answer.contentType ?? 'application/json'}; charset=utf-8`,
      'content-length': Buffer.byteLength(answer.body),
      [CORRELATION_HEADER]: correlationId,
      // What was not read of a refused body would be taken for the next request.
      ...(isLast && { connection: 'close' }),
      ...answer.headers,
    });
    response.end(answer.body);
  }
}

/** An answer that says which methods the path knows. */
export function notAllowed(methods: readonly string[]): RouteResponse {
  return {
    ...problem(405, `Only ${methods.join(' and ')} is taken here.`),
    headers: { allow: methods.join(', ') },
  };
}

export function json(status: number, body: object): RouteResponse {
  return { status, body: JSON.stringify(body) };
}

/** A request that HTTP itself refuses, told like every other error. */
export function problem(status: number, message: string): RouteResponse {
  return json(status, { errors: [{ message, extensions: { code: 'BAD_USER_INPUT', retryable: false, details: {} } }] });
}

function overloaded(): RouteResponse {
  const error = {
    message: 'Too many requests are under way.',
    extensions: { code: 'OVERLOADED', retryable: true, details: {} },
  };
  return { ...json(503, { errors: [error] }), headers: { 'retry-after': '1' } };
}
