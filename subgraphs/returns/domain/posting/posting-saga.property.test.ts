/*
 * Any order of what a return tells, of what the ERP and the ledger answer, of crashes, repetitions and replays: each posting
 * balances and is in the books at most once, goods that came on the shelf are held while a posting of theirs has finally
 * failed and no longer, and once everything is through the books say what the return is.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../../kernel/testing/config.ts';
import type { Booking } from '../../../../schema/commands/journals.ts';
import type { ReturnRefundChanged } from '../../../../schema/events/returns.ts';
import { mergeBookings, sumOfBookings } from './bookings.ts';
import { followCharge, followDisposal, followRefund } from './follow-return.ts';
import { costsMissing, planEntries } from './plan-entries.ts';
import { goodsHeld, goodsToHold, planMoves } from './plan-moves.ts';
import { hasFailed, isLive, newPostingState, type MovedLine, type PostingState } from './posting-state.ts';
import { learnCosts, replayEntries, settleEntry, settleMove } from './settle-posting.ts';
import { scaledQuantity } from './scaled-quantity.ts';
import { bookingsOfGoods } from './value-goods.ts';
import { bookingsCharged, bookingsOwed, bookingsPaid } from './value-refunds.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const PLAN = { takesValuation: true, nowMs: 0 };
const COSTS = new Map([
  ['A1', 3_100_000],
  ['B1', 12_345_678],
]);
const DISPOSITIONS = ['RESTOCK', 'RESTOCK', 'DAMAGED', 'REFURBISH', 'MISSING', 'KEEP_IT'] as const;
const LINES = [
  { returnLine: 'l1', sku: 'A1', quantity: '3' },
  { returnLine: 'l2', sku: 'A1', quantity: '1' },
  { returnLine: 'l3', sku: 'B1', quantity: '0.25' },
] as const;

/** The outside: an ERP that knows each document by its reference, and a ledger that knows each command by its id. */
class World {
  state: PostingState;
  readonly books = new Map<string, readonly Booking[]>();
  readonly contents = new Map<string, string>();
  readonly shelf = new Map<string, bigint>();
  readonly carriedOut = new Set<string>();
  readonly dispositions = new Map<string, MovedLine['disposition']>();
  knowsCosts = true;
  told = 0;

  constructor(isOfTill: boolean) {
    this.state = newPostingState({ id: 'r1', number: 'R-1', order: 'o1', correlationId: 'k', isOfTill });
  }

  plan(): void {
    const missing = costsMissing(this.state, PLAN);
    if (missing.length > 0) {
      const costs = this.knowsCosts ? COSTS : new Map<string, number>();
      this.state = learnCosts(this.state, { skus: missing, currency: 'GBP', costs });
    }
    this.state = planMoves(planEntries(this.state, PLAN));
  }

  post(id: string): void {
    const entry = this.state.entries.find((each) => each.id === id);
    if (!entry) throw new Error(`There is no entry ${id}.`);
    const content = JSON.stringify([entry.kind, entry.currency, entry.bookings]);
    // What the ERP is told under one reference is always the same.
    expect(this.contents.get(id) ?? content).toBe(content);
    this.contents.set(id, content);
    this.books.set(id, entry.bookings);
  }

  move(id: string): void {
    const move = this.state.moves.find((each) => each.id === id);
    if (!move || this.carriedOut.has(id)) return;
    this.carriedOut.add(id);
    for (const { sku, quantity } of move.lines) {
      const sign = move.direction === 'HOLD' ? 1n : -1n;
      this.shelf.set(sku, (this.shelf.get(sku) ?? 0n) + sign * scaledQuantity(quantity));
    }
  }
}

type Command = (world: World) => void;
type Answer = 'POSTED' | 'REFUSED' | 'GIVEN_UP' | 'GIVEN_UP_DONE' | 'OBSTACLE' | 'CRASH';

const dispose = fc
  .tuple(fc.nat(2), fc.constantFrom(...DISPOSITIONS))
  .map(([index, disposition]): Command => (world) => {
    const line = LINES[index] ?? LINES[0];
    const revises = world.dispositions.get(line.returnLine);
    if (revises === disposition) return;
    world.dispositions.set(line.returnLine, disposition);
    const told = { eventId: `e${++world.told}`, atMs: world.told };
    const moved = { ...line, orderLine: null, disposition, ...(revises && { revises }) };
    const event = { return: 'r1', order: null, location: 'S1', lines: [moved] };
    world.state = followDisposal(world.state, told, event);
    // Delivered once more.
    world.state = followDisposal(world.state, told, event);
  });

const refund = fc
  .tuple(
    fc.constantFrom('f1', 'f2'),
    fc.constantFrom<ReturnRefundChanged['status']>(
      'REQUESTED',
      'SUBMITTED',
      'SUCCEEDED',
      'FAILED',
      'REVERSED',
      'CANCELLED',
    ),
  )
  .map(([id, status]): Command => (world) => {
    const parts = { goodsMinor: 1_000, shippingMinor: 500, otherMinor: 0, taxMinor: 250, feesMinor: 100 };
    const event = {
      return: 'r1',
      order: 'o1',
      refund: id,
      status,
      amount: { amountMinor: 1_300, currencyCode: 'GBP' },
      parts: { ...parts, withheldMinor: 40, offsetMinor: 60 },
    };
    const about = { ...(id === 'f2' && { replaces: 'f1' }), ...(status === 'REVERSED' && { succeededMinor: 300 }) };
    world.state = followRefund(world.state, { eventId: `f${++world.told}`, atMs: world.told, about }, event);
  });

const charged = fc.constantFrom('OPEN', 'OFFSET', 'SETTLED', 'WAIVED').map((status): Command => (world) => {
  const amount = { amountMinor: 700, currencyCode: 'GBP' };
  const event = { return: 'r1', order: 'o1', charge: 'c1', status, amount, offsetMinor: 60, reason: '' } as const;
  world.state = followCharge(world.state, { eventId: `c${++world.told}`, atMs: world.told }, event);
});

const answer = (asked: Answer): Command =>
  function answered(world) {
    const entry = world.state.entries.find(({ status }) => status === 'PLANNED' || status === 'QUEUED');
    if (!entry || asked === 'OBSTACLE') return;
    const { id, attempt } = entry;
    // What the ERP has already it finds, and says no to no more.
    const of = asked === 'REFUSED' && world.books.has(id) ? 'POSTED' : asked;
    if (of === 'POSTED' || of === 'CRASH' || of === 'GIVEN_UP_DONE') world.post(id);
    // Nobody heard of it.
    if (of === 'CRASH') return;
    const outcome =
      of === 'POSTED'
        ? ({ status: 'POSTED', document: id } as const)
        : ({ status: of === 'REFUSED' ? 'REFUSED' : 'GIVEN_UP', reason: 'no' } as const);
    world.state = settleEntry(world.state, { entry: id, attempt }, outcome);
  };

const posting = fc
  .constantFrom<Answer>('POSTED', 'POSTED', 'REFUSED', 'REFUSED', 'GIVEN_UP', 'GIVEN_UP_DONE', 'OBSTACLE', 'CRASH')
  .map(answer);

const moving = fc.constantFrom('DONE', 'OBSTACLE', 'CRASH').map((of): Command => (world) => {
  const move = world.state.moves.find(({ isDone }) => !isDone);
  if (!move || of === 'OBSTACLE') return;
  world.move(move.id);
  if (of === 'DONE') world.state = settleMove(world.state, move.id, null);
});

const replay: Command = (world) => {
  const { state, givenUp } = replayEntries(world.state);
  world.state = state;
  for (const { id, attempt } of givenUp) {
    world.post(id);
    world.state = settleEntry(world.state, { entry: id, attempt }, { status: 'POSTED', document: id });
  }
};

const costs = fc.boolean().map((known): Command => (world) => {
  world.knowsCosts = known;
});

const commands = fc.array(
  fc.oneof({ weight: 4, arbitrary: dispose }, refund, charged, { weight: 4, arbitrary: posting }, moving, costs, {
    weight: 1,
    arbitrary: fc.constant(replay),
  }),
  { maxLength: 40 },
);

test('books what a return is, holds what is not booked, and nothing else, whatever happens', () => {
  fc.assert(
    fc.property(fc.boolean(), commands, (isOfTill, script) => {
      const world = new World(isOfTill);
      for (const command of script) {
        command(world);
        world.plan();
        assertInvariants(world);
      }
      settleAll(world);
      expect(mergeBookings(...world.books.values())).toEqual(wanted(world.state));
      expect([...world.shelf.values()].filter((held) => held !== 0n)).toEqual([]);
      expect(world.state.entries.filter(hasFailed)).toEqual([]);
    }),
    { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
});

function assertInvariants(world: World): void {
  const { state } = world;
  for (const { bookings } of state.entries) expect(sumOfBookings(bookings)).toBe(0);
  // What is planned brings what is held to what has to be.
  const [held, target] = [goodsHeld(state), goodsToHold(state)];
  for (const key of new Set([...held.keys(), ...target.keys()]))
    expect(held.get(key) ?? 0n).toBe(target.get(key) ?? 0n);
  // What is held came on the shelf by something that failed, and what failed and lies there is held.
  const failing = state.entries.filter((entry) => isLive(entry) && entry.subject === 'GOODS' && hasFailed(entry));
  expect(failing.every(({ isHeld }) => isHeld)).toBe(true);
  assertBounds(state, world.dispositions, held);
  if (state.entries.every((entry) => !isLive(entry) || !entry.isHeld)) {
    expect([...held.values()].filter((quantity) => quantity !== 0n)).toEqual([]);
  }
}

/** Held is at most what lies on the shelf, and at least what came there last by a disposition that failed to be booked. */
function assertBounds(
  { goods, entries }: PostingState,
  dispositions: ReadonlyMap<string, string>,
  held: ReadonlyMap<string, bigint>,
): void {
  const failed = entries.filter((entry) => isLive(entry) && entry.isHeld).flatMap(({ covers }) => covers);
  for (const sku of ['A1', 'B1']) {
    const lying = LINES.filter((line) => line.sku === sku && dispositions.get(line.returnLine) === 'RESTOCK');
    const unbooked = lying.filter(({ returnLine }) => {
      const last = goods.findLast(({ lines }) => lines.some((line) => line.returnLine === returnLine));
      return last !== undefined && failed.includes(last.eventId);
    });
    const sumOf = (lines: typeof lying): bigint =>
      lines.reduce((sum, { quantity }) => sum + scaledQuantity(quantity), 0n);
    const quantity = held.get(JSON.stringify(['S1', sku])) ?? 0n;
    expect(quantity <= sumOf(lying)).toBe(true);
    expect(quantity >= sumOf(unbooked)).toBe(true);
  }
}

/** Whatever was wrong is mended, and somebody replays what had failed. */
function settleAll(world: World): void {
  world.knowsCosts = true;
  for (let round = 0; round < 50; round++) {
    replay(world);
    world.plan();
    const isThrough =
      world.state.moves.every(({ isDone }) => isDone) &&
      world.state.entries.every(({ status }) => status === 'POSTED' || status === 'REPLACED');
    if (isThrough) return;
    answer('POSTED')(world);
    const move = world.state.moves.find(({ isDone }) => !isDone);
    if (!move) continue;
    world.move(move.id);
    world.state = settleMove(world.state, move.id, null);
  }
  throw new Error('The saga does not come to its end.');
}

function wanted({ goods, isOfTill, refunds, charges }: PostingState): readonly Booking[] {
  const costOf = (sku: string): number => COSTS.get(sku) ?? 0;
  return mergeBookings(
    bookingsOfGoods(goods, { isOfTill, costOf }),
    ...Object.entries(refunds).flatMap(([id, told]) => [bookingsOwed(refunds, id), bookingsPaid(told)]),
    ...Object.values(charges).map(bookingsCharged),
  );
}
