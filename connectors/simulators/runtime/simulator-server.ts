import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { withAddedFields, withRetypedFields } from './altered-content.ts';
import type { FaultControl } from './faults.ts';
import { HttpFailure } from './http-failure.ts';
import { routeName } from './router.ts';
import type { Answer, Route, RouteMatch, Router } from './router.ts';
import type { RequestLog } from './request-log.ts';
import type { SimulatorObserver } from './simulator-observer.ts';
import type { TokenBucket } from './token-bucket.ts';

/** How a vendor's server behaves at its edge. */
export interface ServerManners {
  readonly errorBody: (failure: HttpFailure) => unknown;
  readonly isAuthorised: (headers: IncomingHttpHeaders) => boolean;
  /** What a missing or wrong token is answered with. Default 401. */
  readonly unauthorisedStatus?: number;
  /** Names of fields whose value matters (quantities, amounts); the faults drift and conflict change these. */
  readonly contentFields: readonly string[];
}

export interface ServerParts {
  readonly manners: ServerManners;
  readonly router: Router;
  readonly faults: FaultControl;
  readonly bucket: TokenBucket;
  readonly log: RequestLog;
  readonly observe?: SimulatorObserver;
  /** Largest request body; a larger one is answered 413. */
  readonly bodyBytesMax: number;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes a free one. */
export async function startSimulatorServer(parts: ServerParts, port: number): Promise<RunningServer> {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    if (parts.faults.current.outage === 'RESET') socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const target = request.url ?? '/';
  const url = new URL(target, 'http://simulator');
  const match = parts.router(method, url.pathname);
  const record = (status: number): void =>
    parts.log.add({ route: match === undefined ? 'UNKNOWN' : routeName(match.route), method, target, status });
  if (parts.faults.current.outage === 'RESET') {
    record(0);
    request.socket.destroy();
    return;
  }
  if (parts.faults.current.latencyMs > 0) await wait(parts.faults.current.latencyMs, undefined, { ref: false });
  const answer = await answerTo(parts, request, { match, url });
  record(answer.status ?? 200);
  write(response, answer);
}

async function answerTo(
  parts: ServerParts,
  request: IncomingMessage,
  at: { readonly match: RouteMatch | undefined; readonly url: URL },
): Promise<Answer> {
  let text = '';
  const observed = (answer: Answer): Answer => {
    const { method = 'GET' } = request;
    const { pathname: path, searchParams: query } = at.url;
    const route = at.match === undefined ? {} : { route: routeName(at.match.route) };
    const status = answer.status ?? 200;
    parts.observe?.exchanged({ ...route, method, path, query, text, status, answer: answer.body });
    return answer;
  };
  try {
    text = await readBody(request, parts.bodyBytesMax);
    const match = admit(parts, request.headers, at.match);
    const handled = await match.route.handle({
      method: request.method ?? 'GET',
      path: at.url.pathname,
      params: match.params,
      query: at.url.searchParams,
      headers: request.headers,
      text,
    });
    const answer = observed(handled);
    return { ...answer, ...(answer.body === undefined ? {} : { body: drifted(parts, answer.body) }) };
  } catch (error) {
    return observed(failureAnswer(parts.manners, error));
  }
}

/** The answer for anything thrown by a route, in the vendor's words. */
export function failureAnswer(manners: ServerManners, error: unknown): Answer {
  const failure =
    error instanceof HttpFailure ? error : new HttpFailure(500, 'INTERNAL_SERVER_ERROR', `simulator: ${String(error)}`);
  return { status: failure.status, body: manners.errorBody(failure), headers: failure.headers };
}

function admit(parts: ServerParts, headers: IncomingHttpHeaders, match: RouteMatch | undefined): RouteMatch {
  const { faults, manners } = parts;
  if (faults.current.outage === 'UNAVAILABLE') {
    throw new HttpFailure(503, 'SERVICE_UNAVAILABLE', 'The service is temporarily unavailable.');
  }
  const isOpen: Route['isOpen'] = match?.route.isOpen;
  if (isOpen !== true && !manners.isAuthorised(headers)) {
    throw new HttpFailure(
      manners.unauthorisedStatus ?? 401,
      'UNAUTHORIZED',
      'The access token is missing, wrong or expired.',
    );
  }
  const waitSeconds = faults.strikes('throttle') ? 1 : parts.bucket.take();
  if (waitSeconds > 0) {
    const retryAfter = { 'retry-after': String(waitSeconds) };
    throw new HttpFailure(429, 'RATE_LIMITED', 'Too many requests.', { headers: retryAfter });
  }
  if (match === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'There is no such resource.');
  return match;
}

function drifted(parts: ServerParts, body: unknown): unknown {
  switch (parts.faults.current.drift) {
    case 'NONE':
      return body;
    case 'ADDED_FIELD':
      return withAddedFields(body);
    case 'RETYPED_FIELD':
      return withRetypedFields(body, parts.manners.contentFields);
  }
}

async function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // The rest is read and thrown away, so that the client gets to see the answer.
    if (bytes <= bytesMax) chunks.push(chunk);
  }
  if (bytes > bytesMax) throw new HttpFailure(413, 'REQUEST_ENTITY_TOO_LARGE', `The body exceeds ${bytesMax} bytes.`);
  return Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, answer: Answer): void {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  const type = answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(answer.status ?? 200, {
    ...type,
    'content-length': String(Buffer.byteLength(text)),
    ...answer.headers,
  });
  response.end(text);
}
