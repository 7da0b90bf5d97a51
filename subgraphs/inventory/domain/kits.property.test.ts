import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { auditState } from './audit-state.ts';
import { findNodes } from './find-nodes.ts';
import { NONE } from './bucket.ts';

/* Kits that share components, in requests of several lines, over random stock and histories. */

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

/** K1 and K2 share B, and both are sold beside their components. */
const KITS: Readonly<Record<string, Readonly<Record<string, number>>>> = { K1: { A: 1, B: 2 }, K2: { B: 3, C: 1 } };
const COMPONENTS = ['A', 'B', 'C'] as const;

function openBench(stock: readonly number[] = []): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
  for (const sku of ['B', 'C']) bench.sku(sku);
  for (const [sku, parts] of Object.entries(KITS)) {
    const components = Object.entries(parts).map(([part, count]) => ({ sku: part, quantity: String(count) }));
    bench.do({ type: 'register-sku', request: { sku, step: '1', categories: [], components } });
  }
  stock.forEach((count, index) => count > 0 && bench.receive('L0', String(count), COMPONENTS[index]));
  return bench;
}

const stock = fc.array(fc.nat({ max: 12 }), { minLength: 3, maxLength: 3 });
const line = fc.tuple(fc.constantFrom('K1', 'K2', ...COMPONENTS), fc.integer({ min: 1, max: 3 }));
const request = fc.array(line, { minLength: 1, maxLength: 4 });

/** What a request needs of each component, told slowly. */
function needOf(lines: readonly (readonly [string, number])[]): Map<string, number> {
  const need = new Map<string, number>();
  for (const [sku, count] of lines) {
    for (const [part, each] of Object.entries(KITS[sku] ?? { [sku]: 1 })) {
      need.set(part, (need.get(part) ?? 0) + count * each);
    }
  }
  return need;
}

const asText = (lines: readonly (readonly [string, number])[]) =>
  lines.map(([sku, count]) => [sku, String(count)] as const);

describe('kits', () => {
  test('are available as far as the scarcest component allows', () => {
    fc.assert(
      fc.property(stock, (counts) => {
        const bench = openBench(counts);
        const [a = 0, b = 0, c = 0] = counts;
        expect(bench.terms('WEB', 'K1').available).toBe(Math.min(a, Math.floor(b / 2)));
        expect(bench.terms('WEB', 'K2').available).toBe(Math.min(Math.floor(b / 3), c));
      }),
      parameters,
    );
  });

  test('are reserved exactly when the components of the whole request are there, all or none', () => {
    fc.assert(
      fc.property(
        stock,
        fc.array(request, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (counts, requests, isBound) => {
          const bench = openBench(counts);
          const left = new Map(COMPONENTS.map((sku, index) => [sku as string, counts[index] as number]));
          for (const lines of requests) {
            const need = needOf(lines);
            const fits = [...need].every(([sku, count]) => count <= (left.get(sku) ?? 0));
            const outcome = bench.reserve(asText(lines), isBound ? { location: 'L0' } : {});
            expect(outcome.code).toBe(fits ? undefined : 'INSUFFICIENT_STOCK');
            if (fits) for (const [sku, count] of need) left.set(sku, (left.get(sku) ?? 0) - count);
            for (const sku of COMPONENTS) expect(bench.terms('WEB', sku).available).toBe(left.get(sku));
            expect(auditState(bench.state)).toEqual([]);
          }
        },
      ),
      parameters,
    );
  });

  test('give every claim back, however they end, and leave no stock of their own', () => {
    const way = fc.constantFrom('cancel', 'expire', 'deallocate', 'reserve-again', 'ship');
    fc.assert(
      fc.property(stock, request, way, (counts, lines, how) => {
        const bench = openBench(counts);
        const outcome = bench.reserve(asText(lines));
        if (outcome.code !== undefined) return;
        const { reservations } = outcome.answer;
        const ids = reservations.map(({ id }) => id);
        if (how === 'cancel') bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: ids } });
        if (how === 'expire') {
          bench.clock.advance(900_000);
          bench.do({ type: 'expire-reservations' });
        }
        const gone = how === 'ship' ? needOf(lines) : new Map<string, number>();
        if (how === 'deallocate' || how === 'reserve-again' || how === 'ship') {
          const work = reservations.map(({ id, sku, quantity, lineRef }) => {
            return { orderLine: lineRef, reservation: id, location: 'L0', sku, quantity };
          });
          const allocated = bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines: work } });
          expect(allocated.code).toBeUndefined();
          const at = {
            order: 'o',
            location: 'L0',
            lines: work.map((each, index) => ({ ...each, lineId: String(index) })),
          };
          if (how === 'ship') bench.fact('shipment-recorded', at);
          else {
            const afterwards = how === 'deallocate' ? ('NOTHING' as const) : ('RESERVE' as const);
            const given = { commandId: 'd', order: 'o', channel: 'WEB', lines: work, afterwards };
            const back = bench.do({ type: 'deallocate-stock', request: given });
            if (back.code === undefined && how === 'reserve-again') {
              expect(back.answer.reservations.map(({ sku, quantity }) => [sku, quantity])).toEqual(asText(lines));
              const again = back.answer.reservations.map(({ id }) => id);
              bench.do({ type: 'cancel-reservations', request: { commandId: 'e', reservations: again } });
            }
          }
        }
        COMPONENTS.forEach((sku, index) => {
          const expected = (counts[index] as number) - (gone.get(sku) ?? 0);
          expect(bench.terms('WEB', sku).available).toBe(expected);
          expect(bench.figure('L0', 'allocated', sku) + bench.figure('L0', 'softReserved', sku)).toBe(0);
        });
        expect([...bench.state.allocations.all()]).toEqual([]);
        for (const kit of Object.keys(KITS)) {
          expect(bench.state.positions.firstOfSku(bench.state.skuIds.find(kit) ?? NONE)).toBe(NONE);
        }
        const bytes = Buffer.from(ledgerSnapshot.encode(bench.state));
        expect(Buffer.from(ledgerSnapshot.encode(bench.replayed())).equals(bytes)).toBe(true);
        expect(Buffer.from(ledgerSnapshot.encode(ledgerSnapshot.decode(bytes))).equals(bytes)).toBe(true);
      }),
      parameters,
    );
  });

  test('can be allocated wherever a node is named, their own claim not counted against them', () => {
    fc.assert(
      fc.property(stock, fc.integer({ min: 1, max: 3 }), (counts, count) => {
        const bench = openBench(counts);
        const outcome = bench.reserve([['K1', String(count)]]);
        if (outcome.code !== undefined) return;
        const [reservation] = outcome.answer.reservations;
        const asked = { lineRef: '1', sku: 'K1', quantity: String(count), reservation: reservation?.id ?? '' };
        const found = findNodes(bench.state, { channel: 'WEB', lines: [asked] });
        const [a = 0, b = 0] = counts;
        expect(found).toEqual({
          lines: [
            {
              lineRef: '1',
              examined: 2,
              nodes: [{ location: 'L0', available: String(Math.min(a, Math.floor(b / 2))) }],
            },
          ],
        });
      }),
      parameters,
    );
  });
});

describe('what a till or a warehouse tells of a kit', () => {
  const sale = (quantity: string) => ({
    location: 'L0',
    externalId: 'r',
    lines: [{ lineId: '1', sku: 'K1', quantity, unitPriceMinor: 1 }],
  });

  test('moves its components, once, and touches what may be sold of every kit that needs them', () => {
    const bench = openBench([10, 10, 10]);
    const seq = bench.log.length;
    bench.fact('store-sale-recorded', sale('2'), { eventId: 's' });
    bench.fact('store-sale-recorded', sale('2'), { eventId: 's' });
    expect(COMPONENTS.map((sku) => bench.figure('L0', 'SELLABLE', sku))).toEqual([8, 6, 10]);
    const changed = ['K1', 'K2'].map((kit) => bench.state.skuSeqs[bench.state.skuIds.find(kit) as number]);
    expect(changed).toEqual([seq + 1, seq + 1]);
  });

  test('waits whole while a component is not registered', () => {
    const bench = openBench([10]);
    const components = [
      { sku: 'A', quantity: '1' },
      { sku: 'NEW', quantity: '1' },
    ];
    bench.do({ type: 'register-sku', request: { sku: 'K1', step: '1', categories: [], components } });
    const parked = [{ lineId: '1', code: 'UNKNOWN_SKU', sku: 'NEW' }];
    expect(bench.fact('store-sale-recorded', sale('1'))).toMatchObject({ answer: { appliedLines: 0, parked } });
    expect(bench.figure('L0', 'SELLABLE')).toBe(10);
    expect(bench.terms('WEB', 'K1').available).toBe(0);
  });

  test('is parked when it counts a kit, which has no stock of its own', () => {
    const counted = openBench().fact('stock-counted', {
      location: 'L0',
      lines: [{ lineId: '1', sku: 'K1', quantity: '1' }],
    });
    expect(counted).toMatchObject({ answer: { appliedLines: 0, parked: [{ code: 'BAD_USER_INPUT' }] } });
  });
});

test.each([
  ['a kit within a kit', { sku: 'N', components: [{ sku: 'K1', quantity: '1' }] }],
  ['a component that becomes a kit', { sku: 'A', components: [{ sku: 'C', quantity: '1' }] }],
  ['a kit of itself', { sku: 'N', components: [{ sku: 'N', quantity: '1' }] }],
  [
    'a component that is named twice',
    {
      sku: 'N',
      components: [
        { sku: 'A', quantity: '1' },
        { sku: 'A', quantity: '2' },
      ],
    },
  ],
  ['a kit that is not counted in whole ones', { sku: 'N', step: '0.1', components: [{ sku: 'A', quantity: '1' }] }],
] as const)('refuses %s', (_title, request) => {
  const bench = openBench([1, 1, 1]);
  const asked = { step: '1' as const, categories: [], ...request, components: [...request.components] };
  expect(bench.do({ type: 'register-sku', request: asked })).toMatchObject({ code: 'BAD_USER_INPUT', events: [] });
});

describe('regressions', () => {
  const rule = (kind: 'SELLABLE' | 'CAP', value: object) => ({ kind, sku: 'K1', isRemoved: false, ...value });

  test.each([
    ['that is not sold', rule('SELLABLE', { isOn: false })],
    ['beyond its cap', rule('CAP', { quantity: '0' })],
  ])('a kit %s is not reserved at a location either', (_title, asked) => {
    const bench = openBench([9, 9, 9]);
    bench.do({
      type: 'change-availability-rules',
      request: { changedBy: 'op', effectiveAtMs: null, rules: [asked] },
    });
    expect(bench.terms('WEB', 'K1').available).toBe(0);
    const refused = bench.reserve([['K1', '1']], { kind: 'PICKUP', channel: 'WEB', location: 'L0' });
    expect(refused).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
  });

  test('a kit that nobody sells is not reserved at the counter of a store either', () => {
    const bench = openBench([9, 9, 9]);
    const rules = [rule('SELLABLE', { isOn: false })];
    bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs: null, rules } });
    const refused = bench.reserve([['K1', '1']], { channel: 'STORE:L0', location: 'L0' });
    expect(refused).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
  });
});
