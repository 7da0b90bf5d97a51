import { readOrders } from '../harness/read-state.ts';
import { hasLeft } from './close-day.ts';
import { countBy } from './count-by.ts';
import { allReturns, postingsOf, readCounter, type DayClients } from './day-clients.ts';
import { DAY_PLACES, type DayStep } from './deal-day.ts';
import { DAY_SYSTEMS, WORKED_WAREHOUSE, type DayWorld } from './open-day-world.ts';

/** What the systems have told and the hub does not know, or knows more than once; and the other way round. */
export async function findLost(
  world: DayWorld,
  clients: DayClients,
  steps: readonly DayStep[],
): Promise<readonly string[]> {
  const faults: string[] = [];
  const orders = await readOrders(clients.agent);
  const expected = steps.flatMap((step) => {
    if (step.kind === 'SALE') return [`STORE:${step.store} ${step.number}`];
    return step.kind === 'ORDER' ? [`${DAY_PLACES.channel} ${step.number}`] : [];
  });
  const known = orders.map(({ channel, externalId }) => `${channel} ${externalId}`);
  faults.push(...apart('order', expected, known));
  const returned = (await allReturns(clients)).flatMap(({ location, lines }) =>
    lines.map(({ sku, quantity }) => `${sku?.id} x ${quantity} at ${location?.id}`),
  );
  const takenBack = steps.flatMap((step) =>
    step.kind === 'RETURN' ? step.lines.map(({ sku, quantity }) => `${sku} x ${quantity} at ${step.store}`) : [],
  );
  faults.push(...apart('returned line', takenBack, returned));
  const placed = orders.filter(({ channel }) => channel === DAY_PLACES.channel);
  faults.push(...placed.filter((order) => !hasLeft(order)).map(({ externalId }) => `order ${externalId} has not left`));
  const shipments = await world.people.shipments(WORKED_WAREHOUSE);
  faults.push(
    ...apart(
      'shipment',
      placed.map(({ id }) => id),
      [...shipments].flatMap(([reference, states]) => states.map(() => reference)),
    ),
  );
  const receipts = steps.filter(({ kind }) => kind === 'SALE' || kind === 'RETURN').length;
  const accepted = await readCounter(world.hub.url, 'inbox_messages_total', {
    source: DAY_SYSTEMS.pos,
    outcome: 'ACCEPTED',
  });
  if (accepted !== receipts) faults.push(`${receipts} receipts were printed, ${accepted} messages accepted`);
  return faults;
}

/** Sales of stores that Tryton has not exactly once, by the hub's own key. */
export async function findPostedTwice(
  { people }: DayWorld,
  clients: DayClients,
  businessDay: string,
): Promise<readonly string[]> {
  const faults = DAY_PLACES.stores.map(async (store) => {
    const key = `stockwire:sales:${store}:${businessDay}:`;
    const batches = (await postingsOf(clients, store, businessDay)).flatMap((posting) => posting.batches);
    const found = await people.salesOf(key);
    return found.length === batches.length && new Set(found).size === batches.length
      ? []
      : [`${batches.length} batches of ${store} are ${found.length} sales: ${found.join(', ')}`];
  });
  return (await Promise.all(faults)).flat();
}

/** Once here means once there. */
export function apart(what: string, expected: readonly string[], found: readonly string[]): readonly string[] {
  const [wanted, there] = [countBy(expected), countBy(found)];
  return [...new Set([...expected, ...found])]
    .filter((each) => wanted[each] !== there[each])
    .map((each) => `${what} ${each}: told ${wanted[each] ?? 0} times, there ${there[each] ?? 0} times`);
}
