import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { servableDemand } from '../testing/servable-flow.ts';
import { freeOf } from './availability.ts';
import { BUCKETS } from './bucket.ts';
import { planRules } from './decide-change-rules.ts';
import type { RuleRequest } from './read-rule.ts';
import type { ReservationKind } from './ledger-event.ts';
import { ruleImpactOf } from './rule-impact.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const LOCATIONS = ['L0', 'L1', 'L2', 'L3'] as const;
const NETWORKS = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'], ONE: ['L0'], FAR: ['L3'] } as const;
const CHANNELS = Object.keys(NETWORKS);
const SKUS = ['A', 'B'] as const;
const FIGURES = [...BUCKETS, 'softReserved', 'allocated', 'picked'] as const;

const location = fc.constantFrom(...LOCATIONS);
const channel = fc.constantFrom(...CHANNELS);
const sku = fc.constantFrom(...SKUS);
const units = fc.integer({ min: 1, max: 6 });
const kind = fc.constantFrom<ReservationKind>('CART', 'CHECKOUT', 'PICKUP', 'MANUAL');
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const rule: fc.Arbitrary<RuleRequest> = fc
  .record({
    kind: fc.constantFrom(
      ...(['SAFETY_QUANTITY', 'SAFETY_PERCENT', 'THRESHOLD', 'QUOTA', 'CAP', 'PARTICIPATION'] as const),
      ...(['SELLABLE', 'STALE_BUFFER', 'SELL_POLICY'] as const),
    ),
    sku: some(sku),
    location: some(location),
    channel: some(channel),
    quantity: fc.nat({ max: 8 }),
    basisPoints: fc.nat({ max: 10_000 }),
    isOn: fc.boolean(),
    isRemoved: fc.boolean(),
  })
  .map((drawn) => ruleOf(drawn));

function ruleOf(drawn: {
  readonly kind: RuleRequest['kind'];
  readonly sku: string | undefined;
  readonly location: string | undefined;
  readonly channel: string | undefined;
  readonly quantity: number;
  readonly basisPoints: number;
  readonly isOn: boolean;
  readonly isRemoved: boolean;
}): RuleRequest {
  const { kind: of, quantity, basisPoints, isOn, isRemoved } = drawn;
  const isOfNode = of.startsWith('SAFETY') || of === 'PARTICIPATION' || of === 'STALE_BUFFER';
  const at = isOfNode ? drawn.location : undefined;
  const seller = of === 'STALE_BUFFER' ? undefined : (drawn.channel ?? (of === 'QUOTA' ? 'APP' : undefined));
  const scope = {
    ...(drawn.sku && { sku: drawn.sku }),
    ...(at && { location: at }),
    ...(seller && { channel: seller }),
  };
  if (isRemoved) return { kind: of, isRemoved, ...scope };
  if (of === 'SAFETY_PERCENT') return { kind: of, isRemoved, ...scope, basisPoints };
  if (of === 'PARTICIPATION' || of === 'SELLABLE') return { kind: of, isRemoved, ...scope, isOn };
  if (of !== 'SELL_POLICY') return { kind: of, isRemoved, ...scope, quantity: String(quantity) };
  const sellPolicy = isOn ? ({ mode: 'BACKORDER', limit: String(quantity) } as const) : ({ mode: 'DENY' } as const);
  return { kind: of, isRemoved, ...scope, sellPolicy };
}

const step = fc.oneof(
  fc.record({ type: fc.constant('receive' as const), location, sku, units }),
  fc.record({ type: fc.constant('sell' as const), location, units }),
  fc.record({
    type: fc.constant('reserve' as const),
    channel,
    kind,
    location: some(location),
    lines: fc.array(fc.tuple(sku, units), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant('rules' as const),
    rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
    inMs: fc.constantFrom(0, 0, 60_000, 900_000),
  }),
  fc.record({ type: fc.constant('feed' as const), location, isStale: fc.boolean() }),
  // Exactly what a lease lasts, so that expiry, conversion and extension fall on the same instant.
  fc.record({ type: fc.constant('wait' as const), ms: fc.constantFrom(1, 60_000, 840_000, 900_000) }),
  fc.record({
    type: fc.constant('work' as const),
    what: fc.constantFrom('extend' as const, 'cancel' as const, 'allocate' as const),
    nth: fc.nat({ max: 9 }),
    location,
  }),
  fc.record({ type: fc.constant('due' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function openBench(): LedgerBench {
  const bench = LedgerBench.withLocations(LOCATIONS.length);
  bench.sku('B');
  bench.kit('K', { A: '2', B: '1' });
  for (const [id, locations] of Object.entries(NETWORKS)) bench.channel(id, locations);
  return bench;
}

const changeRules = (bench: LedgerBench, rules: readonly RuleRequest[], effectiveAtMs: number | null = null) =>
  bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs, rules } });

/** Carries a step out. @returns whether a network reservation was accepted, and by whom */
function run(bench: LedgerBench, drawn: Step): string | undefined {
  const { clock, state } = bench;
  switch (drawn.type) {
    case 'receive':
      bench.receive(drawn.location, String(drawn.units), drawn.sku);
      break;
    case 'sell':
      bench.sell(drawn.location, String(drawn.units));
      break;
    case 'rules':
      changeRules(bench, drawn.rules, clock.nowMs() + drawn.inMs);
      break;
    case 'feed':
      bench.given({ type: drawn.isStale ? 'feed-became-stale' : 'feed-became-fresh', location: drawn.location });
      break;
    case 'wait':
      clock.advance(drawn.ms);
      break;
    case 'due':
      bench.do({ type: 'expire-reservations' });
      bench.do({ type: 'apply-due-rules' });
      bench.do({ type: 'cover-backorders', skus: SKUS });
      break;
    case 'work':
      work(bench, drawn);
      break;
    case 'reserve': {
      const lines = drawn.lines.map(([of, count]): [string, string] => [of, String(count)]);
      const at = drawn.location ?? (drawn.kind === 'PICKUP' ? 'L0' : undefined);
      const options = { channel: drawn.channel, kind: drawn.kind, ...(at !== undefined && { location: at }) };
      return bench.reserve(lines, options).code === undefined ? drawn.channel : undefined;
    }
  }
  expect(state.positions.size).toBeGreaterThanOrEqual(0);
  return undefined;
}

function work(bench: LedgerBench, { what, nth, location: at }: Extract<Step, { type: 'work' }>): void {
  const active = [...bench.state.reservations.active()];
  const found = active[nth % Math.max(1, active.length)];
  if (!found) return;
  const { id, lineRef, steps } = found;
  const code = bench.state.skuIds.textOf(found.sku);
  const place = found.location >= 0 ? bench.state.locationIds.textOf(found.location) : at;
  if (what === 'extend') bench.do({ type: 'extend-reservation', request: { commandId: 'x', reservation: id } });
  if (what === 'cancel') bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [id] } });
  if (what !== 'allocate') return;
  const lines = [{ orderLine: lineRef, reservation: id, location: place, sku: code, quantity: String(steps) }];
  bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines } });
}

const history = fc.array(step, { maxLength: 40 });
const indexOf = (bench: LedgerBench, code: string): number => bench.state.skuIds.find(code) ?? -1;
const SOLD = [...SKUS, 'K'] as const;
const everything = (bench: LedgerBench) => CHANNELS.map((id) => SOLD.map((code) => bench.terms(id, code).available));

describe('rules', () => {
  test('change neither a physical quantity nor a claim', () => {
    fc.assert(
      fc.property(history, fc.array(rule, { minLength: 1, maxLength: 6 }), (steps, rules) => {
        const bench = openBench();
        for (const drawn of steps) run(bench, drawn);
        const held = () =>
          JSON.stringify([
            LOCATIONS.flatMap((at) => SKUS.flatMap((code) => FIGURES.map((of) => bench.figure(at, of, code)))),
            bench.state.unsourced.toEntries(),
            bench.state.reservations.toEntries(),
            [...bench.state.allocations.all()],
          ]);
        const before = held();
        changeRules(bench, rules);
        expect(held()).toBe(before);
      }),
      parameters,
    );
  });

  test('do exactly what their dry run has said', () => {
    fc.assert(
      fc.property(history, fc.array(rule, { minLength: 1, maxLength: 6 }), (steps, rules) => {
        const bench = openBench();
        for (const drawn of steps) run(bench, drawn);
        const before = everything(bench);
        const planned = planRules(bench.state, { rules, effectiveAtMs: null }, bench.clock.nowMs());
        const told = 'settings' in planned ? ruleImpactOf(bench.state, planned.settings) : undefined;
        expect(everything(bench)).toEqual(before);
        const outcome = changeRules(bench, rules);
        expect(outcome.code === undefined ? outcome.answer.impact : undefined).toEqual(told);
        const changed = CHANNELS.flatMap((id, at) =>
          SOLD.flatMap((code, of) => {
            const after = String(bench.terms(id, code).available);
            return after === String(before[at]?.[of]) ? [] : [`${code}|${id}|${before[at]?.[of]}|${after}`];
          }),
        );
        const said = told?.changes.map((one) => `${one.sku}|${one.channel}|${one.before}|${one.after}`) ?? [];
        expect(said.toSorted()).toEqual(changed.toSorted());
      }),
      parameters,
    );
  });

  test('never let quotas hold back more than the pool, so that some channel can sell whatever is there', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }),
        (stock, quotas) => {
          const bench = LedgerBench.withLocations(1);
          for (const id of ['C0', 'C1', 'C2']) bench.channel(id, ['L0']);
          if (stock > 0) bench.receive('L0', String(stock));
          changeRules(
            bench,
            quotas.map((count, at) => ({
              kind: 'QUOTA',
              channel: `C${at}`,
              quantity: String(count),
              isRemoved: false,
            })),
          );
          const availables = [0, 1, 2].map((at) => bench.terms(`C${at}`));
          for (const { otherQuota, available } of availables) expect(otherQuota + available).toBe(stock);
          const heldFor = availables.map(({ otherQuota }) => otherQuota).reduce((sum, count) => sum + count, 0) / 2;
          expect(heldFor).toBeLessThanOrEqual(stock);
          expect(heldFor).toBe(
            Math.min(
              stock,
              quotas.reduce((sum, count) => sum + count, 0),
            ),
          );
          const sold = [0, 1, 2].map((at) => {
            let count = 0;
            while (bench.reserve([['A', '1']], { channel: `C${at}` }).code === undefined) count++;
            return count;
          });
          expect(sold.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(stock);
        },
      ),
      parameters,
    );
  });

  test('keep availability monotone: never more by a claim, a buffer or staleness, never less by stock', () => {
    fc.assert(
      fc.property(history, location, sku, units, fc.nat({ max: 3 }), (steps, at, code, count, how) => {
        const bench = openBench();
        for (const drawn of steps) run(bench, drawn);
        const before = everything(bench).flat();
        const isFall = how !== 0;
        if (how === 0) bench.receive(at, String(count), code);
        if (how === 1) bench.reserve([[code, String(count)]], { channel: 'WEB' });
        if (how === 2) bench.reserve([[code, String(count)]], { channel: `STORE:${at}`, location: at });
        if (how === 3) bench.given({ type: 'feed-became-stale', location: at });
        everything(bench)
          .flat()
          .forEach((after, index) => {
            if (isFall) expect(after).toBeLessThanOrEqual(before[index] as number);
            else expect(after).toBeGreaterThanOrEqual(before[index] as number);
          });
      }),
      parameters,
    );
  });

  test('and feeds, backorders and leases are rebuilt from the log and from a snapshot to the same bytes', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const drawn of steps) run(bench, drawn);
        const bytes = Buffer.from(ledgerSnapshot.encode(bench.state));
        expect(Buffer.from(ledgerSnapshot.encode(bench.replayed())).equals(bytes)).toBe(true);
        const restored = ledgerSnapshot.decode(bytes);
        expect(Buffer.from(ledgerSnapshot.encode(restored)).equals(bytes)).toBe(true);
        for (const code of SKUS) {
          for (const { index } of bench.state.territory.channels.values()) {
            const of = indexOf(bench, code);
            expect(restored.backorders.of(of, index)).toBe(bench.state.backorders.of(of, index));
          }
        }
      }),
      parameters,
    );
  });
});

describe('reservations under any rules', () => {
  test('leave their own channel at zero or above, and only owe what the policy lets them', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const drawn of steps) {
          const accepted = run(bench, drawn);
          if (accepted === undefined || drawn.type !== 'reserve') continue;
          for (const [code] of drawn.lines) expect(bench.terms(accepted, code).balance).toBeGreaterThanOrEqual(0);
        }
      }),
      parameters,
    );
  });

  test('can all be served while no stock is lost, except for what is owed', () => {
    const kept = history.map((steps) => steps.filter(({ type }) => type !== 'sell'));
    fc.assert(
      fc.property(kept, (steps) => {
        const bench = openBench();
        for (const drawn of steps) {
          run(bench, drawn);
          for (const code of SKUS) {
            const { demand, served } = servableDemand(bench.state, indexOf(bench, code));
            expect(served).toBe(demand);
          }
          for (let row = 0; row < bench.state.positions.size; row++) {
            expect(freeOf(bench.state, row)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      parameters,
    );
  });

  test('claim nothing once they have ended, and what is owed is what their records say', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const drawn of steps) run(bench, drawn);
        const { state } = bench;
        const owed = () =>
          SKUS.map((code) =>
            [...state.territory.channels.values()].reduce(
              (sum, { index }) => sum + state.backorders.of(indexOf(bench, code), index),
              0,
            ),
          );
        const recorded = SKUS.map((code) =>
          [...state.reservations.active()]
            .filter((one) => one.sku === indexOf(bench, code))
            .reduce((sum, { backordered }) => sum + backordered, 0),
        );
        expect(owed()).toEqual(recorded);
        const ids = [...state.reservations.active()].map(({ id }) => id);
        if (ids.length > 0) bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: ids } });
        expect(state.unsourced.toEntries()).toEqual([]);
        expect(state.backorders.isEmpty).toBe(true);
        for (const at of LOCATIONS) expect(bench.figure(at, 'softReserved')).toBe(0);
      }),
      parameters,
    );
  });
});
