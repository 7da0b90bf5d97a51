import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from 'node:http2';

/** What makes the front speak TLS, and with it HTTP/2 to those who offer it. */
export interface TlsOptions {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}

export interface ListenerOptions {
  readonly tls?: TlsOptions | undefined;
  /** How long a client may take to send a request. */
  readonly receiveTimeoutMs: number;
  readonly receive: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A server for HTTP/1.1, or for HTTP/1.1 and HTTP/2 over TLS on one port. */
export interface Listener {
  /** For what attaches itself to upgrades. */
  readonly server: Server;
  readonly scheme: 'http' | 'https';
  /** Lets go of connections without a request. */
  closeIdle(): void;
  /** Cuts everything off. */
  closeAll(): void;
}

export function createListener(options: ListenerOptions): Listener {
  return options.tls ? createSecureListener(options, options.tls) : createPlainListener(options);
}

function createPlainListener({ receive, receiveTimeoutMs }: ListenerOptions): Listener {
  const server = createHttpServer(receive);
  server.requestTimeout = receiveTimeoutMs;
  return {
    server,
    scheme: 'http',
    closeIdle: () => server.closeIdleConnections(),
    closeAll: () => server.closeAllConnections(),
  };
}

/** Streams of one connection that may be open at a time; further ones wait in the client. */
const STREAMS_PER_CONNECTION_MAX = 200;

function createSecureListener({ receive, receiveTimeoutMs }: ListenerOptions, tls: TlsOptions): Listener {
  const options = {
    allowHTTP1: true,
    cert: tls.certificate,
    key: tls.privateKey,
    requestTimeout: receiveTimeoutMs,
    settings: { maxConcurrentStreams: STREAMS_PER_CONNECTION_MAX },
  };
  const onRequest = (request: Http2ServerRequest, response: Http2ServerResponse): void =>
    // Node gives both protocols one interface, as far as the front uses it.
    receive(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  const server: Http2SecureServer = createSecureServer(options, onRequest);
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.setTimeout(receiveTimeoutMs, () => session.close());
    session.once('close', () => sessions.delete(session));
  });
  const plain = server as unknown as Server;
  return {
    server: plain,
    scheme: 'https',
    // A session that is told to close finishes its streams first.
    closeIdle: () => {
      for (const session of sessions) session.close();
      plain.closeIdleConnections?.();
    },
    closeAll: () => {
      for (const session of sessions) session.destroy();
      plain.closeAllConnections?.();
    },
  };
}
