import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { IngestMessage } from '../../scripts/client/hub-client.ts';
import { postSales, readCounter, type DayClients } from './day-clients.ts';
import { DAY_PLACES, type DayLine, type DayStep } from './deal-day.ts';
import { DAY_SYSTEMS, type DayWorld } from './open-day-world.ts';
import { altered, BACK_OFFICE } from './opening-messages.ts';
import { POS_FAULTS, TRYTON_FAULTS, type FaultPlan } from './plan-faults.ts';
import type { WarehouseCrew } from './warehouse-crew.ts';

const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';

export interface Trade {
  readonly world: DayWorld;
  readonly clients: DayClients;
  readonly crew: WarehouseCrew;
  readonly steps: readonly DayStep[];
  /** What the back office handed in at the opening. */
  readonly opening: readonly IngestMessage[];
  readonly plan: FaultPlan;
  /** The calendar day of the stores. */
  readonly businessDay: string;
  /** Wait after each step. */
  readonly paceMs: number;
}

/** What was told to the hub beside what the systems tell themselves. */
export interface Told {
  repeats: number;
  /** Event ids. */
  readonly conflicts: Set<string>;
}

/** Lets the day happen, with everything going wrong that is planned; at its end nothing is out any more. */
export async function tradeDay(trade: Trade): Promise<Told> {
  const { world, clients, crew, steps, plan } = trade;
  const told: Told = { repeats: 0, conflicts: new Set() };
  world.square.faults.set(POS_FAULTS);
  world.door.faults.set(TRYTON_FAULTS);
  crew.begin();
  const take = (from: number, to: number) => takeSteps(trade, told, { from, to });
  await take(0, plan.pos.from);
  await withoutPos(world, () => take(plan.pos.from, plan.pos.to));
  await take(plan.pos.to, plan.tryton.from);
  // Nobody works with a system that is out.
  await crew.end();
  await world.withoutTryton(async () => {
    const noticed = await failuresOf(world, DAY_SYSTEMS.wms);
    // Stores cash up at noon whether the ERP is there or not.
    for (const store of DAY_PLACES.stores) await postSales(clients, store, trade.businessDay);
    await take(plan.tryton.from, plan.tryton.to);
    await noticed();
  });
  crew.begin();
  await take(plan.tryton.to, steps.length);
  world.square.faults.clear();
  world.door.faults.clear();
  return told;
}

/** Its servers answer that they are unavailable; then they do not even do that. */
async function withoutPos({ square, ...world }: DayWorld, during: () => Promise<void>): Promise<void> {
  square.faults.set({ outage: 'UNAVAILABLE' });
  const unavailable = await failuresOf(world, DAY_SYSTEMS.pos);
  await during();
  await unavailable();
  square.faults.set({ outage: 'RESET' });
  const gone = await failuresOf(world, DAY_SYSTEMS.pos);
  await gone();
  square.faults.set({ outage: 'NONE' });
}

/** Counts from now. @returns waits until the hub has failed to read a feed of the system */
async function failuresOf({ hub }: Pick<DayWorld, 'hub'>, source: string): Promise<() => Promise<unknown>> {
  const failures = () => readCounter(hub.url, 'poller_failures_total', { source });
  const before = await failures();
  return () => waitFor(async () => (await failures()) > before, `the hub to miss ${source}`);
}

async function takeSteps(
  trade: Trade,
  told: Told,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  for (let index = from; index < to; index++) {
    await handInAgain(trade, told, index);
    const step = trade.steps[index];
    if (step) await takeStep(trade, step);
    await sleep(trade.paceMs);
  }
}

/** The file of the opening comes again, whole or with another quantity on one of its lines. */
async function handInAgain({ clients, opening, plan }: Trade, told: Told, index: number): Promise<void> {
  const again = (all: readonly number[]) => all.flatMap((each, nth) => (each === index ? [nth] : []));
  for (const nth of again(plan.repeats)) {
    const message = opening[nth % opening.length];
    if (!message) continue;
    await expectOutcome(clients, message, 'DUPLICATE');
    told.repeats += 1;
  }
  for (const nth of again(plan.conflicts)) {
    const message = opening[nth % opening.length];
    if (!message) continue;
    await expectOutcome(clients, altered(message), 'CONFLICT');
    told.conflicts.add(message.eventId);
  }
}

async function expectOutcome({ integrator }: DayClients, message: IngestMessage, wanted: string): Promise<void> {
  const [found] = await integrator.ingest(BACK_OFFICE, [message]);
  if (found?.outcome !== wanted) throw new Error(`${message.eventId} came to ${found?.outcome}, not to ${wanted}.`);
}

async function takeStep({ world, clients, crew }: Trade, step: DayStep): Promise<void> {
  if (step.kind === 'WRITE_OFF') return crew.writeOff(step);
  if (step.kind === 'ORDER') return placeOrder(clients, step);
  // What has not come yet by the clock on the wall happens now: nobody tells of the future.
  const occurredAtMs = Math.min(step.atMs, Date.now());
  const lines = step.lines.map((line) => ({ ...line, quantity: String(line.quantity) }));
  const rung = { locationCode: step.store, receiptNumber: step.number, occurredAtMs, lines };
  if (step.kind === 'SALE') world.square.ringUpSale(rung);
  else world.square.ringUpReturn(rung);
}

async function placeOrder({ agent }: DayClients, step: DayStep & { readonly kind: 'ORDER' }): Promise<void> {
  const lines = step.lines.map((line) => ({ ...line, quantity: String(line.quantity) }));
  const amountMinor = step.lines.reduce((sum: number, line: DayLine) => sum + line.quantity * line.unitPriceMinor, 0);
  const tenders = [{ tender: 'CARD', amountMinor }];
  const input = { channel: DAY_PLACES.channel, externalId: step.number, lines, tenders };
  await agent.graphql(PLACE, { input });
}
