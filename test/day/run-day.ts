import { readOrders } from '../harness/read-state.ts';
import { closeDay, hasLeft, until } from './close-day.ts';
import { compareBooks, unexplained, type Books, type Difference, type ToldDifference } from './compare-books.ts';
import {
  allReturns,
  dayClients,
  openExceptions,
  postingsOf,
  readCounter,
  type DayClients,
  type ExceptionRow,
} from './day-clients.ts';
import { DAY_PLACES, openingStock, type DealtDay, type DayStep } from './deal-day.ts';
import { DAY_SYSTEMS, DAY_WAREHOUSES, WORKED_WAREHOUSE, type DayWorld } from './open-day-world.ts';
import { BACK_OFFICE, openingMessages } from './opening-messages.ts';
import { planFaults } from './plan-faults.ts';
import { readBooks } from './read-books.ts';
import { reconcileBooks } from './reconcile-books.ts';
import { tradeDay } from './trade-day.ts';
import { WarehouseCrew } from './warehouse-crew.ts';

export interface DayOptions {
  readonly seed: number;
  readonly paceMs: number;
  /** The calendar day of the stores. */
  readonly businessDay: string;
  readonly tell: (sentence: string) => void;
}

/** What came of a day. */
export interface DayResult {
  readonly steps: Readonly<Record<DayStep['kind'], number>>;
  /** What became of the webhooks of the POS, and how many came more than once. */
  readonly webhooks: Readonly<Record<'delivered' | 'dropped' | 'gave up' | 'doubled', number>>;
  /** Calls of the hub to each system. */
  readonly calls: Readonly<Record<'pos' | 'tryton', Calls>>;
  /** Outcomes of the inbox by system. */
  readonly inbox: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly positions: number;
  readonly differences: number;
  /** Differences that were planted behind the hub's back, and exceptions that they made. */
  readonly planted: number;
  readonly found: number;
  /** Everything that speaks against the day. */
  readonly faults: readonly string[];
}

type Calls = Readonly<Record<'answered' | 'throttled' | 'met nobody', number>>;

const HOUR_MS = 3_600_000;
const TOO_MANY = 429;
const SERVER_ERROR = 500;
const OUTCOMES = ['ACCEPTED', 'DUPLICATE', 'CONFLICT', 'QUARANTINED', 'FOREIGN'];

/** A day from the opening to the last comparison. */
export async function runDay(
  world: DayWorld,
  day: DealtDay,
  { seed, paceMs, businessDay, tell }: DayOptions,
): Promise<DayResult> {
  const clients = await dayClients(world.hub);
  const { steps } = day;
  const opening = await openStores(world, clients, day);
  tell('Everything lies where it has to; the day begins.');
  const crew = new WarehouseCrew(world.people, WORKED_WAREHOUSE);
  const plan = planFaults(steps.length, seed);
  const told = await tradeDay({ world, clients, crew, steps, opening, plan, businessDay, paceMs });
  tell('The day is over; what is under way comes to its end.');
  await closeDay({ world, clients, crew, steps, businessDay });

  const faults = [...(await lost(world, clients, steps)), ...(await postedTwice(world, clients, businessDay))];
  faults.push(...(await reconcileBooks(clients)));
  const books = await readBooks(world, clients, day.items);
  const { compared, differences } = compareBooks(books);
  const exceptions = await openExceptions(clients);
  faults.push(...unexplained(differences, variancesOf(exceptions)), ...others(exceptions, told.conflicts));
  tell('Compared; now shelves are changed behind the back of the hub.');
  const planted = await plant(world, books, differences);
  faults.push(...(await reconcileBooks(clients)));
  const after = compareBooks(await readBooks(world, clients, day.items)).differences;
  const found = variancesOf(await openExceptions(clients));
  faults.push(...unexplained(after, found));
  if (after.length !== differences.length + planted)
    faults.push(`${planted} differences were planted, ${after.length - differences.length} were seen`);
  return {
    steps: Object.fromEntries(
      [...Map.groupBy(steps, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length]),
    ) as DayResult['steps'],
    webhooks: webhooksOf(world),
    calls: { pos: callsOf(world.square), tryton: callsOf(world.door) },
    inbox: await inboxOf(world),
    positions: compared,
    differences: differences.length,
    planted,
    found: found.length - differences.length,
    faults,
  };
}

/** Waits until the items are known and the ledger has what Tryton counted, then tells it what the stores have. */
async function openStores(world: DayWorld, clients: DayClients, day: DealtDay) {
  const opening = openingStock(day.steps);
  const stocked = [...opening.values()].filter((quantity) => quantity > 0).length;
  const atMs = Math.min(Date.now(), ...day.steps.map((step) => step.atMs)) - HOUR_MS;
  const messages = openingMessages(day, atMs);
  for (const message of messages) await clients.integrator.ingest(BACK_OFFICE, [message]);
  const places = [DAY_PLACES.warehouse, ...DAY_PLACES.stores];
  await until('the opening stock', async () => {
    const ledger =
      (await readBooks(world, clients, day.items).catch(() => undefined))?.ledger ?? new Map<string, number>();
    const there = [...ledger].filter(
      ([position, quantity]) => quantity === opening.get(position.slice(0, position.lastIndexOf('|'))),
    ).length;
    return { done: there >= stocked * places.length, progress: there };
  });
  return messages;
}

/** What the systems have told and the hub does not know, or knows more than once; and the other way round. */
async function lost(world: DayWorld, clients: DayClients, steps: readonly DayStep[]): Promise<readonly string[]> {
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
async function postedTwice({ people }: DayWorld, clients: DayClients, businessDay: string): Promise<readonly string[]> {
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
function apart(what: string, expected: readonly string[], found: readonly string[]): readonly string[] {
  const [wanted, there] = [countBy(expected), countBy(found)];
  return [...new Set([...expected, ...found])]
    .filter((each) => wanted[each] !== there[each])
    .map((each) => `${what} ${each}: told ${wanted[each] ?? 0} times, there ${there[each] ?? 0} times`);
}

function variancesOf(exceptions: readonly ExceptionRow[]): readonly ToldDifference[] {
  return exceptions
    .filter((exception) => exception.class === 'BALANCE_VARIANCE')
    .map(({ quantity, impact, lineage }) => ({
      system: lineage.source,
      position: `${impact.skus[0]?.id}|${impact.locations[0]?.id}`,
      quantity: Number(quantity),
    }));
}

/** Open exceptions that nothing on the day explains. */
function others(exceptions: readonly ExceptionRow[], conflicts: ReadonlySet<string>): readonly string[] {
  const rest = exceptions.filter((exception) => exception.class !== 'BALANCE_VARIANCE');
  const told = rest.filter((exception) => exception.class === 'DUPLICATE_CONFLICT');
  return [
    ...apart(
      'conflict',
      [...conflicts],
      told.map(({ lineage }) => lineage.eventId),
    ),
    // Other people's warehouses in the same Tryton mean nothing to this hub, which is just what it has to say.
    ...rest
      .filter((exception) => exception.class !== 'DUPLICATE_CONFLICT')
      .filter(({ summary, lineage }) => !(lineage.source === DAY_SYSTEMS.erp && summary.includes('warehouse')))
      .map((exception) => `${exception.class} of ${exception.lineage.source}: ${exception.summary}`),
  ];
}

/** Alters a shelf of the POS and one of the ERP where nobody tells the hub, of those on which all agree. @returns how many */
async function plant(
  { square, people }: DayWorld,
  { ledger }: Books,
  differences: readonly Difference[],
): Promise<number> {
  const differing = new Set(differences.map(({ position }) => position));
  const agreed = [...ledger].filter(([position]) => !differing.has(position));
  const shelfOf = (code: string, location: string) => {
    const [position = '', quantity = 0] = agreed.find(([each]) => each.endsWith(`|${location}`)) ?? [];
    return { code, sku: position.slice(0, -location.length - 1), quantity };
  };
  const stores = Object.entries(DAY_WAREHOUSES).filter(([code]) => code !== WORKED_WAREHOUSE);
  const [first, second] = stores.map(([code, location]) => ({ location, ...shelfOf(code, location) }));
  if (!first || !second) throw new Error('There are not two stores.');
  square.count({ locationCode: first.location, sku: first.sku, quantity: String(first.quantity + 3) });
  await people.count(second.code, { sku: second.sku, quantity: second.quantity + 4 });
  return 2;
}

function webhooksOf({ square }: DayWorld): DayResult['webhooks'] {
  const deliveries = square.deliveries();
  const of = (wanted: string) => deliveries.filter(({ outcome }) => outcome === wanted).length;
  const doubled = Object.values(countBy(deliveries.map(({ messageId }) => messageId))).filter((times) => times > 1);
  return { delivered: of('DELIVERED'), dropped: of('DROPPED'), 'gave up': of('GAVE_UP'), doubled: doubled.length };
}

function callsOf(system: Pick<DayWorld['square'], 'requests'>): Calls {
  const statuses = system.requests().map(({ status }) => status);
  const throttled = statuses.filter((status) => status === TOO_MANY).length;
  const missed = statuses.filter((status) => status === 0 || status >= SERVER_ERROR).length;
  return { answered: statuses.length - throttled - missed, throttled, 'met nobody': missed };
}

async function inboxOf({ hub }: DayWorld): Promise<DayResult['inbox']> {
  const sources = [...Object.values(DAY_SYSTEMS), BACK_OFFICE];
  const counted = sources.map(async (source) => {
    const outcomes = await Promise.all(
      OUTCOMES.map(
        async (outcome) => [outcome, await readCounter(hub.url, 'inbox_messages_total', { source, outcome })] as const,
      ),
    );
    return [source, Object.fromEntries(outcomes.filter(([, count]) => count > 0))] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

function countBy(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(values, (each) => each)].map(([each, own]) => [each, own.length]));
}
