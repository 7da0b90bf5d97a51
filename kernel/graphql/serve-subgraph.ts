import { ApolloServer, HeaderMap } from '@apollo/server';
import type { HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CORRELATION_HEADER, readTraceparent, TRACEPARENT_HEADER } from '../model/correlation.ts';
import { Refusal } from '../model/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { createErrorFormatter } from './format-error.ts';
import type { ErrorFormatter } from './format-error.ts';
import { IDENTITY_HEADER, verifyIdentity } from './identity-header.ts';
import { readBody } from './read-body.ts';
import type { Subgraph } from './subgraph.ts';

export interface ServeSubgraphOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** Shared with the gateway, which signs the caller's identity with it. */
  readonly identitySecret: string;
  /** The largest request body that is read. Default: 1,048,576 (1 MiB). */
  readonly bodyBytesMax?: number;
  /** How long a client may take to send one request. Default: 30,000 (30 s). */
  readonly requestTimeoutMs?: number;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
}

export interface ServedSubgraph {
  /** Where GraphQL is answered, such as `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  /** Refuses new requests, finishes those in flight and stops listening. Leaves the subgraph itself running. */
  close(): Promise<void>;
}

/** The GraphQL context of a standalone subgraph is what its `createContext` makes. */
type Context = object;

const GRAPHQL_PATH = '/graphql';

/**
 * Serves a subgraph over HTTP: GraphQL at `/graphql` for callers with a signed identity, and `/health/live` and
 * `/health/ready` for everybody.
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeSubgraphOptions): Promise<ServedSubgraph> {
  const format = createErrorFormatter(options);
  const apollo = createApollo(subgraph, format);
  await apollo.start();
  const server = createServer((request, response) => {
    answer({ subgraph, apollo, options, format }, request, response).catch((error: unknown) => {
      refuse(response, { status: 500, body: { errors: [format(error)] } });
    });
  });
  server.requestTimeout = options.requestTimeoutMs ?? 30_000;
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}${GRAPHQL_PATH}`,
    close: async () => {
      await closeServer(server);
      await apollo.stop();
    },
  };
}

interface Serving {
  readonly subgraph: Subgraph;
  readonly apollo: ApolloServer<Context>;
  readonly options: ServeSubgraphOptions;
  readonly format: ErrorFormatter;
}

function createApollo(subgraph: Subgraph, format: ErrorFormatter): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: subgraph.schema,
    formatError: (_formatted, error) => format(error),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://subgraph');
  if (pathname === '/health/live') return refuse(response, { status: 200, body: { status: 'live' } });
  if (pathname === '/health/ready') {
    const readiness = serving.subgraph.readiness();
    return refuse(response, { status: readiness.ready ? 200 : 503, body: readiness });
  }
  if (pathname !== GRAPHQL_PATH) return refuse(response, { status: 404, body: { status: 'not found' } });
  try {
    send(response, await execute(serving, request, search));
  } catch (error) {
    const formatted = serving.format(error);
    refuse(response, { status: STATUS_BY_CODE[formatted.extensions.code] ?? 400, body: { errors: [formatted] } });
  }
}

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  PAYLOAD_TOO_LARGE: 413,
  INTERNAL_SERVER_ERROR: 500,
};

async function execute(serving: Serving, request: IncomingMessage, search: string): Promise<HTTPGraphQLResponse> {
  const { subgraph, apollo, options } = serving;
  const identity = verifyIdentity(header(request, IDENTITY_HEADER), options.identitySecret, options.clock.nowMs());
  const correlationId = header(request, CORRELATION_HEADER) ?? options.ids.next();
  const body = await readBody(request, options.bodyBytesMax ?? 1_048_576);
  const parent = readTraceparent(header(request, TRACEPARENT_HEADER));
  const span = options.telemetry.startSpan(`subgraph ${subgraph.name}`, { parent });
  const { traceparent } = span;
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value ?? ''));
  const result = apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: (request.method ?? 'GET').toUpperCase(), headers, search, body: parseJson(body) },
    context: async () => subgraph.createContext({ identity, correlationId, traceparent }),
  });
  result.then(
    () => span.end(),
    () => span.end('failed'),
  );
  return result;
}

function parseJson(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Refusal('BAD_USER_INPUT', 'The body is not JSON.', {}, { cause: error });
  }
}

function send(response: ServerResponse, result: HTTPGraphQLResponse): void {
  for (const [name, value] of result.headers) response.setHeader(name, value);
  response.statusCode = result.status ?? 200;
  // Chunked bodies exist for incremental delivery alone, which no subgraph of the hub declares.
  response.end(result.body.kind === 'complete' ? result.body.string : '');
}

function refuse(response: ServerResponse, { status, body }: { status: number; body: object }): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  // What was not read of the body would be taken for the next request.
  if (status === 413) response.setHeader('connection', 'close');
  response.end(JSON.stringify(body));
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
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

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}
