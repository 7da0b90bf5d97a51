import { join } from 'node:path';
import { rpcContract } from '../../testing/rpc.contract.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import type { Rpc } from '../../ports/rpc.ts';
import type { OpenPort, PortSubject } from '../../testing/port-subject.ts';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import { EMBEDDED_LIMITS } from '../embedded/embedded-limits.ts';
import { EmbeddedRpc } from '../embedded/embedded-rpc.ts';
import { SystemClock } from '../embedded/system-clock.ts';
import { UuidV7Ids } from '../embedded/uuid-v7-ids.ts';
import { listenRpc } from './listen-rpc.ts';
import { RpcConnection } from './rpc-connection.ts';
import type { RpcEndpoint } from './rpc-endpoint.ts';
import { SocketRpc } from './socket-rpc.ts';

const SECRET = 'a secret of more than thirty-two characters';

rpcContract('socket file', () => overSocket((folder) => ({ kind: 'unix', path: join(folder, 'rpc.sock') }), undefined));
rpcContract('TCP', () => overSocket(() => ({ kind: 'tcp', host: '127.0.0.1', port: 0 }), SECRET));

/** Every request goes over a socket to the same process. */
async function overSocket(
  endpointIn: (folder: string) => RpcEndpoint,
  secret: string | undefined,
): Promise<PortSubject<Rpc>> {
  const temporary = await temporaryDirectory();
  const open = async (): Promise<OpenPort<Rpc>> => {
    const clock = new SystemClock();
    const local = new EmbeddedRpc(clock, EMBEDDED_LIMITS);
    const parts = { secret, clock, telemetry: silentTelemetry };
    const listener = await listenRpc({ ...parts, endpoint: endpointIn(temporary.path), servers: local });
    const connection = new RpcConnection({ ...parts, endpoint: listener.endpoint, ids: new UuidV7Ids() });
    const close = async (): Promise<void> => {
      await connection.close();
      await listener.close();
    };
    return { port: new SocketRpc({ local, owners: new Map([['test', connection]]) }), close };
  };
  return { open, remove: () => temporary.remove() };
}
