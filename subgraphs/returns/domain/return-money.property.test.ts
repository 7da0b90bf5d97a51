/*
 * Any number of returns of one order, in any order of requests, receipts at any place, inspections, dispositions and their
 * revisions, of whole lines or of some units, with providers that pay at once, later, not at all, or take it back, and with
 * tasks that are done late: goods and money are where the lines say, to the unit and to the minor unit.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import type { Disposition } from '../../../schema/events/fields.ts';
import { NOW_MS } from '../testing/return-samples.ts';
import { bucketAt, ReturnsWorld, type WorldOptions } from '../testing/returns-world.ts';
import { cancelReturn } from './cancel-return.ts';
import { dispositionReturn } from './disposition-return.ts';
import { endCharge } from './end-charge.ts';
import { inspectReturn } from './inspect-return.ts';
import { receiveReturn } from './receive-return.ts';
import { isDue, netOf, NO_PARTS, refundDueOf } from './refund-parts.ts';
import { DEFAULT_TERMS, type RefundTerms } from './refund-terms.ts';
import { retryRefund } from './retry-refund.ts';
import type { Charge, ReturnState } from './return-state.ts';
import { missedOf } from './settle-money.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
/** Fixed: whether the corners are reached is a fact about the generators, not about the luck of one night. */
const CORNERS = { seed: 8, numRuns: 200 };

const DISPOSITIONS = [
  'RESTOCK',
  'REFURBISH',
  'DAMAGED',
  'RETURN_TO_VENDOR',
  'LIQUIDATE',
  'DONATE',
  'DESTROY',
  'MISSING',
  'KEEP_IT',
] as const satisfies readonly Disposition[];

type Step = (world: ReturnsWorld) => void;

const small = fc.integer({ min: 1, max: 4 });
const at = fc.nat(3);

const terms: fc.Arbitrary<RefundTerms> = fc.record({
  rulesVersion: fc.constant('v1'),
  refundAt: fc.constantFrom('AUTHORIZATION', 'RECEIPT', 'DISPOSITION', 'DISPOSITION'),
  restockingFeePercent: fc.constantFrom(0, 0, 12.5, 100),
  returnFeeMinor: fc.constantFrom(0, 0, 37, 100_000),
  conditionPercent: fc.constantFrom({}, { D: 0, C: 33 }),
  refundsCharges: fc.boolean(),
  unrefunded: fc.constantFrom(DEFAULT_TERMS.unrefunded, ['MISSING', 'DESTROY'] as const),
});

const nth = <T>(items: readonly T[], place: number): T | undefined => items[place % Math.max(1, items.length)];
const pick = (world: ReturnsWorld, place: number): ReturnState | undefined => nth([...world.returns.values()], place);

const DISPOSED = fc.constantFrom(...DISPOSITIONS, 'RESTOCK', 'MISSING', 'MISSING');

/** Everything that is awaited comes, is looked at and decided on in one go. */
function bring(world: ReturnsWorld, id: string, disposition: Disposition): void {
  const { nextId } = world;
  world.take(id, (state) => receiveReturn(state, { location: 'S1', nowMs: NOW_MS, nextId }));
  world.take(id, (state) => {
    const lines = state.lines.filter(({ status }) => status === 'RECEIVED');
    return inspectReturn(state, {
      lines: lines.map(({ id: line }) => ({ line, condition: 'A' })),
      by: 'ann',
      nowMs: NOW_MS,
      nextId,
    });
  });
  decideAnew(world, id, disposition);
}

/** Everything that is here is decided on, or decided anew. */
function decideAnew(world: ReturnsWorld, id: string, disposition: Disposition): void {
  world.take(id, (state) => {
    const here = state.lines.filter(({ status }) => ['INSPECTED', 'DISPOSITIONED', 'CLOSED'].includes(status));
    const lines = here.map(({ id: line }) => ({ line, disposition }));
    return dispositionReturn(state, { lines, nowMs: NOW_MS, nextId: world.nextId });
  });
}

const idAt = (world: ReturnsWorld, place: number): string => pick(world, place)?.id ?? '';

const isOpen = ({ status }: Charge): boolean => status === 'OPEN';

const coming: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(small, terms).map(
    ([steps, agreed]): Step =>
      (world) =>
        void world.open(steps, agreed),
  ),
  fc.tuple(at, fc.constantFrom('S1', 'S2'), fc.option(small)).map(([place, location, some]): Step => (world) => {
    const { nextId } = world;
    const units = { sku: 'A1', steps: some ?? 1, decimals: 0 } as const;
    const arrived = some === null ? {} : { key: nextId(), arrived: [units] };
    world.take(idAt(world, place), (state) => receiveReturn(state, { location, ...arrived, nowMs: NOW_MS, nextId }));
  }),
  at.map((place): Step => (world) => {
    world.take(idAt(world, place), (state) => cancelReturn(state, { nowMs: NOW_MS }));
  }),
);

const deciding: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(at, at, fc.option(small), fc.constantFrom('A', 'C', 'D'))
    .map(([place, line, some, condition]): Step => (world) => {
      world.take(idAt(world, place), (state) => {
        const named = { line: nth(state.lines, line)?.id ?? '', ...(some !== null && { steps: some }) };
        const lines = [{ ...named, condition }] as const;
        return inspectReturn(state, { lines, by: 'ann', nowMs: NOW_MS, nextId: world.nextId });
      });
    }),
  fc.tuple(at, at, fc.option(small), DISPOSED).map(([place, line, some, disposition]): Step => (world) => {
    world.take(idAt(world, place), (state) => {
      const named = { line: nth(state.lines, line)?.id ?? '', ...(some !== null && { steps: some }) };
      return dispositionReturn(state, { lines: [{ ...named, disposition }], nowMs: NOW_MS, nextId: world.nextId });
    });
  }),
  fc.tuple(at, DISPOSED).map(
    ([place, disposition]): Step =>
      (world) =>
        bring(world, idAt(world, place), disposition),
  ),
  fc.tuple(at, DISPOSED).map(
    ([place, disposition]): Step =>
      (world) =>
        decideAnew(world, idAt(world, place), disposition),
  ),
);

const paying: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(at, at).map(([place, which]): Step => (world) => {
    world.take(idAt(world, place), (state) => {
      const refund = nth(state.refunds, which)?.id ?? '';
      return retryRefund(state, { refund, nowMs: NOW_MS, nextId: world.nextId });
    });
  }),
  fc.boolean().map((isPaid): Step => (world) => {
    const owing = [...world.returns.values()].find(({ charges = [] }) => charges.some(isOpen));
    world.take(owing?.id ?? '', (state) => {
      const charge = state.charges?.find(isOpen)?.id ?? '';
      const end = { charge, reason: 'seen', nowMs: NOW_MS } as const;
      return isPaid
        ? endCharge(state, { ...end, outcome: 'SETTLED', tender: 'CASH' })
        : endCharge(state, { ...end, outcome: 'WAIVED' });
    });
  }),
  fc.tuple(at, fc.constantFrom('succeededMinor', 'failedMinor', 'reversedMinor', 'lateMinor')).map(
    ([which, outcome]): Step =>
      (world) =>
        world.tell(which, outcome),
  ),
  fc.constantFrom('now', 'later', 'no').map((pays): Step => (world) => {
    world.pays = pays;
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(coming, { arbitrary: deciding, weight: 2 }, paying, {
  arbitrary: fc.constantFrom('all', 'all', 'next').map(
    (which): Step =>
      (world) =>
        world.runTasks(which),
  ),
  weight: 2,
});

const options: fc.Arbitrary<WorldOptions> = fc
  .record({
    sold: fc.integer({ min: 1, max: 9 }),
    worthMinor: fc.integer({ min: 100, max: 10_000 }),
    paidPercent: fc.constantFrom(100, 100, 60),
  })
  .map(({ sold, worthMinor, paidPercent }) => ({
    sold,
    worthMinor,
    capturedMinor: Math.floor((worthMinor * paidPercent) / 100),
  }));

/** @returns the corners that the runs reached */
function checkRuns(parameters: fc.Parameters<[WorldOptions, Step[]]>): ReadonlySet<string> {
  const seen = new Set<string>();
  fc.assert(
    fc.property(options, fc.array(step, { maxLength: 50, size: 'max' }), (order, steps) => {
      const world = new ReturnsWorld(order);
      for (const next of steps) {
        next(world);
        assertMoneyIsKept(world);
        assertUnitsAreSold(world);
      }
      world.runTasks('all');
      assertMoneyIsKept(world);
      assertUnitsAreSold(world);
      assertGoodsFollow(world);
      for (const state of world.returns.values()) {
        expect(netOf(state.granted ?? NO_PARTS)).toBe(netOf(refundDueOf(state)));
        noteCorners(state, seen);
      }
    }),
    parameters,
  );
  return seen;
}

test('goods and money are where the lines of all returns say, however often it is decided anew', () => {
  checkRuns({ numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) });
});

test('the runs reach refunds that fail, come back and are called off, charges, and lines that are parted', () => {
  expect([...checkRuns(CORNERS)].toSorted()).toEqual([
    'CANCELLED',
    'FAILED',
    'REVERSED',
    'SUBMITTED',
    'SUCCEEDED',
    'charge OFFSET',
    'charge OPEN',
    'charge SETTLED',
    'charge WAIVED',
    'parted',
  ]);
});

/** Never more than was captured; and what was granted is what was paid, owed, offset and withheld. */
function assertMoneyIsKept(world: ReturnsWorld): void {
  expect(world.refundableMinor).toBeGreaterThanOrEqual(0);
  for (const { granted = NO_PARTS, refunds, charges = [], withheldMinor = 0 } of world.returns.values()) {
    const paid = refunds.reduce((sum, refund) => {
      const isGivenUp = refund.status === 'CANCELLED' || refund.replacedBy !== undefined;
      return sum + refund.amount.amountMinor - (isGivenUp ? missedOf(refund) : 0);
    }, 0);
    const owed = charges.reduce((sum, { amount, offsetMinor }) => sum + amount.amountMinor - offsetMinor, 0);
    expect(paid - owed + withheldMinor).toBe(netOf(granted));
    // Nobody owes more than they were given.
    expect(paid - owed).toBeGreaterThanOrEqual(0);
    expect(netOf(granted)).toBeGreaterThanOrEqual(0);
  }
}

/** What came back and what may come back is never more than was sold; nor are the units that money is due for. */
function assertUnitsAreSold(world: ReturnsWorld): void {
  const { sold } = world.options;
  expect(world.returned + world.claimed).toBeLessThanOrEqual(sold + unregistered(world));
  const lines = [...world.returns.values()].flatMap((state) => state.lines);
  const due = lines.filter((line) => isDue(line) && line.orderLine !== null);
  expect(due.reduce((sum, line) => sum + line.steps, 0)).toBeLessThanOrEqual(sold);
  for (const { stretch, steps } of lines) if (stretch) expect(stretch.to - stretch.from).toBe(steps);
}

/** Units that the order was just told of and whose claim is about to be given up. */
function unregistered({ returns }: ReturnsWorld): number {
  const waiting = [...returns.values()].filter(({ tasks }) =>
    tasks.some(({ kind, state }) => kind === 'SYNC_CLAIMS' && state === 'PENDING'),
  );
  return waiting.flatMap(({ lines }) => lines).reduce((sum, line) => sum + (line.isRegistered ? line.steps : 0), 0);
}

function assertGoodsFollow(world: ReturnsWorld): void {
  const expected = new Map<string, number>();
  for (const { lines } of world.returns.values()) {
    for (const { location, movedAs, steps } of lines) {
      if (location === undefined) continue;
      const isMoved = movedAs !== undefined && movedAs !== 'KEEP_IT';
      const place = isMoved ? bucketAt(movedAs, location) : `RETURN_PENDING@${location}`;
      expected.set(place, (expected.get(place) ?? 0) + steps);
    }
  }
  const there = [...world.stock].filter(([, steps]) => steps !== 0);
  expect(new Map(there)).toEqual(expected);
}

function noteCorners(state: ReturnState, seen: Set<string>): void {
  for (const { status } of state.refunds) seen.add(status);
  for (const { status } of state.charges ?? []) seen.add(`charge ${status}`);
  if (state.lines.some(({ splitFrom }) => splitFrom !== undefined)) seen.add('parted');
}
