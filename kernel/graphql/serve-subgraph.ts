import { ApolloServer, HeaderMap } from '@apollo/server';
import type { HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, ListenOptions } from 'node:net';
import { CORRELATION_HEADER, readTraceparent, TRACEPARENT_HEADER } from '../model/correlation.ts';
import { Refusal } from '../model/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Span, Telemetry } from '../ports/telemetry.ts';
import { createErrorFormatter } from './format-error.ts';
import type { ErrorFormatter } from './format-error.ts';
import { freeSocketFile } from './free-socket-file.ts';
import { IDENTITY_HEADER } from './identity-header.ts';
import { LeanEndpoint } from './lean-endpoint.ts';
import { readBody } from './read-body.ts';
import { SignedIdentities } from './signed-identities.ts';
import type { Subgraph, SubgraphRequest } from './subgraph.ts';

export interface ServeSubgraphOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /**
   * A socket file to listen on besides, for gateways on the same machine. One that a killed process left behind is taken
   * over. Default: none.
   */
  readonly socketPath?: string;
  /** Shared with the gateway, which signs the caller's identity with it. */
  readonly identitySecret: string;
  /** The largest request body that is read. Default: 1,048,576 (1 MiB). */
  readonly bodyBytesMax?: number;
  /** How long a client may take to send one request. Default: 30,000 (30 s). */
  readonly requestTimeoutMs?: number;
  /** How long an unused socket is kept. Default: 5,000 (5 s), longer than the hub's gateway keeps one. */
  readonly keepAliveMs?: number;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
}

export interface ServedSubgraph {
  /** Where GraphQL is answered, such as `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  /** Where the same is answered to gateways with less ado, such as `http://127.0.0.1:4001/lean`. */
  readonly leanUrl: string;
  /** The same over the socket file, such as `http+unix://%2Frun%2Finventory.sock/lean`; absent without one. */
  readonly socketUrl?: string;
  /** Refuses new requests, finishes those in flight and stops listening. Leaves the subgraph itself running. */
  close(): Promise<void>;
}

/** What an HTTP server of somebody else asks to answer for a subgraph. */
export interface SubgraphHandler {
  /** Answers the paths below the one where the subgraph is mounted, which the caller has taken away from the URL. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** The GraphQL context of a standalone subgraph is what its `createContext` makes. */
type Context = object;

const GRAPHQL_PATH = '/graphql';
const LEAN_PATH = '/lean';
const BODY_BYTES_MAX = 1_048_576;

/**
 * Serves a subgraph over HTTP: GraphQL for callers with a signed identity, at `/graphql` by Apollo Server and at `/lean`
 * by compiled code; `/health/live` and `/health/ready` for everybody.
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeSubgraphOptions): Promise<ServedSubgraph> {
  const serving = await openServing(subgraph, options);
  const { apollo } = serving;
  const first = await listen(serving, { port: options.port, host: options.host ?? '127.0.0.1' });
  const servers = [first];
  const closeAll = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
    await apollo.stop();
  };
  try {
    if (options.socketPath !== undefined) {
      await freeSocketFile(options.socketPath);
      servers.push(await listen(serving, { path: options.socketPath }));
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
  const { address, port } = first.address() as AddressInfo;
  return {
    url: `http://${address}:${port}${GRAPHQL_PATH}`,
    leanUrl: `http://${address}:${port}${LEAN_PATH}`,
    ...(options.socketPath !== undefined && {
      socketUrl: `http+unix://${encodeURIComponent(options.socketPath)}${LEAN_PATH}`,
    }),
    close: closeAll,
  };
}

/** As `serveSubgraph`, for a server that several subgraphs share. */
export async function createSubgraphHandler(subgraph: Subgraph, options: AnsweringOptions): Promise<SubgraphHandler> {
  const serving = await openServing(subgraph, options);
  return {
    handle: (request, response) => handle(serving, request, response),
    close: () => serving.apollo.stop(),
  };
}

/** What answering needs, wherever it listens. */
type AnsweringOptions = Omit<ServeSubgraphOptions, 'port' | 'host' | 'socketPath'>;

interface Serving {
  readonly subgraph: Subgraph;
  readonly apollo: ApolloServer<Context>;
  readonly lean: LeanEndpoint;
  readonly identities: SignedIdentities;
  readonly options: AnsweringOptions;
  readonly format: ErrorFormatter;
}

async function openServing(subgraph: Subgraph, options: AnsweringOptions): Promise<Serving> {
  const format = createErrorFormatter(options);
  const apollo = createApollo(subgraph, format);
  await apollo.start();
  const identities = new SignedIdentities(options.identitySecret, options.clock);
  return { subgraph, apollo, lean: new LeanEndpoint(subgraph, format), identities, options, format };
}

function handle(serving: Serving, request: IncomingMessage, response: ServerResponse): void {
  answer(serving, request, response).catch((error: unknown) => {
    refuse(response, { status: 500, body: { errors: [serving.format(error)] } });
  });
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
  // The way of every fetch is the short one.
  if (request.url === LEAN_PATH) return answerOrRefuse(serving, response, () => answerLean(serving, request, response));
  const { pathname, search } = new URL(request.url ?? '/', 'http://subgraph');
  if (pathname === '/health/live') return refuse(response, { status: 200, body: { status: 'live' } });
  if (pathname === '/health/ready') {
    const readiness = serving.subgraph.readiness();
    return refuse(response, { status: readiness.ready ? 200 : 503, body: readiness });
  }
  if (pathname !== GRAPHQL_PATH) return refuse(response, { status: 404, body: { status: 'not found' } });
  return answerOrRefuse(serving, response, async () => send(response, await execute(serving, request, search)));
}

async function answerOrRefuse(
  { format }: Serving,
  response: ServerResponse,
  answering: () => Promise<void>,
): Promise<void> {
  try {
    await answering();
  } catch (error) {
    const formatted = format(error);
    refuse(response, { status: STATUS_BY_CODE[formatted.extensions.code] ?? 400, body: { errors: [formatted] } });
  }
}

async function answerLean(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { lean, options } = serving;
  const { span, ...told } = begin(serving, request);
  try {
    const body = parseJson(await readBody(request, options.bodyBytesMax ?? BODY_BYTES_MAX));
    const answered = await lean.answer(body, told);
    const length = Buffer.byteLength(answered.body);
    response.writeHead(answered.status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': length,
    });
    // ASCII is the same bytes in Latin 1, and is written without being counted first.
    response.end(answered.body, length === answered.body.length ? 'latin1' : 'utf8');
  } finally {
    span.end();
  }
}

/** Who asks, and within which trace. */
function begin({ subgraph, identities, options }: Serving, request: IncomingMessage): SubgraphRequest & { span: Span } {
  const identity = identities.verify(header(request, IDENTITY_HEADER));
  const correlationId = header(request, CORRELATION_HEADER) ?? options.ids.next();
  const parent = readTraceparent(header(request, TRACEPARENT_HEADER));
  const span = options.telemetry.startSpan(`subgraph ${subgraph.name}`, { parent });
  return { identity, correlationId, traceparent: span.traceparent, span };
}

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  PAYLOAD_TOO_LARGE: 413,
  INTERNAL_SERVER_ERROR: 500,
};

async function execute(serving: Serving, request: IncomingMessage, search: string): Promise<HTTPGraphQLResponse> {
  const { subgraph, apollo, options } = serving;
  const { span, ...told } = begin(serving, request);
  try {
    const body = parseJson(await readBody(request, options.bodyBytesMax ?? BODY_BYTES_MAX));
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value ?? ''));
    return await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: (request.method ?? 'GET').toUpperCase(), headers, search, body },
      context: async () => subgraph.createContext(told),
    });
  } finally {
    span.end();
  }
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

function listen(serving: Serving, where: ListenOptions): Promise<Server> {
  const server = createServer((request, response) => handle(serving, request, response));
  server.requestTimeout = serving.options.requestTimeoutMs ?? 30_000;
  server.keepAliveTimeout = serving.options.keepAliveMs ?? 5_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.removeListener('error', reject);
      resolve(server);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}
