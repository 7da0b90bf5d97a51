import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { createClient } from '../storefront/client.ts';
import { MutationSocket } from './mutation-socket.ts';
import { reservationLoad, type LoadArgument } from './reservation-load.ts';
import { isReserved, reserveMutation } from './reserve-mutation.ts';

export interface ServeClientsArgument {
  readonly url: string;
  readonly token: string;
  readonly clients: number;
}

/* Clients in a process of their own, each with a connection that it keeps. */
const { url, token, clients } = measuredArgument() as ServeClientsArgument;
const ids = new UuidV7Ids();
const http = createClient('the hub', url, { token, connections: clients });
const sockets = await Promise.all(Array.from({ length: clients }, () => MutationSocket.open(url, token)));

serveMeasured('', {
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
