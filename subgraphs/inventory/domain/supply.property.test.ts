import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { expectedSupply, nextSupplyMs } from './expected-supply.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const document = fc.constantFrom('PO-1', 'PO-2');
const location = fc.constantFrom('L0', 'L1');
const told = fc.oneof(
  fc.record({
    type: fc.constantFrom('supply-announced' as const, 'supply-changed' as const, 'supply-cancelled' as const),
    document,
    location,
    line: fc.constantFrom('1', '2'),
    quantity: fc.nat({ max: 9 }),
    expectedInMs: fc.option(fc.integer({ min: 1, max: 50 }), { nil: null }),
  }),
  fc.record({
    type: fc.constant('goods-received' as const),
    document,
    location,
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
);
type Told = typeof told extends fc.Arbitrary<infer T> ? T : never;

function openBench(): LedgerBench {
  return LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
}

/** The n-th fact was stated at the instant n, whenever it becomes known. */
function tell(bench: LedgerBench, facts: readonly Told[], index: number): void {
  const fact = facts[index] as Told;
  const about = { eventId: `event-${index}`, occurredAtMs: index + 1 };
  if (fact.type === 'goods-received') {
    const lines = [{ lineId: '1', sku: 'A', quantity: String(fact.quantity) }];
    bench.fact('goods-received', { location: fact.location, reference: fact.document, lines }, about);
    return;
  }
  const expected = fact.expectedInMs === null ? {} : { expectedAt: new Date(fact.expectedInMs).toISOString() };
  const quantity = fact.type === 'supply-cancelled' ? '0' : String(fact.quantity);
  const lines = [{ lineId: '1', documentLine: fact.line, sku: 'A', quantity, ...expected }];
  bench.fact(fact.type, { document: fact.document, location: fact.location, lines }, about);
}

/** What is still to come, told slowly: the newest statement of each line, less what came, the earliest lines first. */
function toCome(facts: readonly Told[], at: string): { steps: number; expectedInMs: number | null }[] {
  return ['PO-1', 'PO-2'].flatMap((id) => {
    const newest = new Map<string, Exclude<Told, { type: 'goods-received' }>>();
    let left = 0;
    for (const fact of facts) {
      if (fact.document !== id) continue;
      if (fact.type !== 'goods-received') newest.set(fact.line, fact);
      else if (fact.location === at) left += fact.quantity;
    }
    return [...newest.values()]
      .filter((statement) => statement.location === at)
      .sort((a, b) => (a.expectedInMs ?? 99) - (b.expectedInMs ?? 99) || (a.line < b.line ? -1 : 1))
      .map(({ type, quantity, expectedInMs }) => {
        const ordered = type === 'supply-cancelled' ? 0 : quantity;
        const taken = Math.min(left, ordered);
        left -= taken;
        return { steps: ordered - taken, expectedInMs };
      })
      .filter(({ steps }) => steps > 0);
  });
}

describe('expected supply', () => {
  const facts = fc.array(told, { maxLength: 14 });

  test('is the newest statement less what was received, in whatever order both become known', () => {
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (all, order) => {
        const bench = openBench();
        const indexes = [...all.keys()].sort(() => ((order.next().value ?? 0) % 2 === 0 ? -1 : 1));
        for (const index of [...indexes, ...indexes]) tell(bench, all, index);
        for (const at of ['L0', 'L1']) {
          const found = bench.state.supply
            .at(0, bench.state.locationIds.find(at) as number)
            .map(({ steps, expectedAtMs }) => `${steps}@${expectedAtMs}`);
          const wanted = toCome(all, at).map(({ steps, expectedInMs }) => `${steps}@${expectedInMs}`);
          expect(found.sort()).toEqual(wanted.sort());
        }
      }),
      parameters,
    );
  });

  test('counts what is dated until an instant, never what has no date, and never sells any of it', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 60 }), (all, untilMs) => {
        const bench = openBench();
        const lying = bench.terms('WEB').available;
        all.forEach((fact, index) => fact.type !== 'goods-received' && tell(bench, all, index));
        expect(bench.terms('WEB').available).toBe(lying);
        all.forEach((fact, index) => fact.type === 'goods-received' && tell(bench, all, index));
        const network = bench.state.territory.networks.get('WEB');
        if (!network) throw new Error('no network');
        const dated = ['L0', 'L1'].flatMap((at) => toCome(all, at));
        const due = dated.filter(({ expectedInMs }) => expectedInMs !== null && expectedInMs <= untilMs);
        expect(expectedSupply(bench.state, 0, { network, untilMs })).toBe(
          due.reduce((sum, { steps }) => sum + steps, 0),
        );
        const later = dated.flatMap(({ expectedInMs }) =>
          expectedInMs !== null && expectedInMs > untilMs ? expectedInMs : [],
        );
        const next = later.length === 0 ? undefined : Math.min(...later);
        expect(nextSupplyMs(bench.state, 0, { network, afterMs: untilMs })).toBe(next);
      }),
      parameters,
    );
  });

  test('is rebuilt from the log and from a snapshot to the same bytes and the same supply', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const bench = openBench();
        all.forEach((_, index) => tell(bench, all, index));
        const bytes = Buffer.from(ledgerSnapshot.encode(bench.state));
        expect(Buffer.from(ledgerSnapshot.encode(bench.replayed())).equals(bytes)).toBe(true);
        const restored = ledgerSnapshot.decode(bytes);
        expect(Buffer.from(ledgerSnapshot.encode(restored)).equals(bytes)).toBe(true);
        for (const at of [0, 1]) expect(restored.supply.at(0, at)).toEqual(bench.state.supply.at(0, at));
      }),
      parameters,
    );
  });
});
