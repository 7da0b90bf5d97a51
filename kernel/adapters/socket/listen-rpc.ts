import { once } from 'node:events';
import { chmod, unlink } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { invariant } from '../../model/errors.ts';
import { StorageInUse } from '../embedded/storage-errors.ts';
import type { RpcEndpoint } from './rpc-endpoint.ts';
import { formatRpcEndpoint } from './rpc-endpoint.ts';
import { RPC_SECRET_LENGTH_MIN } from './rpc-proof.ts';
import { RpcSession, type RpcSessionParts } from './rpc-session.ts';
import { SOCKET_LIMITS, type SocketLimits } from './socket-limits.ts';

export interface ListenRpcOptions extends Omit<RpcSessionParts, 'limits' | 'secret'> {
  readonly endpoint: RpcEndpoint;
  /** Needed for TCP. Without one, whoever may write to the socket file is let in: the user of this process alone. */
  readonly secret?: string | undefined;
  /** Those that differ from SOCKET_LIMITS. */
  readonly limits?: Partial<SocketLimits>;
}

export interface RpcListener {
  /** Where it listens; a port 0 has become a real one. */
  readonly endpoint: RpcEndpoint;
  /** Takes no more requests, answers those under way within `drainMs`, and ends. */
  close(): Promise<void>;
}

/** Read and write for the owner of the file. */
const SOCKET_FILE_MODE = 0o600;

/**
 * Lets other processes ask the servers of this one.
 * @throws {StorageInUse} when another process listens on the socket file
 */
export async function listenRpc(options: ListenRpcOptions): Promise<RpcListener> {
  const { endpoint, secret, clock, telemetry } = options;
  invariant(secret !== undefined || endpoint.kind === 'unix', 'Requests over TCP need a secret.');
  invariant(
    secret === undefined || secret.length >= RPC_SECRET_LENGTH_MIN,
    `The secret of requests needs ${RPC_SECRET_LENGTH_MIN} characters.`,
  );
  const limits: SocketLimits = { ...SOCKET_LIMITS, ...options.limits };
  const sessions = new Set<RpcSession>();
  const server = createServer((socket) => {
    if (sessions.size >= limits.connectionsMax) {
      telemetry.count('rpc_connections_refused_total');
      socket.destroy();
      return;
    }
    const session = new RpcSession(socket, { ...options, secret, limits });
    sessions.add(session);
    telemetry.gauge('rpc_connections', sessions.size);
    void session.ended.then(() => {
      sessions.delete(session);
      telemetry.gauge('rpc_connections', sessions.size);
    });
  });
  await listen(server, endpoint);
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const session of sessions) session.drain();
    const cancel = clock.after(limits.drainMs, () => sessions.forEach((session) => session.destroy()));
    await closed;
    cancel();
  };
  return { endpoint: boundEndpoint(server, endpoint), close };
}

async function listen(server: Server, endpoint: RpcEndpoint): Promise<void> {
  if (endpoint.kind === 'unix') return listenOnFile(server, endpoint);
  server.listen({ host: endpoint.host, port: endpoint.port });
  await once(server, 'listening');
}

async function listenOnFile(server: Server, endpoint: RpcEndpoint & { readonly kind: 'unix' }): Promise<void> {
  const { path } = endpoint;
  if (await isServed(path)) throw new StorageInUse(formatRpcEndpoint(endpoint));
  // What a killed process has left behind.
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  // The file is made within this call, so nobody ever finds it open to others.
  const umask = process.umask(0o777 & ~SOCKET_FILE_MODE);
  try {
    server.listen({ path });
  } finally {
    process.umask(umask);
  }
  await once(server, 'listening');
  await chmod(path, SOCKET_FILE_MODE);
}

async function isServed(path: string): Promise<boolean> {
  const socket: Socket = createConnection({ path });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function boundEndpoint(server: Server, endpoint: RpcEndpoint): RpcEndpoint {
  const address = server.address();
  return endpoint.kind === 'tcp' && typeof address === 'object' && address
    ? { ...endpoint, port: address.port }
    : endpoint;
}
