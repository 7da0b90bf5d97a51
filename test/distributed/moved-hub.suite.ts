import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { destination } from 'pino';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { connectDemoRetailer, demoRetailOptions } from '../../scripts/demo/connect-demo-retailer.ts';
import type { DemoRetailer } from '../../scripts/demo/start-demo-retailer.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import { openHub } from '../../scripts/hub/open-hub.ts';
import type { TopologyServers } from '../../scripts/topology/start-servers.ts';
import { freePort } from '../harness/free-port.ts';
import { COUNTED, availableOf, countStock, placeOrder, reserve } from '../harness/leeds-stock.ts';
import { subscribe } from '../harness/live-frames.ts';
import type { TestTopology } from '../harness/open-topology.ts';

/*
 * A hub of one process sells, stops, and is moved to the servers; processes of roles go on where it was.
 */

const SKU = 'CANDLE-FIG';
const ORDERS = 5;
const STDERR = 2;
const ORDER = `query ($id: ID!) { order(id: $id) { id status externalId lines { sku { id } ordered } } }`;
const RESERVATION = `query ($id: ID!) { reservation(id: $id) { id status quantity } }`;
const AVAILABILITY = `subscription ($after: ChangeCursor) {
  availabilityChanged(channel: "WEB-GB", after: $after) { cursor reset changes { key version deleted available } }
}`;
const COUNT = { location: 'STORE-LEEDS', lines: [{ lineId: '1', sku: SKU, quantity: String(COUNTED) }] };

interface Change {
  readonly key: string;
  readonly version: number;
  readonly available: string | null;
}

interface MovedParts {
  readonly servers: TopologyServers;
  readonly retailer: DemoRetailer;
}

/** What clients of the hub know when it stops. */
export interface Known {
  readonly orders: ReadonlyMap<string, object>;
  readonly reservation: object;
  readonly claim: string;
  readonly available: number;
  readonly cursor: string;
}

export function movedHubSuite(shared: () => TestTopology, told: () => Known): void {
  describe('a hub that was moved to the servers', () => {
    let hub: TestTopology;
    let known: Known;
    beforeAll(() => {
      hub = shared();
      known = told();
    });

    test('has every order and reservation as it was, and the same stock', async () => {
      const agent = await hub.as({ role: 'agent' });
      for (const [id, order] of known.orders) expect(await readOrder(agent, id)).toEqual(order);
      expect(await readReservation(agent, known.claim)).toEqual(known.reservation);
      expect(await availableOf(agent, SKU)).toBe(known.available);
    });

    test('answers what was answered before when it is asked again, and takes in no fact a second time', async () => {
      const agent = await hub.as({ role: 'agent' }, 1);
      expect(await reserve(agent, SKU, 'moved')).toBe(known.claim);
      expect([...known.orders.keys()]).toContain(await placeOrder(agent, SKU, 'moved-0'));
      const fact = {
        eventId: `count-${SKU}`,
        type: 'stock-counted',
        occurredAt: new Date(0).toISOString(),
        data: COUNT,
      };
      const [outcome] = await hub.integrator.ingest('stock-take', [fact]);
      expect(['DUPLICATE', 'CONFLICT']).toContain(outcome?.outcome);
      expect(await availableOf(agent, SKU)).toBe(known.available);
    });

    test('goes on: a subscriber by its cursor, and new orders behind the old ones', async () => {
      const [url = ''] = hub.gateways;
      const token = await hub.issuer.issueToken({ role: 'agent' });
      const live = subscribe<Change>(url, { token, query: AVAILABILITY, variables: { after: known.cursor } });
      await waitFor(() => {
        if (live.errors.length > 0) throw new Error(JSON.stringify(live.errors));
        return live.frames.length > 0;
      }, 'the first frame');
      expect(live.frames[0]?.reset).toBe(false);
      const agent = await hub.as({ role: 'agent' }, 1);
      const id = await placeOrder(agent, SKU, 'after-the-move');
      expect([...known.orders.keys()]).not.toContain(id);
      await live.awaitChange(({ available }) => available === String(known.available - 1), 'the new order');
      expect(live.frames.every(({ reset }) => !reset)).toBe(true);
      await live.close();
      expect(await availableOf(agent, SKU)).toBe(known.available - 1);
    });
  });
}

/** Sells in one process over a folder, and moves what that left to the servers. */
export async function sellAndMove(directory: string, { servers, retailer }: MovedParts): Promise<Known> {
  const known = await sellInOneProcess(directory, retailer);
  await migrate(directory, servers);
  return known;
}

async function sellInOneProcess(directory: string, retailer: DemoRetailer): Promise<Known> {
  const config = readConfig({ STOCKWIRE_PORT: String(await freePort()), STOCKWIRE_DATA_DIR: directory }, directory);
  const hub = await openHub({
    config,
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    retail: demoRetailOptions(retailer),
    connect: (platform, requestCatchUp) =>
      connectDemoRetailer(retailer, { platform, publicUrl: config.publicUrl, requestCatchUp }),
  });
  try {
    const tokenOf = async (role: 'agent' | 'integrator') => (await hub.auth.devIssuer?.issueToken({ role })) ?? '';
    const agent = createHubClient(hub.url, await tokenOf('agent'));
    const integrator = createHubClient(hub.url, await tokenOf('integrator'));
    await countStock({ as: async () => agent, integrator }, SKU);
    const orders = new Map<string, object>();
    for (let index = 0; index < ORDERS; index++) orders.set(await placeOrder(agent, SKU, `moved-${index}`), {});
    const claim = await reserve(agent, SKU, 'moved');
    const available = COUNTED - ORDERS - 1;
    await waitFor(async () => (await availableOf(agent, SKU)) === available, 'everything to be claimed');
    for (const id of orders.keys()) orders.set(id, await settledOrder(agent, id));
    const live = subscribe<Change>(hub.url, { token: await tokenOf('agent'), query: AVAILABILITY });
    const { cursor } = await waitFor(() => live.frames.at(-1), 'the snapshot');
    await live.close();
    return { orders, claim, reservation: await readReservation(agent, claim), available, cursor };
  } finally {
    await hub.close();
  }
}

async function migrate(directory: string, { natsUrl, mongoUrl }: TopologyServers): Promise<void> {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'migrate.ts');
  const child = spawn(process.execPath, [script, '--to-distributed', '--data', directory], {
    env: { NATS_URL: natsUrl, MONGODB_URL: mongoUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The migration ended with ${code}:\n${output}`);
}

/** An order goes on by itself until its work lies with a location. */
function settledOrder(client: HubClient, id: string): Promise<object> {
  let before = '';
  return waitFor(async () => {
    const now = await readOrder(client, id);
    const text = JSON.stringify(now);
    if (text === before && (now as { readonly status?: string }).status === 'PROCESSING') return now;
    before = text;
    return undefined;
  }, `order ${id} to be in work`);
}

async function readOrder(client: HubClient, id: string): Promise<object> {
  return (await client.graphql<{ readonly order: object | null }>(ORDER, { id })).order ?? {};
}

async function readReservation(client: HubClient, id: string): Promise<object> {
  return (await client.graphql<{ readonly reservation: object | null }>(RESERVATION, { id })).reservation ?? {};
}
