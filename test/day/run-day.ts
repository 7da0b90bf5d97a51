import { closeDay } from './close-day.ts';
import { compareBooks, unexplained } from './compare-books.ts';
import { dayClients, openExceptions, type DayClients } from './day-clients.ts';
import { figuresOf, type DayFigures } from './day-figures.ts';
import { closingStock, DAY_PLACES, openingStock, type DealtDay, type DayStep } from './deal-day.ts';
import { otherExceptions, variancesOf } from './explain-exceptions.ts';
import { findLost, findPostedTwice } from './find-lost.ts';
import { WORKED_WAREHOUSE, type DayWorld } from './open-day-world.ts';
import { BACK_OFFICE, openingMessages } from './opening-messages.ts';
import { planFaults } from './plan-faults.ts';
import { plantDifferences } from './plant-differences.ts';
import { readBooks } from './read-books.ts';
import { reconcileBooks } from './reconcile-books.ts';
import { tradeDay } from './trade-day.ts';
import { until } from './until.ts';
import { WarehouseCrew } from './warehouse-crew.ts';

export interface DayOptions {
  readonly seed: number;
  readonly paceMs: number;
  /** The calendar day of the stores. */
  readonly businessDay: string;
  readonly tell: (sentence: string) => void;
}

/** What came of a day. */
export interface DayResult extends DayFigures {
  readonly steps: Readonly<Record<DayStep['kind'], number>>;
  readonly positions: number;
  readonly differences: number;
  /** Differences that were planted behind the hub's back, and exceptions that they made. */
  readonly planted: number;
  readonly found: number;
  /** Everything that speaks against the day. */
  readonly faults: readonly string[];
}

const ALL_PLACES = [DAY_PLACES.warehouse, ...DAY_PLACES.stores];
const HOUR_MS = 3_600_000;

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

  const faults = [...(await findLost(world, clients, steps)), ...(await findPostedTwice(world, clients, businessDay))];
  faults.push(...(await reconcileBooks(clients)));
  const books = await readBooks(world, clients, day.items);
  const { compared, differences } = compareBooks(books);
  // What nothing that went wrong has changed.
  const undisturbed = { book: closingStock(steps), locations: ALL_PLACES };
  const disturbed = compareBooks({ ledger: books.ledger, systems: { 'the day itself': undisturbed } }).differences;
  faults.push(...disturbed.map(({ position, ledger, told: due }) => `${position} has to be ${due} and is ${ledger}`));
  const exceptions = await openExceptions(clients);
  faults.push(...unexplained(differences, variancesOf(exceptions)), ...otherExceptions(exceptions, told.conflicts));
  tell('Compared; now shelves are changed behind the back of the hub.');
  const planted = await plantDifferences(world, books, differences);
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
    ...(await figuresOf(world)),
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
  await until('the opening stock', async () => {
    const ledger =
      (await readBooks(world, clients, day.items).catch(() => undefined))?.ledger ?? new Map<string, number>();
    const there = [...ledger].filter(
      ([position, quantity]) => quantity === opening.get(position.slice(0, position.lastIndexOf('|'))),
    ).length;
    return { done: there >= stocked * ALL_PLACES.length, progress: there };
  });
  return messages;
}
