import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSeededRandom } from '../../connectors/simulators/runtime/seeded-random.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import { startDemoRetailer, type DemoRetailer } from '../../scripts/demo/start-demo-retailer.ts';
import {
  clientOf,
  describeSystems,
  hubUrlOf,
  startHubProcess,
  type HubProcess,
  type HubProcessOptions,
} from '../harness/hub-process.ts';
import { freePort } from '../harness/free-port.ts';
import { readOrders, readPositions } from '../harness/read-state.ts';

/*
 * A hub in a process of its own is killed in the middle of its work, again and again, over the same data, while the
 * outside systems live on. What it had answered is there, nothing is there twice, and the ledger ends at what the
 * outside systems really have.
 */

const { killRounds, propertySeed = Date.now() % 1_000_000 } = testConfig();
const CLIENTS = 8;
const ANSWERS_PER_ROUND = 60;
/** Sold online alone, and soon sold out. */
const ONLINE = ['LAMP', 'SCARF-RUST', 'SCARF-SKY'];
const ONLINE_STOCK_PER_ROUND = 20;
/** Sold in stores alone: what a till sells is gone, whatever is promised elsewhere. */
const IN_STORE = 'HOODIE-M';
const STORES = ['STORE-LEEDS', 'STORE-BATH'] as const;
const STORE_STOCK = 1_000;

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;
const RESERVE = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { reservations { id } } }`;
const RESERVATION = `query ($id: ID!) { reservation(id: $id) { status quantity sku { id } } }`;

/** Something a client has asked for; `id` once the hub has said yes. */
interface Attempt {
  readonly kind: 'ORDER' | 'RESERVATION';
  readonly key: string;
  readonly sku: string;
  readonly quantity: string;
  id?: string;
  isRefused?: boolean;
}

let directory: TemporaryDirectory;
let retailer: DemoRetailer;
let options: HubProcessOptions;
let hub: HubProcess | undefined;
let agent: HubClient;
const attempts: Attempt[] = [];
const random = createSeededRandom(propertySeed);

beforeAll(async () => {
  directory = await temporaryDirectory();
  const port = await freePort();
  retailer = await startDemoRetailer({ numbersFrom: 1_000, randomSeed: propertySeed });
  options = { port, directory: directory.path, systems: describeSystems(retailer, hubUrlOf({ port })) };
  hub = await startHubProcess(options);
  agent = await clientOf(hubUrlOf(options), 'agent');
  for (const sku of ONLINE) {
    const quantity = String(ONLINE_STOCK_PER_ROUND * killRounds);
    retailer.wms.count({ warehouse: 'DC-NORTH', sku, quantity });
  }
  const quantity = String(STORE_STOCK);
  for (const location of STORES) tillOf(location).count({ locationCode: location, sku: IN_STORE, quantity });
  const integrator = await clientOf(hubUrlOf(options), 'integrator');
  await integrator.ingest(
    DEMO_SYSTEMS.stockTake,
    STORES.map((location) => ({
      eventId: `opening-${location}`,
      type: 'stock-counted',
      occurredAt: new Date().toISOString(),
      data: { location, lines: [{ lineId: '1', sku: IN_STORE, quantity }] },
    })),
  );
  await waitFor(async () => {
    expect(await ledgerStock()).toEqual(realStock());
    return true;
  }, 'the opening stock');
  retailer.wms.work.autopilot({ stepMs: 10 });
});

afterAll(async () => {
  await hub?.kill();
  await retailer?.close();
  await directory?.remove();
});

test(`what was acknowledged survives ${killRounds} kills in the middle of work, once, and nothing is oversold (seed ${propertySeed})`, async () => {
  for (let round = 1; round <= killRounds; round++) {
    await killInTheMiddle(round);
    hub = await startHubProcess(options);
    await everyAcknowledgedIsThere();
  }
  expect(attempts.filter(({ id, isRefused }) => id === undefined && !isRefused).length).toBeGreaterThan(0);
  // Whoever got no answer asks again, as every client would.
  for (const attempt of attempts) await askAgain(attempt);
  await everyAcknowledgedIsThere();

  const orders = await waitFor(async () => {
    const all = await readOrders(agent);
    const open = all.filter(
      ({ channel, status }) => channel === 'WEB-GB' && !['DELIVERED', 'REJECTED'].includes(status),
    );
    return open.length === 0 ? all : undefined;
  }, 'the end of all work');
  const numbers = orders.map(({ channel, externalId }) => `${channel}/${externalId}`);
  expect(new Set(numbers).size).toBe(numbers.length);

  await waitFor(async () => {
    expect(await ledgerStock()).toEqual(realStock());
    return true;
  }, 'the ledger to be what the systems have');
  await nothingIsOversold();
  await noOrderNeedsAnybody();
});

/** Clients order and reserve side by side and tills sell, until enough was answered; then the process is gone. */
async function killInTheMiddle(round: number): Promise<void> {
  let answers = 0;
  const killed = new AbortController();
  const work = async (client: number) => {
    for (let n = 1; !killed.signal.aborted; n++) {
      const attempt: Attempt = {
        kind: random() < 0.6 ? 'ORDER' : 'RESERVATION',
        key: `R${round}-C${client}-${n}`,
        sku: pick(ONLINE),
        quantity: random() < 0.7 ? '1' : '2',
      };
      attempts.push(attempt);
      if (random() < 0.3) sellInStore();
      await ask(attempt);
      if (attempt.id !== undefined || attempt.isRefused) answers++;
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, client) => work(client));
  const enough = ANSWERS_PER_ROUND / 2 + random() * ANSWERS_PER_ROUND;
  await Promise.race([waitFor(() => answers >= enough, 'the answers'), Promise.all(clients)]);
  await hub?.kill();
  killed.abort();
  await Promise.all(clients);
}

/** A broken connection says nothing; everything else the hub has decided. */
async function ask(attempt: Attempt): Promise<void> {
  try {
    attempt.id = attempt.kind === 'ORDER' ? await place(attempt) : await reserve(attempt);
  } catch (error) {
    if (error instanceof GraphqlFailure) {
      expect(error.code).toBe('INSUFFICIENT_STOCK');
      attempt.isRefused = true;
    } else if (!isBrokenOff(error)) throw error;
  }
}

/** The class of what `fetch` throws belongs to Node, and not to the realm of the test. */
function isBrokenOff(error: unknown): boolean {
  return ['TypeError', 'SyntaxError'].includes((error as { name?: string }).name ?? '');
}

async function askAgain(attempt: Attempt): Promise<void> {
  if (attempt.isRefused) return;
  const { id } = attempt;
  await ask(attempt);
  if (id !== undefined) expect(attempt.id).toBe(id);
}

async function everyAcknowledgedIsThere(): Promise<void> {
  const orders = new Map((await readOrders(agent)).map((order) => [order.id, order]));
  for (const { kind, id, key, sku, quantity } of attempts) {
    if (id === undefined) continue;
    if (kind === 'ORDER') {
      expect(orders.get(id)).toMatchObject({ externalId: key, lines: [{ sku: { id: sku }, ordered: quantity }] });
    } else {
      const { reservation } = await agent.graphql<{ reservation: unknown }>(RESERVATION, { id });
      expect(reservation).toEqual({ status: 'ACTIVE', quantity, sku: { id: sku } });
    }
  }
}

/** Whatever a process was at when it was gone, another one has come to the end of it. */
async function noOrderNeedsAnybody(): Promise<void> {
  const operator = await clientOf(hubUrlOf(options), 'operator');
  const classes = ['ORDER_STUCK', 'COMMAND_REFUSED', 'CLAIM_LOST', 'FACT_REFUSED', 'SOURCING_GIVEN_UP'];
  const { exceptions } = await operator.graphql<{ exceptions: { edges: readonly object[] } }>(
    `query ($classes: [ExceptionClass!]) {
      exceptions(filter: { classes: $classes }) { edges { node { class status summary } } } }`,
    { classes },
  );
  expect(exceptions.edges).toEqual([]);
}

/** Orders and reservations together took no more than there was, and what is left is exactly the rest. */
async function nothingIsOversold(): Promise<void> {
  const orders = await readOrders(agent);
  const { availability } = await agent.graphql<{ availability: { sku: { id: string }; available: string }[] }>(
    `query ($skus: [ID!]!) { availability(skus: $skus, channel: "WEB-GB") { sku { id } available } }`,
    { skus: ONLINE },
  );
  for (const { sku, available } of availability) {
    const ordered = orders
      .filter(({ channel, status }) => channel === 'WEB-GB' && status !== 'REJECTED')
      .flatMap(({ lines }) => lines.filter((line) => line.sku.id === sku.id))
      .reduce((sum, line) => sum + Number(line.ordered), 0);
    const reserved = attempts
      .filter((attempt) => attempt.kind === 'RESERVATION' && attempt.sku === sku.id && attempt.id !== undefined)
      .reduce((sum, { quantity }) => sum + Number(quantity), 0);
    expect(ordered + reserved).toBeLessThanOrEqual(ONLINE_STOCK_PER_ROUND * killRounds);
    expect(Number(available)).toBe(ONLINE_STOCK_PER_ROUND * killRounds - ordered - reserved);
  }
}

async function place({ key, sku, quantity }: Attempt): Promise<string> {
  const amountMinor = 1_000 * Number(quantity);
  const { placeOrder } = await agent.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, {
    input: {
      channel: 'WEB-GB',
      externalId: key,
      lines: [{ sku, quantity, unitPriceMinor: 1_000 }],
      tenders: [{ tender: 'CARD', amountMinor }],
    },
  });
  return placeOrder.order.id;
}

async function reserve({ key, sku, quantity }: Attempt): Promise<string> {
  const { reserveStock } = await agent.graphql<{ reserveStock: { reservations: { id: string }[] } }>(RESERVE, {
    input: { idempotencyKey: key, channel: 'WEB-GB', kind: 'MANUAL', lines: [{ sku, quantity }] },
  });
  return reserveStock.reservations[0]?.id ?? '';
}

function sellInStore(): void {
  const locationCode = pick(STORES);
  tillOf(locationCode).ringUpSale({ locationCode, lines: [{ sku: IN_STORE, quantity: '1' }] });
}

function tillOf(location: (typeof STORES)[number]) {
  return location === 'STORE-LEEDS' ? retailer.square : retailer.lightspeed;
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

/** What lies where, as the ledger has it. */
async function ledgerStock(): Promise<Readonly<Record<string, number>>> {
  const rows = await readPositions(agent, ['DC-NORTH', ...STORES]);
  return stockOf(rows.map(({ location, sku, onHand }) => ({ location, sku, quantity: Number(onHand) })));
}

/** What lies where, as nobody but the simulated world knows. */
function realStock(): Readonly<Record<string, number>> {
  const truth = [retailer.wms, retailer.square, retailer.lightspeed].flatMap((system) => system.physicalTruth());
  return stockOf(truth.map(({ location, sku, units }) => ({ location, sku, quantity: units / 10_000 })));
}

function stockOf(
  rows: readonly { readonly location: string; readonly sku: string; readonly quantity: number }[],
): Readonly<Record<string, number>> {
  const watched = rows.filter(({ location, sku }) =>
    location === 'DC-NORTH' ? ONLINE.includes(sku) : sku === IN_STORE && STORES.some((store) => store === location),
  );
  const stock: Record<string, number> = {};
  for (const { location, sku, quantity } of watched) {
    stock[`${location} ${sku}`] = (stock[`${location} ${sku}`] ?? 0) + quantity;
  }
  return stock;
}
