import { beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure } from '../../scripts/client/hub-client.ts';
import { COUNTED, availableOf, countStock, placeOrder, reserve } from '../harness/leeds-stock.ts';
import { isLeading, type TestTopology } from '../harness/open-topology.ts';

/*
 * Processes are killed and paused, and servers taken away, while clients go on. What was answered stays, and nothing is
 * promised twice.
 */

const CLIENTS = 4;
const REPEAT_EVERY = 5;

export function takeOverSuite(shared: () => TestTopology): void {
  describe('processes and servers that fail', () => {
    let hub: TestTopology;
    beforeAll(() => {
      hub = shared();
    });

    test('has another process decide when the one that did is killed, and loses nothing that it answered', async () => {
      const sku = 'SCARF-RUST';
      await countStock(hub, sku);
      const { leader, standby } = await hub.inventory();
      const clients = await startReserving(hub, sku);
      await clients.answers(20);

      const killedMs = performance.now();
      await hub.process(leader).kill();
      await waitFor(() => isLeading(hub.urlOf(standby)), 'the standby to lead');
      const ledMs = Math.round(performance.now() - killedMs);
      await clients.answers(20);
      const claims = await clients.stop();
      tellHandover('SIGKILL', { sinceMs: killedMs, ledMs }, clients);

      await hub.process(leader).start();
      await expectEachOnce(hub, sku, claims);
    });

    test('has a leader that stood still find that it leads no more, and answer nothing from then on', async () => {
      const sku = 'SCARF-SKY';
      await countStock(hub, sku);
      const { leader, standby } = await hub.inventory();
      const clients = await startReserving(hub, sku);
      await clients.answers(20);

      const pausedMs = performance.now();
      hub.process(leader).pause();
      await waitFor(() => isLeading(hub.urlOf(standby)), 'the standby to lead');
      const ledMs = Math.round(performance.now() - pausedMs);
      await clients.answers(20);
      hub.process(leader).resume();
      await waitFor(async () => !(await isLeading(hub.urlOf(leader))), 'the former leader to step down');
      await hub.process(leader).ready();
      await clients.answers(20);
      const claims = await clients.stop();
      tellHandover('SIGSTOP', { sinceMs: pausedMs, ledMs }, clients);

      expect(await hub.inventory()).toEqual({ leader: standby, standby: leader });
      await expectEachOnce(hub, sku, claims);
    });

    test('hands over when it is stopped in an orderly way, without anybody being refused', async () => {
      const sku = 'JEANS-30';
      await countStock(hub, sku);
      const { leader, standby } = await hub.inventory();
      const clients = await startReserving(hub, sku);
      await clients.answers(20);

      const stoppedMs = performance.now();
      await hub.process(leader).kill('SIGTERM');
      await waitFor(() => isLeading(hub.urlOf(standby)), 'the standby to lead');
      const ledMs = Math.round(performance.now() - stoppedMs);
      await clients.answers(20);
      const claims = await clients.stop();
      tellHandover('SIGTERM', { sinceMs: stoppedMs, ledMs }, clients);

      await hub.process(leader).start();
      await expectEachOnce(hub, sku, claims);
    });

    test('refuses to write within seconds while NATS hangs, reads on, and recovers by itself', async () => {
      const sku = 'JEANS-32';
      await countStock(hub, sku);
      const agent = await hub.as({ role: 'agent' });
      await reserve(agent, sku, 'hang-before');
      hub.process('nats').pause();
      const { refused, read } = await (async () => {
        try {
          const failures = await Promise.all(
            ['a', 'b', 'c'].map((key) => refusalOf(() => reserve(agent, sku, `hang-${key}`))),
          );
          return { refused: failures, read: await availableOf(agent, sku) };
        } finally {
          hub.process('nats').resume();
        }
      })();
      for (const key of ['a', 'b', 'c']) {
        await waitFor(() => reserve(agent, sku, `hang-${key}`).catch(() => undefined), 'an answer again');
      }

      expect(refused).toHaveLength(3);
      // What was asked for last may have been decided, and is not durable.
      expect(read).toBe(COUNTED - 1);
      await waitFor(async () => (await availableOf(agent, sku)) === COUNTED - 4, 'each reservation once');
    });

    test('reads on from memory without NATS, refuses to write at once, and recovers by itself', async () => {
      const sku = 'TEE-WHITE-M';
      await countStock(hub, sku);
      const agent = await hub.as({ role: 'agent' });
      await reserve(agent, sku, 'nats-before');
      await hub.process('nats').kill();
      const refused = await refusalOf(() => reserve(agent, sku, 'nats-during'));
      const during = await availableOf(agent, sku);
      await hub.process('nats').start();
      await waitFor(() => reserve(agent, sku, 'nats-during').catch(() => undefined), 'an answer again');

      expect(during).toBe(COUNTED - 1);
      expect(['CONTEXT_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']).toContain(refused.code);
      await waitFor(async () => (await availableOf(agent, sku)) === COUNTED - 2, 'each reservation once');
    });

    test('promises stock without MongoDB, refuses orders, and recovers by itself', async () => {
      // The server of MONGODB_URL is not ours to kill.
      if (hub.processes.every(({ name }) => name !== 'mongo')) return;
      const sku = 'COFFEE-HOUSE';
      await countStock(hub, sku);
      const agent = await hub.as({ role: 'agent' });
      await hub.process('mongo').kill();
      await waitFor(() => reserve(agent, sku, 'mongo-during').catch(() => undefined), 'a reservation without MongoDB');
      await refusalOf(() => placeOrder(agent, sku, 'mongo-during'));
      await hub.process('mongo').start();
      await waitFor(() => placeOrder(agent, sku, 'mongo-during').catch(() => undefined), 'the order');

      await waitFor(async () => (await availableOf(agent, sku)) === COUNTED - 2, 'reservation and order, each once');
    });

    test('keeps every order that was answered when a process of orders is killed', async () => {
      const sku = 'TEE-BLACK-L';
      await countStock(hub, sku);
      const agent = await hub.as({ role: 'agent' });
      const placed = new Map<string, string>();
      let longestMs = 0;
      const placing = (async () => {
        for (let index = 0; index < ORDERS; index++) {
          const externalId = `${sku}-${index}`;
          const askedMs = performance.now();
          placed.set(externalId, await waitFor(() => placeOrder(agent, sku, externalId).catch(() => ''), externalId));
          longestMs = Math.max(longestMs, performance.now() - askedMs);
        }
      })();
      await waitFor(() => placed.size >= ORDERS / 3, 'the first orders');
      await hub.process('documents-1').kill();
      await placing;
      console.log(`SIGKILL of orders: no order waited for more than ${Math.round(longestMs)} ms.`);
      await hub.process('documents-1').start();

      for (const id of placed.values()) {
        const { order } = await agent.graphql<{ order: { id: string } | null }>(
          `query ($id: ID!) { order(id: $id) { id } }`,
          { id },
        );
        expect(order).toEqual({ id });
      }
      await waitFor(async () => (await availableOf(agent, sku)) === COUNTED - ORDERS, 'one unit for each order');
    });
  });
}

function tellHandover(signal: string, { sinceMs, ledMs }: Handover, clients: Reserving): void {
  const first = `the first answer to what was asked after it came after ${clients.firstAnswerMs(sinceMs)} ms`;
  const waited = `no client waited for more than ${clients.longestMs()} ms`;
  console.log(`${signal} of the leader: another led after ${ledMs} ms; ${first}; ${waited}.`);
}

/** What is refused while a server is away; until then it may have been answered, or not at all. */
function refusalOf(ask: () => Promise<unknown>): Promise<GraphqlFailure> {
  return waitFor(async () => {
    const failure = await ask().catch((error: unknown) => error);
    return failure instanceof GraphqlFailure ? failure : undefined;
  }, 'a refusal');
}

const ORDERS = 12;
const READ_RESERVATION = `query ($id: ID!) { reservation(id: $id) { status quantity } }`;

interface Handover {
  readonly sinceMs: number;
  readonly ledMs: number;
}

interface Reserving {
  /** From a moment to the first answer to a command that was asked for after it. */
  firstAnswerMs(sinceMs: number): number;
  /** The longest that one command took until it was answered, with its repetitions. */
  longestMs(): number;
  /** Resolves when so many more were answered. */
  answers(count: number): Promise<void>;
  /** @returns reservations by the key of their command */
  stop(): Promise<ReadonlyMap<string, string>>;
}

/** Clients at both gateways, each with one command at a time, repeated under its key until it is answered. */
async function startReserving(hub: TestTopology, sku: string): Promise<Reserving> {
  const answered = new Map<string, string>();
  const stopping = new AbortController();
  const asked: { readonly atMs: number; readonly answeredMs: number }[] = [];
  const run = async (client: number): Promise<void> => {
    const agent = await hub.as({ role: 'agent' }, client % hub.gateways.length);
    for (let index = 0; !stopping.signal.aborted; index++) {
      const key = `${sku}-${client}-${index}`;
      const askedMs = performance.now();
      const id = await waitFor(() => reserve(agent, sku, key).catch(() => undefined), key);
      asked.push({ atMs: askedMs, answeredMs: performance.now() });
      // What was answered once is answered the same for ever.
      if (index % REPEAT_EVERY === 0) expect(await reserve(agent, sku, key).catch(() => id)).toBe(id);
      answered.set(key, id);
    }
  };
  const running = Promise.all(Array.from({ length: CLIENTS }, (_, client) => run(client)));
  return {
    firstAnswerMs: (sinceMs) =>
      Math.round(
        Math.min(...asked.filter(({ atMs }) => atMs >= sinceMs).map(({ answeredMs }) => answeredMs)) - sinceMs,
      ),
    longestMs: () => Math.round(Math.max(...asked.map(({ atMs, answeredMs }) => answeredMs - atMs))),
    answers: async (count) => {
      const before = answered.size;
      await waitFor(() => answered.size >= before + count, `${count} answers`);
    },
    stop: async () => {
      stopping.abort();
      await running;
      return answered;
    },
  };
}

/** Every process that answers knows each of them, and no others were made. */
async function expectEachOnce(hub: TestTopology, sku: string, claims: ReadonlyMap<string, string>): Promise<void> {
  expect(new Set(claims.values()).size).toBe(claims.size);
  for (const [index] of hub.gateways.entries()) {
    const agent = await hub.as({ role: 'agent' }, index);
    for (const id of claims.values()) {
      const { reservation } = await agent.graphql<{ reservation: object | null }>(READ_RESERVATION, { id });
      expect(reservation).toEqual({ status: 'ACTIVE', quantity: '1' });
    }
    await waitFor(async () => (await availableOf(agent, sku)) === COUNTED - claims.size, 'each reservation once');
  }
}
