import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { QuotaCount } from '../testing/quota-count.ts';
import type { RuleRequest } from './read-rule.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const NETWORKS = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'], ALL: ['L0', 'L1', 'L2'] } as const;
const CHANNELS = ['WEB', 'APP', 'ALL'] as const;
const SKUS = ['A', 'B', 'K'] as const;
/** Most of what happens happens to one channel and one SKU, so that it meets. */
const busy = <Value>(often: Value, ...others: Value[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(often) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const channel = busy<(typeof CHANNELS)[number]>('APP', 'WEB', 'ALL');
const sku = busy<(typeof SKUS)[number]>('A', 'B', 'K');
const location = busy('L1', 'L0', 'L2');
const units = fc.integer({ min: 1, max: 4 });
const nth = fc.nat({ max: 3 });
const is = <Type extends string>(type: Type) => fc.constant(type);

const step = fc.oneof(
  fc.record({ type: is('receive'), location, sku: busy('A', 'B'), units }),
  fc.record({ type: is('reserve'), channel, sku, units, kind: fc.constantFrom('CART', 'ORDER', 'TRANSFER') }),
  fc.record({ type: is('collect'), channel, location, units }),
  fc.record({ type: is('reserve'), channel, sku, units, kind: is('ORDER') }),
  fc.record({ type: is('cancel'), nth }),
  fc.record({ type: is('allocate'), nth, location, units }),
  fc.record({ type: is('allocate'), nth, location, units }),
  fc.record({ type: is('deallocate'), nth, units, again: fc.boolean() }),
  fc.record({ type: is('ship'), nth, units }),
  fc.record({ type: is('sale'), channel, location, units }),
  fc.record({ type: is('quota'), channel, sku: fc.option(sku, { nil: undefined }), units: fc.nat({ max: 30 }) }),
  fc.record({ type: is('end'), channel, sku: fc.option(sku, { nil: undefined }) }),
  fc.record({ type: is('policy'), units }),
  fc.record({ type: is('later') }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Long enough to come to what is owed, bound and given up under quotas that begin in the middle of it. */
const history = fc.array(step, { minLength: 10, maxLength: 60, size: 'max' });

function openBench(): LedgerBench {
  const bench = LedgerBench.withLocations(3);
  bench.sku('B');
  bench.kit('K', { A: '2', B: '1' });
  for (const id of CHANNELS) bench.channel(id, NETWORKS[id]);
  for (const at of ['L0', 'L1', 'L2']) for (const code of ['A', 'B']) bench.receive(at, '1', code);
  setRule(bench, { kind: 'QUOTA', channel: 'APP', quantity: '6', isRemoved: false });
  setRule(bench, { kind: 'SELL_POLICY', sellPolicy: { mode: 'BACKORDER', limit: '9' }, isRemoved: false });
  return bench;
}

const setRule = (bench: LedgerBench, rule: RuleRequest): void =>
  void bench.do({
    type: 'change-availability-rules',
    request: { changedBy: 'op', effectiveAtMs: null, rules: [rule] },
  });

const scopeOf = (drawn: { readonly channel: string; readonly sku: string | undefined }) => ({
  channel: drawn.channel,
  ...(drawn.sku !== undefined && { sku: drawn.sku }),
});

const chosen = <Value>(values: Iterable<Value>, at: number): Value | undefined => {
  const all = [...values];
  return all[at % Math.max(1, all.length)];
};

function run(bench: LedgerBench, drawn: Step): void {
  const count = 'units' in drawn ? String(drawn.units) : '';
  switch (drawn.type) {
    case 'receive':
      return void bench.receive(drawn.location, count, drawn.sku);
    case 'reserve': {
      const { channel: by, kind } = drawn;
      return void bench.reserve([[drawn.sku, count]], { channel: by, kind, owner: 'o' });
    }
    case 'collect':
      return void bench.reserve([['A', count]], { ...drawn, kind: 'PICKUP' } as never);
    case 'quota':
      return setRule(bench, { kind: 'QUOTA', ...scopeOf(drawn), quantity: count, isRemoved: false });
    case 'end':
      return setRule(bench, { kind: 'QUOTA', ...scopeOf(drawn), isRemoved: true });
    case 'policy':
      return setRule(bench, {
        kind: 'SELL_POLICY',
        sellPolicy: { mode: 'BACKORDER', limit: count },
        isRemoved: false,
      });
    case 'sale': {
      const lines = [{ lineId: '1', sku: 'A', quantity: count, unitPriceMinor: 1 }];
      const { channel: by, location: at } = drawn;
      return void bench.fact('web-sale-recorded', { channel: by, externalId: 's', location: at, lines });
    }
    case 'later':
      bench.clock.advance(900_000);
      bench.do({ type: 'expire-reservations' });
      return void bench.do({ type: 'cover-backorders', skus: SKUS });
    default:
      return work(bench, drawn);
  }
}

type Work = Extract<Step, { readonly nth: number }>;

function work(bench: LedgerBench, drawn: Work): void {
  const { state } = bench;
  if (drawn.type === 'cancel' || drawn.type === 'allocate') {
    const found = chosen(state.reservations.active(), drawn.nth);
    if (!found) return;
    if (drawn.type === 'cancel') {
      bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [found.id] } });
      return;
    }
    const quantity = String(Math.min(found.steps, drawn.units));
    const at = found.location >= 0 ? state.locationIds.textOf(found.location) : drawn.location;
    const line = { orderLine: 'l', reservation: found.id, location: at, sku: state.skuIds.textOf(found.sku), quantity };
    bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines: [line] } });
    return;
  }
  const allocation = chosen(state.allocations.all(), drawn.nth);
  if (!allocation) return;
  const at = state.locationIds.textOf(allocation.location);
  const code = state.skuIds.textOf(allocation.sku);
  const quantity = String(drawn.units);
  if (drawn.type === 'ship') {
    const lines = [{ lineId: '1', orderLine: 'l', sku: code, quantity }];
    bench.fact('shipment-recorded', { order: 'o', location: at, lines });
    return;
  }
  const lines = [{ orderLine: 'l', location: at, sku: code, quantity }];
  const afterwards = drawn.again ? ('RESERVE' as const) : ('NOTHING' as const);
  const request = { commandId: 'd', order: 'o', channel: allocation.channel, lines };
  // oxlint-disable-next-line unicorn/no-thenable -- the contract's own word
  bench.do({ type: 'deallocate-stock', request: { ...request, afterwards } });
}

const soldBy = (bench: LedgerBench): readonly number[] =>
  CHANNELS.flatMap((id) =>
    SKUS.map((code) => {
      const { index = -1 } = bench.state.territory.channels.get(id) ?? {};
      return bench.state.quotaSales.soldOf(bench.state.skuIds.find(code) ?? -1, index);
    }),
  );

function expectEachUnitCounted(steps: readonly Step[]): void {
  const bench = openBench();
  for (const drawn of steps) run(bench, drawn);
  const count = new QuotaCount();
  for (const event of bench.log.flat()) count.apply(event);
  expect(soldBy(bench)).toEqual(CHANNELS.flatMap((id) => SKUS.map((code) => count.soldOf(code, id))));
  expect(Math.min(0, ...soldBy(bench))).toBe(0);
}

/** Both were found by chance, and have one allocation that is filled by two channels. */
const FILLED_BY_TWO: readonly (readonly Step[])[] = [
  [
    { type: 'quota', channel: 'WEB', sku: undefined, units: 0 },
    { type: 'collect', channel: 'WEB', location: 'L1', units: 1 },
    { type: 'receive', location: 'L1', sku: 'A', units: 1 },
    { type: 'collect', channel: 'APP', location: 'L1', units: 1 },
    { type: 'allocate', nth: 0, location: 'L1', units: 1 },
    { type: 'allocate', nth: 0, location: 'L1', units: 1 },
    { type: 'deallocate', nth: 0, units: 1, again: false },
  ],
  [
    { type: 'receive', location: 'L1', sku: 'A', units: 1 },
    { type: 'quota', channel: 'WEB', sku: undefined, units: 0 },
    { type: 'reserve', channel: 'WEB', sku: 'A', units: 1, kind: 'ORDER' },
    { type: 'reserve', channel: 'ALL', sku: 'A', units: 1, kind: 'ORDER' },
    { type: 'allocate', nth: 0, location: 'L1', units: 1 },
    { type: 'quota', channel: 'ALL', sku: undefined, units: 0 },
    { type: 'allocate', nth: 0, location: 'L1', units: 1 },
    { type: 'deallocate', nth: 0, units: 1, again: false },
    { type: 'quota', channel: 'WEB', sku: undefined, units: 0 },
  ],
];

describe('what is sold of quotas', () => {
  test('is what somebody comes to who follows each unit through the log', () => {
    fc.assert(fc.property(history, expectEachUnitCounted), parameters);
  });

  test.each(FILLED_BY_TWO)('belongs to the channel that sold it where an allocation is filled by two', (...steps) => {
    expectEachUnitCounted(steps);
  });

  test('is the same when the log is read again', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const drawn of steps) run(bench, drawn);
        expect(bench.replayed().quotaSales.toData()).toEqual(bench.state.quotaSales.toData());
      }),
      parameters,
    );
  });
});

describe('a claim of a channel with a quota', () => {
  const available = (bench: LedgerBench) =>
    CHANNELS.map((id) => ['A', 'B'].map((code) => bench.terms(id, code).available));

  test('never gives another channel more, from the network or at a location that both have', () => {
    fc.assert(
      fc.property(history, channel, units, fc.boolean(), (steps, by, count, isAtLocation) => {
        const bench = openBench();
        for (const drawn of steps) run(bench, drawn);
        const before = available(bench).flat();
        // All three channels sell from L1.
        const place = isAtLocation ? ({ kind: 'PICKUP', location: 'L1' } as const) : {};
        bench.reserve([['A', String(count)]], { channel: by, ...place });
        available(bench)
          .flat()
          .forEach((after, index) => expect(after).toBeLessThanOrEqual(before[index] as number));
      }),
      parameters,
    );
  });
});
