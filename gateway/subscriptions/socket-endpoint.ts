import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer } from 'graphql-ws';
import type { Server } from 'graphql-ws';
import { WebSocketServer, type Server as SocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import { authenticateCaller } from '../auth/authenticate-caller.ts';
import { clientAddressOf } from '../transport/client-address.ts';
import { Drain, type Leaving } from './drain.ts';
import { HandshakeHeaders } from './handshake-headers.ts';
import { KeepAlive } from './keep-alive.ts';
import { hasRightsOf, stillHasRights } from './recheck-rights.ts';
import { ClientSocket, SocketConnection, type ConnectionHost } from './socket-connection.ts';
import { createSocketHooks, type SocketOperationsOptions } from './socket-operations.ts';

export interface SocketEndpointOptions extends SocketOperationsOptions {
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  /** Proxies in front whose `x-forwarded-for` is believed. Default: 0. */
  readonly trustedProxies?: number;
  readonly telemetry: Telemetry;
}

/** Close codes that graphql-ws takes for a reason to connect again, with a new token where it has one. */
const FORBIDDEN = 4403;
const INTERNAL_ERROR = 4500;
/** Registered as "service restart"; clients of graphql-ws reconnect after it. */
const SERVICE_RESTART = 1012;

/** Those of PROTOCOL.md and the common ones of clients, each a label of its own. */
const CLOSE_CODES: ReadonlySet<number> = new Set([
  1000, 1001, 1005, 1006, 1009, 1012, 1013, 4400, 4401, 4403, 4406, 4408, 4409, 4429, 4500,
]);

type Parameters = Record<string, unknown>;

/** The gateway's WebSocket door: graphql-transport-ws over ws. */
export class SocketEndpoint {
  readonly #options: SocketEndpointOptions;
  readonly #sockets: SocketServer<typeof ClientSocket>;
  readonly #server: Server<SocketConnection>;
  readonly #host: ConnectionHost;
  readonly #headers = new HandshakeHeaders();
  readonly #drain: Drain;

  constructor(options: SocketEndpointOptions) {
    this.#options = options;
    this.#drain = new Drain(options);
    this.#sockets = new WebSocketServer({
      WebSocket: ClientSocket,
      noServer: true,
      maxPayload: options.limits.payloadBytesMax,
      // Six times the CPU and 225 KB per connection for frames that are small.
      perMessageDeflate: false,
      handleProtocols,
    });
    this.#server = makeServer<Parameters, SocketConnection>({
      connectionInitWaitTimeout: options.limits.initTimeoutMs,
      ...createSocketHooks(options),
      onConnect: async ({ connectionParams, extra }) => this.#welcome(extra, connectionParams),
    });
    const { clock, limits, telemetry } = options;
    const unread = telemetry.histogram('websocket_unread_bytes');
    this.#host = {
      clock,
      limits,
      keepAlive: new KeepAlive(clock, limits.keepAliveMs),
      onPing: (connection, payload) => this.#answerPing(connection, payload),
      onAlive: (connection) => {
        unread(connection.outlet.unreadBytes);
        void this.#recheck(connection);
      },
      onClosed: (_connection, code) => {
        telemetry.gauge('websocket_connections', this.connectionCount);
        telemetry.count('websocket_closed_total', { code: CLOSE_CODES.has(code) ? String(code) : 'other' });
      },
      onBroken: (error) => telemetry.log('info', 'a socket failed', { error: error.message }),
      onFailed: (connection, error) => {
        telemetry.log('error', 'a socket message could not be handled', { error: String(error) });
        connection.close(INTERNAL_ERROR, 'Internal error');
      },
    };
  }

  get connectionCount(): number {
    return this.#sockets.clients.size;
  }

  /** An upgrade to GraphQL's path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { limits } = this.#options;
    // A client that goes away in the middle of the upgrade must not end the process.
    socket.on('error', this.#upgradeFailed);
    if (this.#drain.hasBegun || this.connectionCount >= limits.connectionsMax) return refuseUpgrade(socket);
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, request));
  }

  /** Takes no new sockets and closes those that are open, spread over the drain window, so that no herd comes back. */
  async drain(): Promise<void> {
    await this.#drain.run([...this.#sockets.clients].map(leaving));
  }

  /** Ends every socket at once. */
  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  /** One for all, because it stays with the socket and would keep the request of its upgrade with it. */
  readonly #upgradeFailed = (error: Error): void => {
    this.#options.telemetry.log('info', 'an upgrade failed', { error: error.message });
  };

  #open(socket: ClientSocket, request: IncomingMessage): void {
    const { telemetry, trustedProxies = 0 } = this.#options;
    const upgrade = {
      address: clientAddressOf(request, trustedProxies),
      headers: this.#headers.read(request.headers),
      authorization: request.headers.authorization,
    };
    const connection = new SocketConnection(socket, upgrade, this.#host);
    connection.whenClosed(this.#server.opened(connection, connection));
    telemetry.gauge('websocket_connections', this.connectionCount);
  }

  /** @returns false to close with 4403, so that the client comes again with another token */
  async #welcome(known: SocketConnection, parameters: Parameters | undefined): Promise<boolean> {
    const given = parameters?.['authorization'] ?? parameters?.['Authorization'];
    try {
      const authorization = typeof given === 'string' ? given : known.authorization;
      known.identity = await this.#authenticate(authorization, known);
    } catch (error) {
      this.#options.telemetry.log('info', 'a socket was refused', { error: String(error) });
      return false;
    }
    if (parameters) known.headers = { ...known.headers, ...textsOf(parameters) };
    known.checkedAtMs = this.#options.clock.nowMs();
    this.#endWithToken(known);
    return true;
  }

  /** A ping may bring the token with which the connection goes on when the present one ends. */
  async #answerPing(session: SocketConnection, payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = payload?.['authorization'] ?? payload?.['Authorization'];
    // Before the first token is accepted there is nothing that another could go on with.
    const renews = typeof authorization === 'string' && session.identity !== undefined;
    if (renews && !(await this.#renew(session, authorization))) {
      return session.close(FORBIDDEN, 'Forbidden');
    }
    await session.send(JSON.stringify({ type: 'pong', ...(authorization === undefined && payload && { payload }) }));
  }

  /** What is subscribed to was joined with the rights of the first token, so another one must have all of them. */
  async #renew(session: SocketConnection, authorization: string): Promise<boolean> {
    const { identity: former } = session;
    try {
      const identity = await this.#authenticate(authorization, session);
      if (!former || !hasRightsOf(identity, former)) return false;
      session.identity = identity;
      session.headers = { ...session.headers, authorization };
    } catch (error) {
      this.#options.telemetry.log('info', 'a new token of a socket was refused', { error: String(error) });
      return false;
    }
    session.cancelExpiry?.();
    this.#endWithToken(session);
    return true;
  }

  /** Never rejects. */
  async #recheck(connection: SocketConnection): Promise<void> {
    const { authenticator, clock, limits } = this.#options;
    const { identity, headers, checkedAtMs } = connection;
    if (!identity || clock.nowMs() < checkedAtMs + limits.rightsHeldMs) return;
    connection.checkedAtMs = clock.nowMs();
    if (await stillHasRights(headers['authorization'], identity, authenticator)) return;
    // It may have brought another token meanwhile.
    if (connection.identity === identity) connection.close(FORBIDDEN, 'Rights withdrawn');
  }

  #authenticate(authorization: string | undefined, { address }: SocketConnection): Promise<Identity> {
    const { authenticator, budgets } = this.#options;
    return authenticateCaller({ authorization, address }, authenticator, budgets?.tokenFailures);
  }

  #endWithToken(session: SocketConnection): void {
    const { clock } = this.#options;
    const { identity } = session;
    if (identity?.expiresAtMs === undefined) return;
    session.cancelExpiry = clock.after(identity.expiresAtMs - clock.nowMs(), () =>
      session.close(FORBIDDEN, 'Token expired'),
    );
  }
}

/** Browsers cannot send headers of their own, so clients tell them in `connection_init`. */
function textsOf(parameters: Parameters): Record<string, string> {
  const texts = Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), value]));
}

function leaving(socket: WebSocket): Leaving {
  return {
    close: () => socket.close(SERVICE_RESTART, 'Restart'),
    terminate: () => socket.terminate(),
    gone: new Promise((resolve) => {
      if (socket.readyState === socket.CLOSED) resolve();
      else socket.once('close', () => resolve());
    }),
  };
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
