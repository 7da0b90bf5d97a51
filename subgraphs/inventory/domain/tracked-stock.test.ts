import { beforeEach, describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { auditState } from './audit-state.ts';
import { BUCKETS, NONE } from './bucket.ts';
import { LotRegister } from './lot-register.ts';
import { SerialRegister } from './serial-register.ts';
import { areConditionsSettled } from './stock-conditions.ts';
import type { TrackedPosition } from './tracked-position.ts';

let bench: LedgerBench;

beforeEach(() => {
  bench = LedgerBench.withLocations(2);
  bench.do({ type: 'register-sku', request: { sku: 'MILK', step: '1', categories: [], tracking: 'LOT' } });
  bench.do({ type: 'register-sku', request: { sku: 'PHONE', step: '1', categories: [], tracking: 'SERIAL' } });
});

function positionOf(sku: string, location = 'L0'): TrackedPosition | undefined {
  const { state } = bench;
  return state.tracked.at(
    state.positions.find(state.skuIds.find(sku) ?? NONE, state.locationIds.find(location) ?? NONE),
  );
}

const lotsOf = (sku: string, location?: string) =>
  Object.fromEntries([...(positionOf(sku, location)?.lots ?? [])].map(([lot, [sellable]]) => [lot, sellable]));

const serialsOf = (sku: string, location?: string) => [...(positionOf(sku, location)?.serials.keys() ?? [])].toSorted();

function receive(sku: string, quantity: string, units: object, occurredAtMs = bench.clock.nowMs()) {
  const lines = [{ lineId: '1', sku, quantity, ...units }];
  return bench.fact('goods-received', { location: 'L0', reference: 'po', lines }, { occurredAtMs });
}

function count(lines: readonly object[], occurredAtMs = bench.clock.nowMs()) {
  const numbered = lines.map((line, index) => ({ lineId: String(index), ...line }));
  return bench.fact('stock-counted', { location: 'L0', lines: numbered as never }, { occurredAtMs });
}

/** Where there is one. */
const open = () =>
  bench.state.exceptions.ofClass('TRACKING_MISMATCH').map(({ cause }) => cause.split('|').slice(1).join(' at '));
const settle = () => {
  const lineage = { system: 'pos', eventId: 'e' };
  bench.do({ type: 'settle-exceptions', skus: ['MILK', 'PHONE'].map((sku) => ({ sku, lineage })) });
};

describe('a fact about tracked stock', () => {
  test('is applied without a lot, and the units without one are an exception until a count by lot tells them', () => {
    expect(receive('MILK', '5', {}).code).toBeUndefined();
    settle();
    expect([bench.figure('L0', 'SELLABLE', 'MILK'), open()]).toEqual([5, ['MILK at L0']]);

    count([
      { sku: 'MILK', quantity: '3', lot: 'N1', expiresOn: '2027-01-31' },
      { sku: 'MILK', quantity: '2', lot: 'N2' },
    ]);
    settle();
    expect([lotsOf('MILK'), open()]).toEqual([{ N1: 3, N2: 2 }, []]);
    expect(bench.state.tracked.lots.get(bench.state.skuIds.find('MILK') ?? NONE, 'N1')?.expiresOn).toBe('2027-01-31');
  });

  test('is told of once however much more goes with no lot', () => {
    for (let time = 0; time < 3; time++) {
      receive('MILK', '1', {});
      settle();
    }
    expect(bench.log.flat().filter(({ type }) => type === 'exception-raised')).toHaveLength(1);
    expect(areConditionsSettled(bench.state, 'MILK')).toBe(true);
  });

  test('that takes more of a lot than lies there leaves it below zero instead of being lost', () => {
    receive('MILK', '2', { lot: 'N1' });
    bench.fact('store-sale-recorded', {
      location: 'L0',
      externalId: 'r',
      lines: [{ lineId: '1', sku: 'MILK', quantity: '3', lot: 'N1', unitPriceMinor: 1 }],
    });
    settle();
    expect([lotsOf('MILK'), open()]).toEqual([{ N1: -1 }, ['MILK at L0']]);
  });

  test('that tells of a serial somewhere else moves it there, and the place that it left is an exception', () => {
    receive('PHONE', '1', { serials: ['S1'] });
    bench.clock.advance(1_000);
    const lines = [{ lineId: '1', sku: 'PHONE', quantity: '1', serials: ['S1'] }];
    bench.fact('goods-received', { location: 'L1', reference: 'po', lines });
    settle();
    expect([serialsOf('PHONE', 'L0'), serialsOf('PHONE', 'L1')]).toEqual([[], ['S1']]);
    expect(open()).toEqual(['PHONE at L0']);
  });

  test('that comes late does not bring a serial back that has left', () => {
    const nowMs = bench.clock.nowMs();
    const lines = [{ lineId: '1', sku: 'PHONE', quantity: '1', serials: ['S1'], unitPriceMinor: 1 }];
    bench.fact('store-sale-recorded', { location: 'L0', externalId: 'r', lines }, { occurredAtMs: nowMs });
    receive('PHONE', '1', { serials: ['S1'] }, nowMs - 1_000);
    settle();
    expect([serialsOf('PHONE'), open()]).toEqual([[], []]);
    expect(bench.state.tracked.serials.get(bench.state.skuIds.find('PHONE') ?? NONE, 'S1')?.gone).toBe('CUSTOMER');
  });

  test('from a clock that runs ahead does not hold the serial back from what others tell next', () => {
    receive('PHONE', '1', { serials: ['S1'] }, bench.clock.nowMs() + 3_600_000);
    bench.clock.advance(1_000);
    const lines = [{ lineId: '1', sku: 'PHONE', quantity: '1', serials: ['S1'], unitPriceMinor: 1 }];
    bench.fact('store-sale-recorded', { location: 'L0', externalId: 'r', lines });
    expect([serialsOf('PHONE'), positionOf('PHONE')?.gap]).toEqual([[], 0]);
  });

  test('says nothing by a lot of a SKU that is not tracked', () => {
    receive('A', '5', { lot: 'N1', serials: ['S1'] });
    const [moved] = bench.log.flat().filter((event) => event.type === 'stock-moved');
    expect(moved?.lines[0]).toEqual(expect.not.objectContaining({ lot: 'N1' }));
    expect(positionOf('A')).toBeUndefined();
  });
});

describe('a count by lot', () => {
  test('keeps what has moved since its instant', () => {
    const nowMs = bench.clock.nowMs();
    receive('MILK', '5', { lot: 'N1' }, nowMs - 10_000);
    receive('MILK', '2', { lot: 'N2' }, nowMs - 1_000);
    count([{ sku: 'MILK', quantity: '4', lot: 'N1' }], nowMs - 5_000);
    expect([lotsOf('MILK'), bench.figure('L0', 'SELLABLE', 'MILK')]).toEqual([{ N1: 4, N2: 2 }, 6]);
  });

  test('tells quantities only, when more has moved since than is remembered', () => {
    const nowMs = bench.clock.nowMs();
    receive('MILK', '5', { lot: 'N1' }, nowMs - 10_000);
    for (let move = 0; move < 20; move++) receive('MILK', '1', { lot: 'N2' }, nowMs - 1_000);
    count([{ sku: 'MILK', quantity: '4', lot: 'N1' }], nowMs - 5_000);
    expect([lotsOf('MILK'), bench.figure('L0', 'SELLABLE', 'MILK')]).toEqual([{ N1: 5, N2: 20 }, 24]);
    expect(positionOf('MILK')?.unidentified[0]).toBe(-1);
  });

  test('of which a line names none leaves the lots as they are', () => {
    receive('MILK', '5', { lot: 'N1' });
    count([
      { sku: 'MILK', quantity: '3', lot: 'N1' },
      { sku: 'MILK', quantity: '1' },
    ]);
    expect([lotsOf('MILK'), positionOf('MILK')?.unidentified[0]]).toEqual([{ N1: 5 }, -1]);
  });
});

describe('a count without lots', () => {
  test('is explained by what comes to light later of the time before it', () => {
    const nowMs = bench.clock.nowMs();
    receive('MILK', '5', { lot: 'N1' }, nowMs - 10_000);
    count([{ sku: 'MILK', quantity: '4' }], nowMs - 5_000);
    const lines = [{ lineId: '1', sku: 'MILK', quantity: '1', lot: 'N1', unitPriceMinor: 1 }];
    bench.fact('store-sale-recorded', { location: 'L0', externalId: 'r', lines }, { occurredAtMs: nowMs - 8_000 });
    expect([lotsOf('MILK'), positionOf('MILK')?.gap, bench.figure('L0', 'SELLABLE', 'MILK')]).toEqual([
      { N1: 4 },
      0,
      4,
    ]);
  });
});

describe('a count by serial', () => {
  test('takes out what it did not find, and what is told later of the time before it', () => {
    const nowMs = bench.clock.nowMs();
    receive('PHONE', '2', { serials: ['S1', 'S2'] }, nowMs - 10_000);
    count([{ sku: 'PHONE', quantity: '1', serials: ['S2'] }], nowMs - 5_000);
    receive('PHONE', '1', { serials: ['S5'] }, nowMs - 8_000);
    settle();
    expect([serialsOf('PHONE'), bench.figure('L0', 'SELLABLE', 'PHONE'), open()]).toEqual([['S2'], 1, []]);
    receive('PHONE', '1', { serials: ['S1'] }, nowMs - 1_000);
    expect([serialsOf('PHONE'), positionOf('PHONE')?.gap]).toEqual([['S1', 'S2'], 0]);
  });
});

describe('a command about tracked stock', () => {
  const dispose = (line: object) => {
    const about = {
      commandId: `d${bench.log.length}`,
      location: 'L0',
      occurredAt: new Date(bench.clock.nowMs()).toISOString(),
    };
    const full = { sku: 'MILK', quantity: '1', from: 'DAMAGED', to: 'SHRINK', reason: 'DAMAGE', ...line } as never;
    return bench.do({ type: 'dispose-stock', request: { ...about, lines: [full] } });
  };
  const damage = (sku: string, quantity: string, units: object) => {
    receive(sku, quantity, units);
    const line = { lineId: '1', sku, quantity, from: 'SELLABLE', to: 'DAMAGED', reason: 'DAMAGE', ...units } as const;
    bench.fact('condition-changed', { location: 'L0', lines: [line] });
  };

  test.each([
    ['no lot', { quantity: '1' }, 'BAD_USER_INPUT', 'lot'],
    ['a lot that does not lie there', { quantity: '1', lot: 'N2' }, 'INSUFFICIENT_STOCK', 'lot'],
    ['more than there is of the lot', { quantity: '4', lot: 'N1' }, 'INSUFFICIENT_STOCK', 'lot'],
  ])('is refused that names %s', (_what, line, code, field) => {
    damage('MILK', '3', { lot: 'N1' });
    expect(dispose(line)).toMatchObject({ code, details: { field, sku: 'MILK' } });
    expect(dispose({ quantity: '3', lot: 'N1' }).code).toBeUndefined();
  });

  test.each([
    ['no serials', {}],
    ['fewer serials than units', { quantity: '2', serials: ['S1'] }],
    ['a serial twice', { quantity: '2', serials: ['S1', 'S1'] }],
    ['a serial that lies elsewhere', { serials: ['S9'] }],
  ])('is refused that names %s', (_what, line) => {
    damage('PHONE', '2', { serials: ['S1', 'S2'] });
    receive('PHONE', '1', { serials: ['S9'] });
    expect(dispose({ sku: 'PHONE', ...line })).toMatchObject({ code: 'BAD_USER_INPUT', details: { field: 'serials' } });
    expect(dispose({ sku: 'PHONE', quantity: '2', serials: ['S1', 'S2'] }).code).toBeUndefined();
    expect(serialsOf('PHONE')).toEqual(['S9']);
  });

  test('is refused whose lines together take more of a lot, or one serial twice', () => {
    damage('MILK', '3', { lot: 'N1' });
    damage('PHONE', '2', { serials: ['S1', 'S2'] });
    const line = { from: 'DAMAGED', to: 'SHRINK', reason: 'DAMAGE' } as const;
    const disposed = (units: object) => {
      const about = { commandId: `d${bench.log.length}`, location: 'L0', occurredAt: new Date(0).toISOString() };
      const lines = [0, 1].map(() => ({ ...line, ...units })) as never;
      return bench.do({ type: 'dispose-stock', request: { ...about, lines } });
    };
    expect(disposed({ sku: 'MILK', quantity: '2', lot: 'N1' })).toMatchObject({ details: { field: 'lot', line: '1' } });
    expect(disposed({ sku: 'PHONE', quantity: '1', serials: ['S1'] })).toMatchObject({
      details: { serial: 'S1', line: '1' },
    });
    expect(disposed({ sku: 'MILK', quantity: '1', lot: 'N1' }).code).toBeUndefined();
  });

  test('may take units of which nobody knows the lot without naming one', () => {
    damage('MILK', '3', {});
    expect(dispose({ quantity: '3' }).code).toBeUndefined();
  });

  test('moves a returned unit whose serial it need not name, because no other waits', () => {
    const about = {
      commandId: 'r1',
      occurredAt: new Date(bench.clock.nowMs()).toISOString(),
      document: 'ret',
      location: 'L0',
    };
    const returned = { documentLine: '1', sku: 'PHONE', quantity: '1', serials: ['S1'] };
    bench.do({ type: 'record-movement', request: { ...about, kind: 'RETURN_RECEIPT', lines: [returned] } });
    const lines = [{ returnLine: '1', sku: 'PHONE', quantity: '1', disposition: 'RESTOCK' as const }];
    bench.do({ type: 'dispose-return', request: { commandId: 'd1', return: 'ret', location: 'L0', lines } });
    expect([positionOf('PHONE')?.serials.get('S1'), positionOf('PHONE')?.gap]).toEqual([0, 0]);
  });

  test('that records a movement is refused when its serials are not as many as its units', () => {
    const about = {
      commandId: 'r1',
      occurredAt: new Date(bench.clock.nowMs()).toISOString(),
      document: 'ret',
      location: 'L0',
    };
    const lines = [{ documentLine: '7', sku: 'PHONE', quantity: '2', serials: ['S1'] }];
    expect(bench.do({ type: 'record-movement', request: { ...about, kind: 'RETURN_RECEIPT', lines } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field: 'serials', documentLine: '7' },
    });
  });
});

describe('the tracking of a SKU', () => {
  test('begins with units of no known lot, changes its way, and ends without a trace', () => {
    receive('A', '4', {});
    const register = (tracking: 'NONE' | 'LOT' | 'SERIAL') =>
      bench.do({ type: 'register-sku', request: { sku: 'A', step: '1', categories: [], tracking } });
    register('LOT');
    expect(positionOf('A')?.unidentified[0]).toBe(4);
    receive('A', '1', { lot: 'N1' });
    register('SERIAL');
    expect([positionOf('A')?.unidentified[0], lotsOf('A'), auditState(bench.state)]).toEqual([5, {}, []]);
    register('NONE');
    expect([positionOf('A'), auditState(bench.state)]).toEqual([undefined, []]);
  });

  test.each([
    ['a sum', () => positionOf('MILK')?.addUnidentified(0, 1), 'its lots or serials are 6'],
    ['a serial in two places', () => positionOf('PHONE', 'L1')?.serials.set('S1', 0), 'said to be elsewhere'],
    ['a lost serial', () => positionOf('PHONE')?.serials.delete('S1'), 'serials lie somewhere'],
    ['a lost lot', () => bench.state.tracked.lots.forget(bench.state.skuIds.find('MILK') ?? NONE), 'is not known'],
  ])('is audited: %s that is wrong is told', (_what, damage, words) => {
    receive('MILK', '5', { lot: 'N1' });
    receive('PHONE', '1', { serials: ['S1'] });
    bench.fact('goods-received', {
      location: 'L1',
      reference: 'po',
      lines: [{ lineId: '1', sku: 'PHONE', quantity: '1', serials: ['S2'] }],
    });
    expect(auditState(bench.state)).toEqual([]);
    damage();
    expect(auditState(bench.state).join('\n')).toContain(words);
  });
});

describe('what lies nowhere any more', () => {
  test('is remembered up to a bound, the latest of it', () => {
    const lots = new LotRegister(undefined, 2);
    for (const lot of ['N1', 'N2', 'N3']) {
      lots.occupy(0, lot, 1);
      lots.tell(0, lot, { expiresOn: '2027-01-31', toldAtMs: 1 });
      lots.occupy(0, lot, -1);
    }
    expect(['N1', 'N2', 'N3'].map((lot) => lots.get(0, lot)?.expiresOn)).toEqual([
      undefined,
      '2027-01-31',
      '2027-01-31',
    ]);
    const serials = new SerialRegister(undefined, 1);
    for (const serial of ['S1', 'S2']) {
      serials.set({ sku: 0, serial, row: 0, bucket: BUCKETS.indexOf('SELLABLE'), sinceMs: 1 });
      serials.set({ sku: 0, serial, row: 0, bucket: NONE, gone: 'CUSTOMER', sinceMs: 2 });
    }
    expect([serials.get(0, 'S1'), serials.get(0, 'S2')?.gone]).toEqual([undefined, 'CUSTOMER']);
  });

  test('believes of two days the one that was told of later, and the earlier one of the same instant', () => {
    const lots = new LotRegister();
    lots.tell(0, 'N', { expiresOn: '2027-03-01', toldAtMs: 5 });
    lots.tell(0, 'N', { expiresOn: '2027-01-01', toldAtMs: 4 });
    lots.tell(0, 'N', { expiresOn: '2027-02-01', toldAtMs: 5 });
    expect(lots.get(0, 'N')?.expiresOn).toBe('2027-02-01');
  });
});
