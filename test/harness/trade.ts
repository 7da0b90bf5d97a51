import { expect } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { Balancer } from './balancer.ts';
import { COUNTED, availableOf, placeOrder, reserve } from './leeds-stock.ts';

const CLIENTS = 3;

export interface Done {
  /** Ids by the number of the order, and by the key of the command. */
  readonly orders: ReadonlyMap<string, string>;
  readonly reservations: ReadonlyMap<string, string>;
}

export interface Trade {
  readonly clients: number;
  /** Resolves when every client has gone through all that it does. */
  goOn(): Promise<void>;
  stop(): Promise<Done>;
}

/** Clients that place orders and reserve, each command repeated under its key until it is answered, and ask in between. */
export function startTrade(balancer: Balancer, sku: string): Trade {
  const orders = new Map<string, string>();
  const reservations = new Map<string, string>();
  const rounds = Array.from({ length: CLIENTS }, () => 0);
  const stopping = new AbortController();
  const run = async (client: number): Promise<void> => {
    for (let index = 0; !stopping.signal.aborted; index++) {
      const name = `trade-${client}-${index}`;
      const order = await waitFor(() => balancer.ask((at) => placeOrder(at, sku, name)).catch(() => ''), name);
      orders.set(name, order);
      const claim = await waitFor(() => balancer.ask((at) => reserve(at, sku, name)).catch(() => ''), name);
      reservations.set(name, claim);
      const read = await balancer.query((at) => at.graphql<{ order: object | null }>(ORDER, { id: order }));
      if (read) expect(read.order).toEqual({ id: order });
      await balancer.query((at) => availableOf(at, sku));
      rounds[client] = index + 1;
    }
  };
  const running = Promise.all(rounds.map((_, client) => run(client)));
  return {
    clients: CLIENTS,
    goOn: async () => {
      const before = [...rounds];
      await waitFor(() => rounds.every((done, client) => done >= (before[client] ?? 0) + 2), 'the clients to go on');
    },
    stop: async () => {
      stopping.abort();
      await running;
      return { orders, reservations };
    },
  };
}

const ORDER = `query ($id: ID!) { order(id: $id) { id } }`;
const RESERVATION = `query ($id: ID!) { reservation(id: $id) { status } }`;

/** Everything that was acknowledged is there, and nothing besides. */
export async function expectEachOnce(balancer: Balancer, sku: string, { orders, reservations }: Done): Promise<void> {
  expect(new Set(orders.values()).size).toBe(orders.size);
  for (const id of orders.values()) {
    const { order } = await balancer.ask((at) => at.graphql<{ order: object | null }>(ORDER, { id }));
    expect(order).toEqual({ id });
  }
  for (const id of reservations.values()) {
    const read = await balancer.ask((at) => at.graphql<{ reservation: object | null }>(RESERVATION, { id }));
    expect(read.reservation).toEqual({ status: 'ACTIVE' });
  }
  const left = COUNTED - orders.size - reservations.size;
  await waitFor(async () => (await balancer.ask((at) => availableOf(at, sku))) === left, 'each of them once');
}
