import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSubgraphHandler, type SubgraphHandler } from '../../kernel/graphql/serve-subgraph.ts';
import type { Readiness, Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { ExposedTelemetry } from '../../kernel/telemetry/create-telemetry.ts';

export interface InternalServerOptions {
  readonly port: number;
  readonly host: string;
  readonly subgraphs: readonly Subgraph[];
  /** Shared with the gateways. */
  readonly identitySecret: string;
  readonly readiness: () => Readiness;
  /** Small JSON answers by path. */
  readonly told?: Readonly<Record<string, () => object>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: ExposedTelemetry;
}

export interface InternalServer {
  /** Without a path. */
  readonly url: string;
  /** Says that it is not ready, finishes what is under way, stops listening. */
  close(): Promise<void>;
}

/** How long a request may take to arrive. */
const RECEIVE_MS = 30_000;
/** Between saying that it is not ready and listening no more: whoever asks looks every half second, and goes elsewhere. */
const LINGER_MS = 750;
/** How long requests under way are waited for at the end. */
const DRAIN_MS = 8_000;

/**
 * What processes of the hub ask each other over HTTP: each subgraph below its name (`/inventory/lean`), and `/health`,
 * `/health/ready`, `/ready` and `/metrics` of the process. One that stops says for a moment that it is not ready, and answers
 * still.
 */
export async function serveInternal(options: InternalServerOptions): Promise<InternalServer> {
  const { port, host } = options;
  const handlers = new Map<string, SubgraphHandler>();
  for (const subgraph of options.subgraphs) {
    handlers.set(subgraph.name, await createSubgraphHandler(subgraph, options));
  }
  const state = { isDraining: false };
  const server = createServer((request, response) => void answer(request, response, { ...options, handlers, state }));
  server.requestTimeout = RECEIVE_MS;
  await listen(server, port, host);
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      state.isDraining = true;
      if (handlers.size > 0) await linger();
      await drain(server);
      await Promise.all([...handlers.values()].map((handler) => handler.close()));
    },
  };
}

interface Answering extends InternalServerOptions {
  readonly handlers: ReadonlyMap<string, SubgraphHandler>;
  readonly state: { readonly isDraining: boolean };
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: Answering): Promise<void> {
  if (parts.state.isDraining) response.setHeader('connection', 'close');
  const url = request.url ?? '/';
  const end = url.indexOf('/', 1);
  const handler = end > 0 ? parts.handlers.get(url.slice(1, end)) : undefined;
  // A subgraph does not know that its process stops.
  const isAskedWhetherReady = url.endsWith('/health/ready') && parts.state.isDraining;
  if (handler && !isAskedWhetherReady) {
    request.url = url.slice(end);
    return handler.handle(request, response);
  }
  const path = handler ? url.slice(end) : url;
  const { status, body, contentType = 'application/json; charset=utf-8' } = await answerOf(path, parts);
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
}

interface PlainAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
}

async function answerOf(path: string, parts: Answering): Promise<PlainAnswer> {
  const { telemetry, told = {} } = parts;
  switch (path) {
    case '/health':
    case '/health/live':
      return json({ status: 'live' });
    case '/ready':
    case '/health/ready': {
      const readiness = readinessOf(parts);
      return json(readiness, readiness.ready ? 200 : 503);
    }
    case '/metrics':
      return { status: 200, body: await telemetry.metricsText(), contentType: telemetry.metricsContentType };
    default: {
      const tell = told[path];
      return tell ? json(tell()) : json({ status: 'not found' }, 404);
    }
  }
}

function readinessOf({ state, readiness }: Answering): Readiness {
  return state.isDraining ? { ready: false, reason: 'The process is stopping.' } : readiness();
}

function json(body: object, status = 200): PlainAnswer {
  return { status, body: JSON.stringify(body) };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function linger(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LINGER_MS));
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
}
