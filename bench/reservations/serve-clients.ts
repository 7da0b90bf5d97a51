import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { RpcConnection } from '../../kernel/adapters/socket/rpc-connection.ts';
import type { RpcEndpoint } from '../../kernel/adapters/socket/rpc-endpoint.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { createClient } from '../storefront/client.ts';
import { commandReserver } from './command-reserver.ts';
import type { HubAccess } from './hub-access.ts';
import { MutationSocket } from './mutation-socket.ts';
import { reservationLoad, type LoadArgument } from './reservation-load.ts';
import { isReserved, reserveMutation } from './reserve-mutation.ts';
import type { Reserver } from './reserver.ts';

export interface ServeClientsArgument {
  readonly url: string;
  readonly access: HubAccess;
  readonly clients: number;
}

/* Clients in a process of their own, each with a connection that it keeps, or all with one. */
const { url, access, clients } = measuredArgument() as ServeClientsArgument;
const ids = new UuidV7Ids();
const http = createClient('the hub', url, { token: access.token, connections: clients });
const sockets = await Promise.all(Array.from({ length: clients }, () => MutationSocket.open(url, access.token)));

const { tcp, file, secret } = access.rpc;
const overTcp = reserversOver(tcp);
const overFile = reserversOver(file);
const [shared] = reserversOver(tcp, 1) as readonly [Reserver];

serveMeasured('', {
  tcp: (argument: LoadArgument) => reservationLoad((skus, caller) => reserveBy(overTcp, caller, skus), argument),
  file: (argument: LoadArgument) => reservationLoad((skus, caller) => reserveBy(overFile, caller, skus), argument),
  shared: (argument: LoadArgument) => reservationLoad((skus) => shared.reserve(skus), argument),
  http: (argument: LoadArgument) =>
    reservationLoad(
      async (skus) => isReserved(await http.post(JSON.stringify(reserveMutation(ids.next(), skus)))),
      argument,
    ),
  websocket: (argument: LoadArgument) =>
    reservationLoad(
      async (skus, caller) =>
        isReserved(await (sockets[caller] as MutationSocket).ask(reserveMutation(ids.next(), skus))),
      argument,
    ),
});

/** A connection each. */
function reserversOver(endpoint: RpcEndpoint, connections = clients): readonly Reserver[] {
  const clock = new SystemClock();
  return Array.from({ length: connections }, () => {
    const known = endpoint.kind === 'tcp' ? { secret } : {};
    return commandReserver({ ids, rpc: new RpcConnection({ endpoint, ...known, clock, ids }) });
  });
}

function reserveBy(reservers: readonly Reserver[], caller: number, skus: readonly string[]): Promise<boolean> {
  return (reservers[caller] as Reserver).reserve(skus);
}
