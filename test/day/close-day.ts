import { readOrders, readPositions, type OrderRow } from '../harness/read-state.ts';
import { allReturns, outboundBacklog, postingsOf, postSales, type DayClients, type ReturnRow } from './day-clients.ts';
import { DAY_PLACES, type DayStep } from './deal-day.ts';
import type { DayWorld } from './open-day-world.ts';
import { until } from './until.ts';
import type { WarehouseCrew } from './warehouse-crew.ts';

const LINES_PER_CALL = 200;
const ALL_LOCATIONS = [DAY_PLACES.warehouse, ...DAY_PLACES.stores];

const INSPECT = 'mutation ($input: InspectReturnInput!) { inspectReturn(input: $input) { return { id } } }';
const DISPOSE = 'mutation ($input: DispositionReturnInput!) { dispositionReturn(input: $input) { return { id } } }';

interface Closing {
  readonly world: DayWorld;
  readonly clients: DayClients;
  readonly crew: WarehouseCrew;
  readonly steps: readonly DayStep[];
  readonly businessDay: string;
}

/** Lets everything come in and be done that the day has set off; the crew goes home, returned goods go back on the shelf. */
export async function closeDay({ world, clients, crew, steps, businessDay }: Closing): Promise<void> {
  await world.square.webhooksSettled();
  const of = (kind: DayStep['kind']) => steps.filter((step) => step.kind === kind).length;
  const [sales, orders, returns] = [of('SALE'), of('ORDER'), of('RETURN')];
  await until('every sale and order', async () => {
    const found = await readOrders(clients.agent);
    return { done: found.length >= sales + orders, progress: found.length };
  });
  await until('every return', async () => {
    const found = await allReturns(clients);
    return { done: found.length >= returns, progress: found.length };
  });
  await until('every order to leave', async () => {
    const placed = (await readOrders(clients.agent)).filter(({ channel }) => channel === DAY_PLACES.channel);
    const left = placed.filter(hasLeft).length;
    return { done: left === orders && crew.pendingWriteOffs === 0, progress: `${left}/${crew.pendingWriteOffs}` };
  });
  await crew.end();
  for (const each of await allReturns(clients)) await restock(clients, each);
  await until('the returned goods on the shelf', async () => {
    const positions = await readPositions(clients.agent, ALL_LOCATIONS);
    const pending = positions.reduce((sum, { returnPending }) => sum + Number(returnPending), 0);
    return { done: pending === 0, progress: pending };
  });
  for (const store of DAY_PLACES.stores) await cashUp(clients, { store, businessDay, steps });
  await until('the queues to the systems', async () => {
    const backlog = await outboundBacklog(clients);
    return { done: backlog === 0, progress: backlog };
  });
}

/** Posts what a store sold once the hub has all of it, and waits until tills, hub and ERP say the same. */
async function cashUp(
  clients: DayClients,
  {
    store,
    businessDay,
    steps,
  }: { readonly store: string; readonly businessDay: string; readonly steps: Closing['steps'] },
): Promise<void> {
  const receipts = steps.filter((step) => 'store' in step && step.store === store).length;
  const registers = async () => (await postingsOf(clients, store, businessDay)).flatMap((posting) => posting.registers);
  await until(`the receipts of ${store}`, async () => {
    const taken = (await registers()).reduce((sum, { taken: { sales, returns } }) => sum + sales + returns, 0);
    return { done: taken >= receipts, progress: taken };
  });
  if (receipts === 0) return;
  await postSales(clients, store, businessDay);
  await until(`the proof of ${store}`, async () => {
    const postings = await postingsOf(clients, store, businessDay);
    return { done: postings.every(({ state }) => state === 'PROVEN'), progress: JSON.stringify(postings) };
  });
}

/** Every unit of it is with the carrier or with the customer. */
export function hasLeft({ lines }: OrderRow): boolean {
  return lines.every(({ states }) =>
    states.every(({ state, quantity }) => Number(quantity) === 0 || state === 'SHIPPED' || state === 'DELIVERED'),
  );
}

/** Nothing that came back is broken. */
async function restock({ agent }: DayClients, { id, lines }: ReturnRow): Promise<void> {
  for (let from = 0; from < lines.length; from += LINES_PER_CALL) {
    const some = lines.slice(from, from + LINES_PER_CALL).map((line) => line.id);
    await agent.graphql(INSPECT, { input: { return: id, lines: some.map((line) => ({ line, condition: 'A' })) } });
    const disposed = some.map((line) => ({ line, disposition: 'RESTOCK' }));
    await agent.graphql(DISPOSE, { input: { return: id, lines: disposed } });
  }
}
