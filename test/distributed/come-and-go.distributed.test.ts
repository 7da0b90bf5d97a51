import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { COUNTED, availableOf, countStock, placeOrder, reserve } from '../harness/leeds-stock.ts';
import { openTestTopology, type TestTopology } from '../harness/open-topology.ts';

/*
 * Processes that answer are added and taken away while clients go on. Nobody is told an address: gateways find processes by
 * what these announce.
 */

const SKU = 'LAMP';
const DOCUMENTS = ['products', 'orders', 'returns', 'operations'] as const;
const CLIENTS = 3;

describe('the hub as several processes', () => {
  let hub: TestTopology;
  beforeAll(async () => {
    hub = await openTestTopology();
  });
  afterAll(async () => {
    // Absent when it could not be opened.
    await (hub as TestTopology | undefined)?.remove();
  });

  test('has document roles and gateways come and go under load: no query fails, nothing acknowledged is lost', async () => {
    await countStock(hub, SKU);
    const balancer = new Balancer(hub, ['gateway-1', 'gateway-2']);
    const load = startLoad(balancer);
    await load.goOn();

    await hub.add('documents-3', DOCUMENTS);
    await untilGatewaysKnow(hub, balancer.gateways, 3);
    await load.goOn();
    await hub.process('documents-1').kill('SIGTERM');
    await load.goOn();
    await hub.process('documents-2').kill('SIGKILL');
    await untilGatewaysKnow(hub, balancer.gateways, 1);
    // From here on everything about documents is answered by a process that nobody was told of.
    await load.goOn();

    await hub.add('gateway-3', ['gateway']);
    balancer.add('gateway-3');
    await load.goOn();
    balancer.stopping('gateway-1');
    await hub.process('gateway-1').kill('SIGTERM');
    await load.goOn();
    await hub.process('documents-1').start();
    await untilGatewaysKnow(hub, ['gateway-2', 'gateway-3'], 2);
    await load.goOn();

    const { orders, reservations } = await load.stop();
    expect(balancer.failedQueries).toEqual([]);
    expect(balancer.cutOff).toBeLessThanOrEqual(CLIENTS);
    await expectEachOnce(balancer, { orders, reservations });
  });
});

/** The processes that a gateway knows to answer for orders. */
function untilGatewaysKnow(hub: TestTopology, gateways: readonly string[], count: number): Promise<unknown> {
  return waitFor(
    async () => {
      const known = await Promise.all(
        gateways.map(async (name) => {
          const text = await (await fetch(`${hub.urlOf(name)}/metrics`)).text();
          return Number(/^subgraph_members\{[^}]*service="orders"[^}]*\} (\d+)$/m.exec(text)?.[1]);
        }),
      );
      return known.every((each) => each === count);
    },
    `${gateways.join(' and ')} to know ${count} processes of orders`,
  );
}

/** Asks the gateways in turn, and goes to the next one when a gateway does not take the connection: it reached nobody. */
class Balancer {
  readonly failedQueries: string[] = [];
  /** Requests that were under way when their gateway ended. */
  cutOff = 0;
  readonly #hub: TestTopology;
  readonly #gateways: string[];
  readonly #stopping = new Set<string>();
  readonly #clients = new Map<string, HubClient>();
  #turn = 0;

  constructor(hub: TestTopology, gateways: readonly string[]) {
    this.#hub = hub;
    this.#gateways = [...gateways];
  }

  get gateways(): readonly string[] {
    return this.#gateways;
  }

  add(name: string): void {
    this.#gateways.push(name);
  }

  stopping(name: string): void {
    this.#stopping.add(name);
  }

  async ask<Answer>(ask: (client: HubClient) => Promise<Answer>): Promise<Answer> {
    const from = this.#turn++;
    let refused: unknown;
    for (const [index] of this.#gateways.entries()) {
      const name = this.#gateways[(from + index) % this.#gateways.length] ?? '';
      try {
        return await ask(await this.#clientOf(name));
      } catch (error) {
        const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
        if (code === undefined) throw error;
        refused = error;
        if (code === 'ECONNREFUSED') continue;
        if (!this.#stopping.has(name)) throw error;
        this.cutOff++;
      }
    }
    throw refused;
  }

  async query<Answer>(ask: (client: HubClient) => Promise<Answer>): Promise<Answer | undefined> {
    return this.ask(ask).catch((error: unknown) => {
      this.failedQueries.push(String((error as Error).cause ?? error));
      return undefined;
    });
  }

  async #clientOf(name: string): Promise<HubClient> {
    const known = this.#clients.get(name);
    if (known) return known;
    const token = await this.#hub.issuer.issueToken({ role: 'agent' });
    const client = this.#hub.clientAt(name, token);
    this.#clients.set(name, client);
    return client;
  }
}

interface Done {
  /** Ids by the number of the order, and by the key of the command. */
  readonly orders: ReadonlyMap<string, string>;
  readonly reservations: ReadonlyMap<string, string>;
}

interface Load {
  /** Resolves when every client has gone through all that it does. */
  goOn(): Promise<void>;
  stop(): Promise<Done>;
}

/** Clients that place orders and reserve, each command repeated under its key until it is answered, and ask in between. */
function startLoad(balancer: Balancer): Load {
  const orders = new Map<string, string>();
  const reservations = new Map<string, string>();
  const rounds = Array.from({ length: CLIENTS }, () => 0);
  const stopping = new AbortController();
  const run = async (client: number): Promise<void> => {
    for (let index = 0; !stopping.signal.aborted; index++) {
      const name = `come-and-go-${client}-${index}`;
      const order = await waitFor(() => balancer.ask((at) => placeOrder(at, SKU, name)).catch(() => ''), name);
      orders.set(name, order);
      const claim = await waitFor(() => balancer.ask((at) => reserve(at, SKU, name)).catch(() => ''), name);
      reservations.set(name, claim);
      const read = await balancer.query((at) => at.graphql<{ order: object | null }>(ORDER, { id: order }));
      if (read) expect(read.order).toEqual({ id: order });
      await balancer.query((at) => availableOf(at, SKU));
      rounds[client] = index + 1;
    }
  };
  const running = Promise.all(rounds.map((_, client) => run(client)));
  return {
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

async function expectEachOnce(balancer: Balancer, { orders, reservations }: Done): Promise<void> {
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
  await waitFor(async () => (await balancer.ask((at) => availableOf(at, SKU))) === left, 'each of them once');
}
