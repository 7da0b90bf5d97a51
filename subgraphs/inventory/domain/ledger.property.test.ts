import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { servableDemand } from '../testing/servable-flow.ts';
import { freeOf } from './availability.ts';
import { BUCKETS, COLUMN, NONE, VIRTUAL_LOCATIONS } from './bucket.ts';
import { virtualBalance, type LedgerState } from './ledger-state.ts';

/* The invariants of the ledger, each over random histories of commands and facts. */

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const LOCATIONS = ['L0', 'L1', 'L2', 'L3'] as const;
/** Overlapping in a chain, with one inside another and one apart. */
const NETWORKS = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'], ONE: ['L0'], FAR: ['L3'] } as const;
const CHANNELS = Object.keys(NETWORKS);

function openBench(): LedgerBench {
  const bench = LedgerBench.withLocations(LOCATIONS.length);
  for (const [channel, locations] of Object.entries(NETWORKS)) bench.channel(channel, locations);
  return bench;
}

const location = fc.constantFrom(...LOCATIONS);
const channel = fc.constantFrom(...CHANNELS);
const units = fc.integer({ min: 1, max: 5 });
const nth = fc.nat({ max: 30 });

const hubStep = fc.oneof(
  fc.record({ type: fc.constant('receive' as const), location, units }),
  fc.record({ type: fc.constant('reserve' as const), channel, units, more: units, isTwice: fc.boolean() }),
  fc.record({ type: fc.constant('reserve-at' as const), channel, location, units }),
  fc.record({ type: fc.constant('reserve-store' as const), location, units }),
  fc.record({ type: fc.constant('cancel' as const), nth }),
  fc.record({ type: fc.constant('allocate' as const), nth, location, units }),
  fc.record({ type: fc.constant('deallocate' as const), nth, isReserving: fc.boolean() }),
  fc.record({ type: fc.constant('pick' as const), nth, units }),
  fc.record({ type: fc.constant('ship' as const), nth }),
  fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 600_000 }) }),
);
const physicalStep = fc.oneof(
  fc.record({ type: fc.constant('sell' as const), location, units, agoMs: fc.nat({ max: 100_000 }) }),
  fc.record({ type: fc.constant('count' as const), location, units, agoMs: fc.nat({ max: 100_000 }) }),
  fc.record({ type: fc.constant('short-pick' as const), location, units }),
);
type Step = typeof hubStep | typeof physicalStep extends fc.Arbitrary<infer S> ? S : never;

/** Carries a step out; those that find nothing to work on do nothing. */
function run(bench: LedgerBench, step: Step): void {
  const { state } = bench;
  const reservations = [...state.reservations.active()];
  const allocations = [...state.allocations.all()];
  switch (step.type) {
    case 'receive':
      bench.receive(step.location, String(step.units));
      return;
    case 'sell':
      bench.sell(step.location, String(step.units), { occurredAtMs: bench.clock.nowMs() - step.agoMs });
      return;
    case 'count': {
      const lines = [{ lineId: '1', sku: 'A', quantity: String(step.units) }];
      bench.fact(
        'stock-counted',
        { location: step.location, lines },
        { occurredAtMs: bench.clock.nowMs() - step.agoMs },
      );
      return;
    }
    case 'short-pick': {
      const lines = [{ lineId: '1', orderLine: 'x', sku: 'A', quantity: String(step.units) }];
      bench.fact('short-pick-recorded', { order: 'o', location: step.location, lines });
      return;
    }
    case 'reserve': {
      const lines: [string, string][] = [['A', String(step.units)]];
      if (step.isTwice) lines.push(['A', String(step.more)]);
      bench.reserve(lines, { channel: step.channel, owner: 'o' });
      return;
    }
    case 'reserve-at':
      bench.reserve([['A', String(step.units)]], { channel: step.channel, location: step.location, owner: 'o' });
      return;
    case 'reserve-store':
      bench.reserve([['A', String(step.units)]], { channel: `STORE:${step.location}`, location: step.location });
      return;
    case 'cancel': {
      const id = reservations[step.nth % Math.max(1, reservations.length)]?.id ?? 'none';
      bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [id] } });
      return;
    }
    case 'allocate': {
      const found = reservations[step.nth % Math.max(1, reservations.length)];
      if (!found) return;
      const { id, lineRef, steps, location: bound } = found;
      const at = bound === NONE ? step.location : state.locationIds.textOf(bound);
      const quantity = String(Math.min(steps, step.units));
      const lines = [{ orderLine: lineRef, reservation: id, location: at, sku: 'A', quantity }];
      bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines } });
      return;
    }
    case 'deallocate':
    case 'pick':
    case 'ship': {
      const found = allocations[step.nth % Math.max(1, allocations.length)];
      if (found) work(bench, step, { ...found, at: state.locationIds.textOf(found.location) });
      return;
    }
    case 'wait':
      bench.clock.advance(step.ms);
      bench.do({ type: 'expire-reservations' });
  }
}

function work(
  bench: LedgerBench,
  step: Extract<Step, { type: 'deallocate' | 'pick' | 'ship' }>,
  open: {
    readonly order: string;
    readonly orderLine: string;
    readonly at: string;
    readonly channel: string;
    readonly steps: number;
  },
): void {
  const line = { orderLine: open.orderLine, sku: 'A', quantity: String(open.steps) };
  const told = { order: open.order, location: open.at, lines: [{ ...line, lineId: '1' }] };
  if (step.type === 'ship') bench.fact('shipment-recorded', told);
  if (step.type === 'pick') bench.fact('pick-recorded', told);
  if (step.type !== 'deallocate') return;
  const afterwards = step.isReserving ? ('RESERVE' as const) : ('NOTHING' as const);
  const lines = [{ ...line, location: open.at }];
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
  bench.do({
    type: 'deallocate-stock',
    request: { commandId: 'd', order: 'o', channel: open.channel, lines, afterwards },
  });
}

function rowsOf({ positions }: LedgerState): number[] {
  return Array.from({ length: positions.size }, (_, row) => row);
}

describe('any history of commands and facts', () => {
  const history = fc.array(fc.oneof(hubStep, physicalStep), { maxLength: 60 });

  test('conserves quantities: all places together hold nothing', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const step of steps) {
          run(bench, step);
          const { state } = bench;
          const held = rowsOf(state).flatMap((row) =>
            BUCKETS.map((bucket) => state.positions.get(row, COLUMN[bucket])),
          );
          const elsewhere = VIRTUAL_LOCATIONS.map((place) => virtualBalance(state, 0, place));
          expect([...held, ...elsewhere].reduce((sum, count) => sum + count, 0)).toBe(0);
        }
      }),
      parameters,
    );
  });

  test('keeps claims equal to open reservations and allocations, and picked within allocated', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const step of steps) run(bench, step);
        expectClaimsToAddUp(bench.state);
      }),
      parameters,
    );
  });

  test('is rebuilt from the log to the very same bytes, and from a snapshot', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const step of steps) run(bench, step);
        const bytes = Buffer.from(ledgerSnapshot.encode(bench.state));
        expect(Buffer.from(ledgerSnapshot.encode(bench.replayed())).equals(bytes)).toBe(true);
        const restored = ledgerSnapshot.encode(ledgerSnapshot.decode(bytes));
        expect(Buffer.from(restored).equals(bytes)).toBe(true);
      }),
      parameters,
    );
  });

  test('leaves what follows a snapshot the same as without it', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const live = openBench();
        for (const step of before) run(live, step);
        const restored = ledgerSnapshot.decode(ledgerSnapshot.encode(live.state));
        const from = live.log.length;
        for (const step of after) run(live, step);
        const other = LedgerBench.over(restored, live.log.slice(from), from);
        for (const location of LOCATIONS) {
          for (const figure of [...BUCKETS, 'softReserved', 'allocated', 'picked'] as const) {
            expect(live.figure(location, figure, 'A', other)).toBe(live.figure(location, figure));
          }
        }
        expect(other.reservations.nextExpiryMs()).toBe(live.state.reservations.nextExpiryMs());
      }),
      parameters,
    );
  });
});

function expectClaimsToAddUp(state: LedgerState): void {
  const reserved = new Map<number, number>();
  const unsourced = new Map<number, number>();
  for (const { location, network, steps } of state.reservations.active()) {
    const [sums, key] = location === NONE ? [unsourced, network] : [reserved, location];
    sums.set(key, (sums.get(key) ?? 0) + steps);
  }
  const allocated = new Map<number, { steps: number; picked: number }>();
  for (const { location, steps, picked } of state.allocations.all()) {
    expect(picked).toBeLessThanOrEqual(steps);
    const sum = allocated.get(location) ?? { steps: 0, picked: 0 };
    allocated.set(location, { steps: sum.steps + steps, picked: sum.picked + picked });
  }
  for (const row of rowsOf(state)) {
    const at = state.positions.locationOf(row);
    expect(state.positions.get(row, COLUMN.softReserved)).toBe(reserved.get(at) ?? 0);
    expect(state.positions.get(row, COLUMN.allocated)).toBe(allocated.get(at)?.steps ?? 0);
    expect(state.positions.get(row, COLUMN.picked)).toBe(allocated.get(at)?.picked ?? 0);
  }
  for (const { index } of state.territory.networks.values()) {
    expect(state.unsourced.of(0, index)).toBe(unsourced.get(index) ?? 0);
  }
}

describe('what the hub accepts', () => {
  test('can always be served, whatever was accepted, bound, given up or shipped before', () => {
    fc.assert(
      fc.property(fc.array(hubStep, { maxLength: 80 }), (steps) => {
        const bench = openBench();
        for (const step of steps) {
          run(bench, step);
          const { demand, served } = servableDemand(bench.state, 0);
          expect(served).toBe(demand);
          for (const row of rowsOf(bench.state)) expect(freeOf(bench.state, row)).toBeGreaterThanOrEqual(0);
        }
      }),
      parameters,
    );
  });

  test('leaves no channel below zero by its own acceptance, even when stock was lost before', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hubStep, physicalStep), { maxLength: 60 }), channel, units, (steps, id, count) => {
        const bench = openBench();
        for (const step of steps) run(bench, step);
        const accepted = bench.reserve([['A', String(count)]], { channel: id }).code === undefined;
        if (accepted) expect(bench.terms(id).balance).toBeGreaterThanOrEqual(0);
      }),
      parameters,
    );
  });

  test('of more requests than stock exactly the stock is sold, and again when all claims have ended', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (stock, excess) => {
        const bench = openBench();
        if (stock > 0) bench.receive('L0', String(stock));
        const sellOut = (): number =>
          Array.from({ length: stock + excess }, () => bench.reserve([['A', '1']])).filter(
            ({ code }) => code === undefined,
          ).length;
        expect(sellOut()).toBe(stock);
        bench.clock.advance(900_000);
        bench.do({ type: 'expire-reservations' });
        expect(sellOut()).toBe(stock);
      }),
      parameters,
    );
  });
});

describe('availability', () => {
  const situation = fc.record({
    stock: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 4, maxLength: 4 }),
    sold: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 }),
    percent: fc.integer({ min: 0, max: 10_000 }),
    safety: fc.integer({ min: 0, max: 8 }),
    claims: fc.array(fc.record({ channel, units }), { maxLength: 6 }),
  });

  function bring(about: typeof situation extends fc.Arbitrary<infer S> ? S : never): LedgerBench {
    const bench = openBench();
    LOCATIONS.forEach((at, index) => bench.receive(at, String(about.stock[index])));
    for (const claim of about.claims) bench.reserve([['A', String(claim.units)]], { channel: claim.channel });
    LOCATIONS.forEach((at, index) => {
      if (about.sold[index]) bench.sell(at, String(about.sold[index]));
    });
    const rule = { type: 'availability-rule-set', scope: {} } as const;
    bench.given({ ...rule, kind: 'SAFETY_PERCENT', value: about.percent });
    bench.given({ ...rule, kind: 'SAFETY_ABSOLUTE', value: about.safety * 10_000 });
    return bench;
  }
  const availabilities = (bench: LedgerBench): number[] => CHANNELS.map((id) => bench.terms(id).available);

  test('never falls when stock comes in', () => {
    fc.assert(
      fc.property(situation, location, units, (about, at, count) => {
        const bench = bring(about);
        const before = availabilities(bench);
        bench.receive(at, String(count));
        availabilities(bench).forEach((after, index) => expect(after).toBeGreaterThanOrEqual(before[index] as number));
      }),
      parameters,
    );
  });

  test('never rises when a claim, a demand, a buffer or staleness rises', () => {
    fc.assert(
      fc.property(situation, location, units, fc.nat({ max: 3 }), (about, at, count, how) => {
        const bench = bring(about);
        const before = availabilities(bench);
        const rule = { type: 'availability-rule-set', scope: {} } as const;
        if (how === 0) bench.reserve([['A', String(count)]], { channel: `STORE:${at}`, location: at });
        if (how === 1) bench.reserve([['A', String(count)]]);
        if (how === 2) bench.given({ ...rule, kind: 'SAFETY_ABSOLUTE', value: (about.safety + count) * 10_000 });
        if (how === 3) {
          bench.given(
            { ...rule, kind: 'STALE_BUFFER', value: count * 10_000 },
            { type: 'feed-became-stale', location: at },
          );
        }
        availabilities(bench).forEach((after, index) => expect(after).toBeLessThanOrEqual(before[index] as number));
      }),
      parameters,
    );
  });
});

describe('facts', () => {
  const movement = fc.record({
    kind: fc.constantFrom('sell' as const, 'receive' as const),
    units,
    atMs: fc.integer({ min: 1, max: 1_000 }),
  });

  test('come to the same result in any order and however often they are told', () => {
    const told = fc.array(movement, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(told, fc.array(fc.nat({ max: 11 }), { maxLength: 30 }), (movements, order) => {
        const once = openBench();
        movements.forEach((_, index) => tell(once, movements, index));
        const shuffled = openBench();
        for (const index of [...order, ...movements.keys()]) tell(shuffled, movements, index % movements.length);
        expect(shuffled.figure('L0', 'SELLABLE')).toBe(once.figure('L0', 'SELLABLE'));
      }),
      parameters,
    );
  });

  test('a count holds as of its instant in whatever order count and movements become known', () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(times, fc.array(movement, { maxLength: 10 }), fc.nat({ max: 10 }), (countTimes, movements, place) => {
        const bench = openBench();
        const at = Math.min(place, movements.length);
        const counts = countTimes.slice(0, 3);
        movements.slice(0, at).forEach((_, index) => tell(bench, movements, index));
        for (const asOfMs of counts) {
          const lines = [{ lineId: '1', sku: 'A', quantity: String(asOfMs) }];
          bench.fact('stock-counted', { location: 'L0', lines }, { occurredAtMs: asOfMs });
        }
        movements.slice(at).forEach((_, index) => tell(bench, movements, at + index));
        const newest = Math.max(...counts);
        const later = movements.filter(({ atMs }) => atMs > newest);
        const moved = later.reduce((sum, { kind, units: count }) => sum + (kind === 'sell' ? -count : count), 0);
        expect(bench.figure('L0', 'SELLABLE')).toBe(newest + moved);
      }),
      parameters,
    );
  });

  function tell(
    bench: LedgerBench,
    movements: readonly { kind: string; units: number; atMs: number }[],
    index: number,
  ): void {
    const { kind, units: count, atMs } = movements[index] as (typeof movements)[number];
    const told = { eventId: `m${index}`, occurredAtMs: atMs };
    const lines = [{ lineId: '1', sku: 'A', quantity: String(count) }];
    if (kind === 'sell') bench.sell('L0', String(count), told);
    else bench.fact('goods-received', { location: 'L0', reference: 'po', lines }, told);
  }
});
