import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { readBodyBytes } from '../../kernel/graphql/read-body.ts';
import type { Readiness } from '../../kernel/graphql/subgraph.ts';
import { CORRELATION_HEADER } from '../../kernel/model/correlation.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import { Cancellation } from '../executor/cancellation.ts';
import type { CancelSignal } from '../executor/cancellation.ts';
import { clientAddressOf } from './client-address.ts';
import { compressBody } from './compress-body.ts';
import type { Cors, Headers } from './cors.ts';
import { createListener } from './create-listener.ts';
import type { Listener, TlsOptions } from './create-listener.ts';
import { findRoute } from './route.ts';
import type { Route, RouteResponse } from './route.ts';
import { sendBody } from './send-body.ts';
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
  /** Which pages of other origins may ask GraphQL; absent: none. */
  readonly cors?: Cors;
  /** Proxies in front whose `x-forwarded-for` is believed. Default: 0. */
  readonly trustedProxies?: number;
  /** Speaks TLS and HTTP/2; absent: HTTP/1.1 in the clear, for a proxy in front. */
  readonly tls?: TlsOptions;
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
  /** The largest answer to a GraphQL request, before compression. */
  readonly responseBytesMax: number;
  /** The smallest answer that is compressed for clients that take it; Infinity: none is. */
  readonly compressBytesMin: number;
  /** How long a stop waits for requests under way before it cuts them off. */
  readonly drainMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  bodyBytesMax: 1_048_576,
  requestsMax: 2_000,
  receiveTimeoutMs: 30_000,
  answerTimeoutMs: 30_000,
  responseBytesMax: 16_777_216,
  compressBytesMin: 2_048,
  drainMs: 10_000,
};

/** One request on its way. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  readonly correlationId: string;
  /** Where it came from; undefined once the connection is gone. */
  readonly address: string | undefined;
  /** Aborts when the client is gone or its time is up. */
  readonly signal: CancelSignal;
}

export type HandleGraphql = (exchange: Exchange) => Promise<RouteResponse>;

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/** The gateway's HTTP front: health, GraphQL, mounted routes; limits, correlation and a graceful stop for all of them. */
export class HttpServer {
  /** For what attaches itself to upgrades. */
  readonly server: Server;
  readonly #options: HttpServerOptions;
  readonly #listener: Listener;
  #underWay = 0;
  #isDraining = false;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    this.#listener = createListener({
      tls: options.tls,
      receiveTimeoutMs: options.limits.receiveTimeoutMs,
      receive: (request, response) => this.#receive(request, response),
    });
    this.server = this.#listener.server;
  }

  /** @returns where it listens, such as `http://127.0.0.1:4000` */
  listen(port: number, host = '127.0.0.1'): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.removeListener('error', reject);
        resolve(`${this.#listener.scheme}://${host}:${(this.server.address() as AddressInfo).port}`);
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
    this.#listener.closeIdle();
    const cancel = this.#options.clock.after(this.#options.limits.drainMs, () => this.#listener.closeAll());
    await closed;
    cancel();
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const { path, search } = splitUrl(request.url ?? '/');
    const given = request.headers[CORRELATION_HEADER];
    const correlationId = typeof given === 'string' && CORRELATION_ID.test(given) ? given : this.#options.ids.next();
    const aborter = new Cancellation();
    let isAnswered = false;
    response.once('close', () => {
      if (!isAnswered) aborter.abort();
    });
    this.#underWay++;
    const address = clientAddressOf(request, this.#options.trustedProxies ?? 0);
    const exchange = { request, path, search, correlationId, address, signal: aborter };
    const deliver = (answer: RouteResponse): void | Promise<void> => {
      this.#underWay--;
      isAnswered = true;
      return this.#deliver(exchange, response, answer);
    };
    this.#withinTime(this.#answer(exchange), aborter)
      .then(deliver, (error: unknown) => deliver(this.#toErrorResponse(error, correlationId)))
      // A client that cannot be answered any more is cut off.
      .catch(() => response.destroy());
  }

  /** Whatever hangs below, the client gets an answer. */
  #withinTime(answering: Promise<RouteResponse>, aborter: Cancellation): Promise<RouteResponse> {
    return new Promise((resolve, reject) => {
      const { answerTimeoutMs: max } = this.#options.limits;
      const cancel = this.#options.clock.after(max, () => {
        aborter.abort();
        const details = { limit: 'answerTimeoutMs', max };
        reject(new Obstacle('OPERATION_TIMEOUT', `The answer took more than ${max} ms.`, details));
      });
      answering.then(
        (answer) => {
          cancel();
          resolve(answer);
        },
        (error: unknown) => {
          cancel();
          reject(error);
        },
      );
    });
  }

  async #answer(exchange: Exchange): Promise<RouteResponse> {
    const { path } = exchange;
    if (path === '/health/live' || path === '/health') return json(200, { status: 'live' });
    if (path === '/health/ready' || path === '/ready') return this.#readiness();
    if (this.#underWay > this.#options.limits.requestsMax) return overloaded();
    if (path === this.#options.graphql.path) return this.#answerGraphql(exchange);
    return this.#route(exchange);
  }

  async #answerGraphql(exchange: Exchange): Promise<RouteResponse> {
    const { cors, graphql } = this.#options;
    const { method, headers } = exchange.request;
    if (!cors || method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) {
      return graphql.handle(exchange);
    }
    const allowed = cors.preflight(headers.origin);
    return allowed ? { status: 204, headers: allowed, body: '' } : problem(403, 'This origin may not ask here.');
  }

  async #route({ request, path, search, correlationId, address }: Exchange): Promise<RouteResponse> {
    const method = request.method ?? 'GET';
    const { route, methods } = findRoute(this.#options.routes, method, path);
    if (!route) return methods.length > 0 ? notAllowed(methods) : problem(404, 'Nothing is served at this path.');
    return route.handle({
      method,
      url: new URL(`${path}${search}`, 'http://gateway'),
      headers: request.headers,
      correlationId,
      address,
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

  /** At once where there is nothing to compress, because most answers are small. */
  #deliver(exchange: Exchange, response: ServerResponse, answer: RouteResponse): void | Promise<void> {
    if (response.destroyed) return undefined;
    const { cors, graphql, limits } = this.#options;
    const headers = this.#headersOf(exchange, answer);
    if (cors && exchange.path === graphql.path) addCors(headers, cors.headersFor(exchange.request.headers.origin));
    if (answer.stream) {
      response.writeHead(answer.status, {
        ...headers,
        ...(answer.contentType && { 'content-type': answer.contentType }),
      });
      response.flushHeaders();
      return answer.stream(response);
    }
    const compressing = compressBody(answer.body, exchange.request.headers['accept-encoding'], limits.compressBytesMin);
    if (!compressing) {
      const length = Buffer.byteLength(answer.body);
      return sendBody(response, {
        status: answer.status,
        headers: { ...headers, 'content-length': length },
        body: answer.body,
        encoding: length === answer.body.length ? 'latin1' : 'utf8',
      });
    }
    return compressing.then(({ encoding, bytes }) => {
      if (response.destroyed) return;
      const vary = headers['vary'] === undefined ? 'accept-encoding' : `${headers['vary']}, accept-encoding`;
      const compressed = { ...headers, vary, 'content-encoding': encoding, 'content-length': bytes.length };
      sendBody(response, { status: answer.status, headers: compressed, body: bytes });
    });
  }

  #headersOf({ request, correlationId }: Exchange, answer: RouteResponse): Record<string, string> {
    const isLast = this.#isDraining || answer.status === 413;
    return {
      'content-type': `${answer.contentType ?? 'application/json'}; charset=utf-8`,
      [CORRELATION_HEADER]: correlationId,
      // What was not read of a refused body would be taken for the next request. HTTP/2 has no such header.
      ...(isLast && request.httpVersionMajor < 2 && { connection: 'close' }),
      ...answer.headers,
    };
  }
}

function splitUrl(url: string): { readonly path: string; readonly search: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, search: '' } : { path: url.slice(0, mark), search: url.slice(mark) };
}

function addCors(headers: Record<string, string>, added: Headers): void {
  // A preflight has them already.
  if (headers['access-control-allow-origin'] === undefined) Object.assign(headers, added);
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
export function problem(status: number, message: string, code: ErrorCode = 'BAD_USER_INPUT'): RouteResponse {
  return json(status, { errors: [{ message, extensions: { code, retryable: false, details: {} } }] });
}

function overloaded(): RouteResponse {
  const error = {
    message: 'Too many requests are under way.',
    extensions: { code: 'OVERLOADED', retryable: true, details: {} },
  };
  return { ...json(503, { errors: [error] }), headers: { 'retry-after': '1' } };
}
