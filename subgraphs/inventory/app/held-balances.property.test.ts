import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import type { HeldBalances } from '../../../schema/commands/balances.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { heldBalances } from './held-balances.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const runs = { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) };
const SKUS = ['A', 'B', 'C', 'D', 'E'] as const;
const PLACES = ['L0', 'L1'] as const;

interface Movement {
  readonly sku: (typeof SKUS)[number];
  readonly place: (typeof PLACES)[number];
  readonly units: number;
  /** Whether the units go to a shelf that is not sold from. */
  readonly isHeld: boolean;
  /** Before the moment in which it becomes known. */
  readonly agoMs: number;
}

const movements = fc.array(
  fc.record<Movement>({
    sku: fc.constantFrom(...SKUS),
    place: fc.constantFrom(...PLACES),
    units: fc.integer({ min: 1, max: 4 }),
    isHeld: fc.boolean(),
    agoMs: fc.nat({ max: 5_000 }),
  }),
  { maxLength: 25 },
);

/** Goods that came in, some of which were set aside; what lay where at an instant is summed without the ledger. */
function traded(list: readonly Movement[]) {
  const bench = LedgerBench.withLocations(PLACES.length);
  for (const sku of SKUS.slice(1)) bench.sku(sku);
  const told = list.map(({ sku, place, units, isHeld, agoMs }) => {
    bench.clock.advance(1_000);
    const occurredAtMs = bench.clock.nowMs() - agoMs;
    bench.receive(place, String(units), sku, occurredAtMs);
    const lines = [{ lineId: '1', sku, quantity: '1', from: 'SELLABLE', to: 'DAMAGED', reason: 'DAMAGE' } as const];
    if (isHeld) bench.fact('condition-changed', { location: place, lines }, { occurredAtMs });
    return { sku, place, occurredAtMs, onHand: units, sellable: units - (isHeld ? 1 : 0) };
  });
  const at = (place: string, asOfMs: number, figure: HeldBalances['figure']): ReadonlyMap<string, string> => {
    const sums = new Map<string, number>();
    for (const each of told) {
      if (each.place !== place || each.occurredAtMs > asOfMs) continue;
      const units = figure === 'ON_HAND' ? each.onHand : each.sellable;
      sums.set(each.sku, (sums.get(each.sku) ?? 0) + units);
    }
    return new Map([...sums].filter(([, units]) => units !== 0).map(([sku, units]) => [sku, String(units)]));
  };
  return { bench, at };
}

const instants = fc.nat({ max: 35_000 });
const figures = fc.constantFrom<HeldBalances['figure']>('SELLABLE', 'ON_HAND');

describe('what the ledger held at an instant', () => {
  test('is what had happened by then, whenever it became known, page by page and each position once', () => {
    fc.assert(
      fc.property(movements, instants, figures, fc.integer({ min: 1, max: 4 }), (list, agoMs, figure, limit) => {
        const { bench, at } = traded(list);
        const asOfMs = bench.clock.nowMs() - agoMs;
        for (const location of PLACES) {
          const found: (readonly [string, string | null])[] = [];
          let after: number | undefined;
          do {
            const asked = { location, asOf: new Date(asOfMs).toISOString(), figure, limit };
            const page = heldBalances(bench.state, after === undefined ? asked : { ...asked, after });
            found.push(...page.balances.map(({ sku, quantity }) => [sku, quantity] as const));
            after = page.next;
          } while (after !== undefined);
          expect(new Map(found)).toEqual(at(location, asOfMs, figure));
          expect(new Set(found.map(([sku]) => sku)).size).toBe(found.length);
        }
      }),
      runs,
    );
  });

  test('is the same of chosen SKUs, and nothing of those that were never there', () => {
    fc.assert(
      fc.property(movements, instants, figures, fc.subarray([...SKUS]), (list, agoMs, figure, chosen) => {
        const { bench, at } = traded(list);
        const asOfMs = bench.clock.nowMs() - agoMs;
        const asked = { location: 'L0', asOf: new Date(asOfMs).toISOString(), figure };
        const { balances } = heldBalances(bench.state, { ...asked, skus: [...chosen, 'NEVER-SEEN'] });
        const all = at('L0', asOfMs, figure);
        const expected = new Map<string, string>(chosen.map((sku) => [sku, all.get(sku) ?? '0']));
        for (const { sku, quantity } of balances) expect(quantity).toBe(expected.get(sku));
        const missing = chosen.filter((sku) => balances.every((balance) => balance.sku !== sku));
        for (const sku of missing) expect(expected.get(sku)).toBe('0');
      }),
      runs,
    );
  });

  test('has no page that begins where another location is, and none of a location that is not known', () => {
    const { bench } = traded([{ sku: 'A', place: 'L1', units: 1, isHeld: false, agoMs: 0 }]);
    const asked = { asOf: new Date(bench.clock.nowMs()).toISOString(), figure: 'SELLABLE' } as const;
    expect(() => heldBalances(bench.state, { location: 'L0', ...asked, after: 0 })).toThrow('no place of L0');
    expect(() => heldBalances(bench.state, { location: 'L1', ...asked, after: 9 })).toThrow('no place of L1');
    expect(heldBalances(bench.state, { location: 'L9', ...asked })).toEqual({ balances: [] });
  });
});
