import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { auditSums } from './audit-sums.ts';
import { availableOf, channelTermsOf } from './availability.ts';
import type { RuleRequest } from './read-rule.ts';
import type { RuleKind } from './rule-table.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const LOCATIONS = ['L0', 'L1', 'L2', 'L3'] as const;
const SKUS = ['A', 'B'] as const;
const KIT = 'KIT';
const NETWORKS = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'], ALL: LOCATIONS } as const;
const CHANNELS = Object.keys(NETWORKS);
const ORDER = 'order';

const location = fc.constantFrom(...LOCATIONS);
const channel = fc.constantFrom(...CHANNELS);
const sku = fc.constantFrom(...SKUS);
const units = fc.integer({ min: 1, max: 9 });
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Rules that bend what a location contributes, and one that does not. */
const rule: fc.Arbitrary<RuleRequest> = fc
  .record({
    kind: fc.constantFrom(
      ...(['SAFETY_QUANTITY', 'SAFETY_PERCENT', 'PARTICIPATION', 'STALE_BUFFER', 'SELLABLE', 'THRESHOLD'] as const),
    ),
    sku: some(sku),
    location: some(location),
    channel: some(channel),
    quantity: fc.nat({ max: 6 }).map(String),
    basisPoints: fc.nat({ max: 10_000 }),
    isOn: fc.boolean(),
    isRemoved: fc.boolean(),
  })
  .map(({ kind, isRemoved, quantity, basisPoints, isOn, ...place }) => {
    const isOfNode = kind !== 'SELLABLE' && kind !== 'THRESHOLD';
    const scope = {
      ...(place.sku && { sku: place.sku }),
      ...(isOfNode && place.location && { location: place.location }),
      ...(kind !== 'STALE_BUFFER' && place.channel && { channel: place.channel }),
    };
    if (isRemoved) return { kind, isRemoved, ...scope };
    if (kind === 'SAFETY_PERCENT') return { kind, isRemoved, ...scope, basisPoints };
    if (kind === 'PARTICIPATION' || kind === 'SELLABLE') return { kind, isRemoved, ...scope, isOn };
    return { kind, isRemoved, ...scope, quantity };
  });

type Change = (bench: LedgerBench) => unknown;

const changes: Record<string, fc.Arbitrary<Change>> = {
  receive: fc.tuple(location, units, sku).map(
    ([at, count, of]) =>
      (bench) =>
        bench.receive(at, String(count), of),
  ),
  // More may be sold than there is, so that positions become negative and oversold.
  sell: fc.tuple(location, units).map(
    ([at, count]) =>
      (bench) =>
        bench.sell(at, String(count)),
  ),
  count: fc.tuple(location, units, sku).map(([at, count, of]) => (bench) => {
    bench.fact('stock-counted', { location: at, lines: [{ lineId: '1', sku: of, quantity: String(count) }] });
  }),
  reserve: fc.tuple(channel, some(location), sku, units).map(([seller, at, of, count]) => (bench) => {
    bench.reserve([[of, String(count)]], { channel: seller, ...(at && { location: at }) });
  }),
  reserveKit: fc.tuple(channel, units).map(([seller, count]) => (bench) => {
    bench.reserve([[KIT, String(count)]], { channel: seller });
  }),
  allocate: fc.tuple(fc.nat({ max: 5 }), location).map(([nth, at]) => (bench) => {
    const found = [...bench.state.reservations.active()][nth];
    if (!found) return;
    const line = { orderLine: `line-${nth}`, reservation: found.id, location: at, quantity: '1' };
    const lines = [{ ...line, sku: bench.state.skuIds.textOf(found.sku) }];
    bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: ORDER, lines } });
  }),
  cancel: fc.nat({ max: 5 }).map((nth) => (bench) => {
    const found = [...bench.state.reservations.active()][nth];
    bench.do({
      type: 'cancel-reservations',
      request: { commandId: 'c', reservations: found ? [found.id] : [] },
    });
  }),
  rules: fc
    .tuple(fc.array(rule, { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 60_000))
    .map(([rules, inMs]) => (bench) => {
      const request = { changedBy: 'op', effectiveAtMs: bench.clock.nowMs() + inMs, rules };
      bench.do({ type: 'change-availability-rules', request });
    }),
  /** As journals from before rules had versions hold it. */
  formerRule: fc
    .tuple(fc.constantFrom<RuleKind>('SAFETY_ABSOLUTE', 'PARTICIPATION'), some(sku), some(location), fc.boolean())
    .map(([kind, of, at, isOn]) => (bench) => {
      const scope = { ...(of && { sku: of }), ...(at && { location: at }) };
      const value = kind === 'PARTICIPATION' ? Number(isOn) : 20_000;
      bench.given({ type: 'availability-rule-set', kind, scope, value });
    }),
  /** Nobody decides so while there is stock, but the sums need not rely on it. */
  step: fc.tuple(sku, fc.constantFrom(0 as const, 1 as const)).map(([of, decimals]) => (bench) => {
    bench.given({ type: 'sku-registered', sku: of, decimals, categories: [] });
  }),
  wait: fc.constantFrom(60_000, 900_000).map((ms) => (bench) => {
    bench.clock.advance(ms);
    bench.do({ type: 'expire-reservations' });
    bench.do({ type: 'apply-due-rules' });
  }),
  feed: fc.tuple(location, fc.boolean()).map(([at, isStale]) => (bench) => {
    bench.given({ type: isStale ? 'feed-became-stale' : 'feed-became-fresh', location: at });
  }),
  network: fc.tuple(channel, fc.subarray([...LOCATIONS], { minLength: 1 })).map(([id, locations]) => (bench) => {
    bench.do({ type: 'register-network', request: { id, locations } });
  }),
  channel: fc.tuple(channel, channel).map(([id, network]) => (bench) => {
    bench.do({ type: 'register-channel', request: { id, network, currency: 'GBP', publishes: 'ATS' } });
  }),
  newChannel: fc.tuple(fc.constantFrom('X', 'Y', 'Z'), channel).map(([id, network]) => (bench) => {
    bench.do({ type: 'register-channel', request: { id, network, currency: 'GBP', publishes: 'ATS' } });
  }),
};

/** Without any rule the formula takes a shorter way. */
function openBench(hasBuffer: boolean): LedgerBench {
  const bench = LedgerBench.withLocations(LOCATIONS.length);
  bench.sku('B');
  const components = SKUS.map((part) => ({ sku: part, quantity: '1' }));
  bench.do({ type: 'register-sku', request: { sku: KIT, step: '1', categories: [], components } });
  for (const [id, locations] of Object.entries(NETWORKS)) bench.channel(id, locations);
  for (const at of LOCATIONS) for (const of of SKUS) bench.receive(at, '9', of);
  if (hasBuffer) {
    const rules = [{ kind: 'STALE_BUFFER', isRemoved: false, quantity: '2' }] as const;
    bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs: null, rules } });
    bench.do({ type: 'apply-due-rules' });
  }
  return bench;
}

/** Asks for what may be sold, which keeps the sums, and holds the answers against the walk over all locations. */
function expectPlain(bench: LedgerBench, skus: readonly string[]): void {
  const { state } = bench;
  for (const id of skus) {
    const index = state.skuIds.find(id) ?? 0;
    for (const record of state.territory.channels.values()) {
      const { available } = channelTermsOf(state, index, record);
      expect([id, record.id, availableOf(state, index, record)]).toEqual([id, record.id, available]);
    }
  }
  expect(auditSums(state)).toEqual([]);
}

describe('the sums of locations that are kept', () => {
  test('are those of the formula after whatever happened, whenever they were asked for', () => {
    const step = fc.record({
      change: fc.oneof(...Object.values(changes)),
      // Some sums are kept from before the change, and some are not.
      asked: fc.subarray([...SKUS, KIT]),
    });
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 40 }), (hasBuffer, steps) => {
        const bench = openBench(hasBuffer);
        for (const { change, asked } of steps) {
          change(bench);
          expectPlain(bench, asked);
        }
        expectPlain(bench, [...SKUS, KIT]);
      }),
      parameters,
    );
  });

  test('are no part of another state with other rules', () => {
    const bench = openBench(false);
    expectPlain(bench, [...SKUS, KIT]);
    const rules: RuleRequest[] = [{ kind: 'SAFETY_QUANTITY', isRemoved: false, quantity: '4' }];
    const outcome = bench.do({
      type: 'change-availability-rules',
      request: { changedBy: 'op', effectiveAtMs: null, rules },
    });
    if (outcome.code !== undefined) throw new Error(outcome.code);
    // What a kit may be sold of is asked by the short way, also in a trial of rules.
    expect(outcome.answer.impact.changes).toContainEqual({ sku: KIT, channel: 'WEB', before: '18', after: '10' });
    expectPlain(bench, [...SKUS, KIT]);
  });
});
