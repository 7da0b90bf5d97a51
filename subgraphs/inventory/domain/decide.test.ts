import { describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { virtualBalance } from './ledger-state.ts';

function shop(quantity = '10'): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
  bench.receive('L0', quantity);
  return bench;
}

describe('reserving', () => {
  test('claims for the network without binding a location', () => {
    const bench = shop();
    const outcome = bench.reserve([['A', '3']]);
    expect(outcome.events.map(({ type }) => type)).toEqual(['stock-reserved']);
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 3, available: 7 });
    expect(bench.figure('L0', 'softReserved')).toBe(0);
  });

  test('holds the lines of one SKU together and refuses all when one cannot be served', () => {
    const bench = shop();
    bench.sku('B');
    const refused = bench.reserve([
      ['A', '6'],
      ['A', '5'],
    ]);
    expect(refused).toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      details: { lines: [{ asked: '6', available: '10' }, { asked: '5' }] },
    });
    expect(refused.events).toMatchObject([{ type: 'reservation-refused', lines: [{ asked: 6 }, { asked: 5 }] }]);
    expect(
      bench.reserve([
        ['A', '1'],
        ['B', '1'],
      ]),
    ).toMatchObject({ code: 'INSUFFICIENT_STOCK', details: { lines: [{ sku: 'B' }] } });
    expect(bench.terms('WEB').available).toBe(10);
  });

  test.each([
    ['an unknown SKU', [['X', '1']], {}, 'UNKNOWN_SKU'],
    ['zero', [['A', '0']], {}, 'INVALID_QUANTITY'],
    ['less than nothing', [['A', '-1']], {}, 'INVALID_QUANTITY'],
    ['a fraction of the step', [['A', '0.5']], {}, 'INVALID_QUANTITY'],
    ['an unknown channel', [['A', '1']], { channel: 'NOPE' }, 'UNKNOWN_CHANNEL'],
    ['an unknown location', [['A', '1']], { location: 'NOPE' }, 'UNKNOWN_LOCATION'],
    ['a network claim over a store channel', [['A', '1']], { channel: 'STORE:L0' }, 'BAD_USER_INPUT'],
    ['another store over a store channel', [['A', '1']], { channel: 'STORE:L0', location: 'L1' }, 'NOT_SOLD_HERE'],
    ['a lease that is too short', [['A', '1']], { ttlMs: 1 }, 'BAD_USER_INPUT'],
    ['a lease for an order', [['A', '1']], { kind: 'ORDER', ttlMs: 60_000 }, 'BAD_USER_INPUT'],
  ] as const)('refuses %s and changes nothing', (_title, lines, options, code) => {
    const bench = shop();
    const before = bench.log.length;
    const outcome = bench.reserve(lines, options);
    expect(outcome).toMatchObject({ code, events: [] });
    expect(bench.log.slice(before).flat()).toEqual([]);
  });

  test('refuses a pick-up where nothing can be collected', () => {
    const bench = shop();
    bench.location('L9', ['SHIP']);
    bench.channel('ALL', ['L9']);
    expect(bench.reserve([['A', '1']], { channel: 'ALL', location: 'L9', kind: 'PICKUP' }).code).toBe('NOT_SOLD_HERE');
  });

  test('a store may not take at its counter what the network has promised', () => {
    const bench = shop('1');
    expect(bench.reserve([['A', '1']]).code).toBeUndefined();
    const atCounter = bench.reserve([['A', '1']], { channel: 'STORE:L0', location: 'L0' });
    expect(atCounter.code).toBe('INSUFFICIENT_STOCK');
  });

  test('ends by itself when due and claims nothing any more', () => {
    const bench = shop();
    bench.reserve([['A', '4']], { ttlMs: 60_000 });
    bench.clock.advance(59_999);
    expect(bench.do({ type: 'expire-reservations' }).events).toEqual([]);
    bench.clock.advance(1);
    expect(bench.terms('WEB').available).toBe(6);
    expect(bench.do({ type: 'expire-reservations' }).events).toMatchObject([{ type: 'reservation-expired', steps: 4 }]);
    expect(bench.terms('WEB').available).toBe(10);
  });

  test('a cancelled claim is given back once, and never by somebody else', () => {
    const bench = shop();
    const made = bench.reserve([['A', '4']], { owner: 'me' });
    const id = made.code === undefined ? (made.answer.reservations[0]?.id ?? '') : '';
    const cancel = (owner: string) =>
      bench.do({ type: 'cancel-reservations', request: { commandId: 'x', reservations: [id] }, owner });
    expect(cancel('you').code).toBe('UNKNOWN_RESERVATION');
    expect(cancel('me')).toMatchObject({ answer: { cancelled: [id] } });
    expect(cancel('me')).toMatchObject({ answer: { cancelled: [] }, events: [] });
    expect(bench.terms('WEB').available).toBe(10);
  });
});

describe('allocating', () => {
  function ordered(bench: LedgerBench, quantity: string): string {
    const made = bench.reserve([['A', quantity]], { kind: 'ORDER', owner: 'o1' });
    return made.code === undefined ? (made.answer.reservations[0]?.id ?? '') : '';
  }
  const line = (reservation: string, quantity: string, location = 'L0') => ({
    orderLine: 'ol1',
    reservation,
    location,
    sku: 'A',
    quantity,
  });
  const allocate = (bench: LedgerBench, lines: ReturnType<typeof line>[]) =>
    bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o1', lines } });

  test('converts a reservation once and keeps availability as it is', () => {
    const bench = shop();
    const id = ordered(bench, '4');
    expect(allocate(bench, [line(id, '4')]).code).toBeUndefined();
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 0, available: 6 });
    expect(bench.figure('L0', 'allocated')).toBe(4);
    expect(allocate(bench, [line(id, '4')])).toMatchObject({
      code: 'RESERVATION_NOT_ACTIVE',
      details: { status: 'CONVERTED' },
    });
  });

  test('converts a part and leaves the rest reserved', () => {
    const bench = shop();
    const id = ordered(bench, '4');
    allocate(bench, [line(id, '3')]);
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 1, available: 6 });
    expect(bench.state.reservations.get(id)).toMatchObject({ status: 'ACTIVE', steps: 1 });
  });

  test('refuses a location that cannot serve it, all lines together', () => {
    const bench = shop();
    bench.receive('L1', '1');
    const id = ordered(bench, '4');
    const refused = allocate(bench, [line(id, '2'), line(id, '2', 'L1')]);
    expect(refused).toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      details: { location: 'L1', lines: [{ available: '1' }] },
    });
    expect(bench.figure('L0', 'allocated')).toBe(0);
  });

  test('never binds what only another network can be served from', () => {
    const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']).channel('ONE', ['L0']);
    bench.receive('L0', '1');
    bench.receive('L1', '1');
    bench.reserve([['A', '1']], { channel: 'ONE' });
    const id = ordered(bench, '1');
    expect(allocate(bench, [line(id, '1', 'L0')]).code).toBe('INSUFFICIENT_STOCK');
    expect(allocate(bench, [line(id, '1', 'L1')]).code).toBeUndefined();
  });

  test('goes back to the demand of the network when it is deallocated', () => {
    const bench = shop();
    allocate(bench, [line(ordered(bench, '4'), '4')]);
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
    const request = { commandId: 'd', order: 'o1', channel: 'WEB', afterwards: 'RESERVE' as const };
    const lines = [{ orderLine: 'ol1', location: 'L0', sku: 'A', quantity: '4' }];
    const outcome = bench.do({ type: 'deallocate-stock', request: { ...request, lines } });
    expect(outcome).toMatchObject({ answer: { reservations: [{ lineRef: 'ol1', quantity: '4', expiresAt: null }] } });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 4, available: 6 });
    expect(bench.do({ type: 'deallocate-stock', request: { ...request, lines } })).toMatchObject({
      answer: { reservations: [] },
    });
  });

  test('a pick marks, a shipment retires the allocation of its line at its location', () => {
    const bench = shop();
    allocate(bench, [line(ordered(bench, '4'), '4')]);
    const lines = [{ lineId: '1', orderLine: 'ol1', sku: 'A', quantity: '3' }];
    bench.fact('pick-recorded', { order: 'o1', location: 'L0', lines });
    expect(bench.figure('L0', 'picked')).toBe(3);
    bench.fact('shipment-recorded', { order: 'o1', location: 'L0', lines });
    expect([bench.figure('L0', 'SELLABLE'), bench.figure('L0', 'allocated'), bench.figure('L0', 'picked')]).toEqual([
      7, 1, 0,
    ]);
    expect(virtualBalance(bench.state, 0, 'CUSTOMER')).toBe(3);
  });
});

describe('facts', () => {
  test('a sale beyond stock is recorded as it was, with the shortage', () => {
    const bench = shop('1');
    const outcome = bench.sell('L0', '3');
    expect(outcome.events.map(({ type }) => type)).toEqual(['stock-moved', 'shortage-recorded', 'fact-recorded']);
    expect(outcome.events[1]).toMatchObject({ short: 2, location: 'L0' });
    expect(bench.figure('L0', 'SELLABLE')).toBe(-2);
  });

  test('a repetition changes nothing', () => {
    const bench = shop();
    bench.sell('L0', '3', { eventId: 'same' });
    expect(bench.sell('L0', '3', { eventId: 'same' })).toMatchObject({ events: [], answer: { repeatedLines: 1 } });
    expect(bench.figure('L0', 'SELLABLE')).toBe(7);
  });

  test('lines that cannot be applied wait, the others are applied, and each once', () => {
    const bench = shop();
    const lines = [
      { lineId: '1', sku: 'A', quantity: '1', unitPriceMinor: 1 },
      { lineId: '2', sku: 'LATER', quantity: '1', unitPriceMinor: 1 },
      { lineId: '3', sku: 'A', quantity: '1.5', unitPriceMinor: 1 },
    ];
    const sell = () =>
      bench.fact('store-sale-recorded', { location: 'L0', externalId: 'r', lines }, { eventId: 'mixed' });
    expect(sell()).toMatchObject({
      answer: {
        appliedLines: 1,
        parked: [
          { lineId: '2', code: 'UNKNOWN_SKU' },
          { lineId: '3', code: 'INVALID_QUANTITY' },
        ],
      },
    });
    bench.sku('LATER');
    expect(sell()).toMatchObject({ answer: { appliedLines: 1, repeatedLines: 1, parked: [{ lineId: '3' }] } });
    expect([bench.figure('L0', 'SELLABLE'), bench.figure('L0', 'SELLABLE', 'LATER')]).toEqual([9, -1]);
  });

  test('a count becomes true as of its instant, and later movements stay on top of it', () => {
    const bench = shop();
    const countedAtMs = bench.clock.nowMs();
    bench.clock.advance(1_000);
    bench.sell('L0', '2');
    const lines = [{ lineId: '1', sku: 'A', quantity: '7' }];
    bench.fact('stock-counted', { location: 'L0', lines }, { occurredAtMs: countedAtMs });
    expect(bench.figure('L0', 'SELLABLE')).toBe(5);
  });

  test('a count of a system that does not own the quantity is only compared', () => {
    const bench = shop();
    const lines = [{ lineId: '1', sku: 'A', quantity: '7' }];
    const outcome = bench.fact('stock-counted', { location: 'L0', lines }, { isOwner: false });
    expect(outcome.events).toMatchObject([
      { type: 'stock-count-compared', counted: 7, recorded: 10, because: 'NOT_OWNER' },
      { type: 'exception-raised', class: 'COUNT_VARIANCE', steps: -3 },
      { type: 'fact-recorded' },
    ]);
    expect(bench.figure('L0', 'SELLABLE')).toBe(10);
  });

  test('two places of one count are counted together', () => {
    const bench = shop();
    const lines = [
      { lineId: '1', sku: 'A', quantity: '3' },
      { lineId: '2', sku: 'A', quantity: '4' },
    ];
    bench.fact('stock-counted', { location: 'L0', lines });
    expect(bench.figure('L0', 'SELLABLE')).toBe(7);
  });

  test('a disposition moves what was returned, never more, and once', () => {
    const bench = shop();
    const returned = [{ lineId: '1', returnLine: 'rl', sku: 'A', quantity: '2' }];
    bench.fact('announced-return-received', { return: 'r1', location: 'L0', lines: returned });
    const dispose = (commandId: string, quantity: string, disposition: 'RESTOCK' | 'DESTROY') =>
      bench.do({
        type: 'dispose-return',
        request: {
          commandId,
          return: 'r1',
          location: 'L0',
          lines: [{ returnLine: 'rl', sku: 'A', quantity, disposition }],
        },
      });
    expect(dispose('d1', '3', 'RESTOCK').code).toBe('ILLEGAL_TRANSITION');
    dispose('d2', '1', 'RESTOCK');
    dispose('d2', '1', 'RESTOCK');
    dispose('d3', '1', 'DESTROY');
    expect([bench.figure('L0', 'RETURN_PENDING'), bench.figure('L0', 'SELLABLE')]).toEqual([0, 11]);
    expect(virtualBalance(bench.state, 0, 'SHRINK')).toBe(1);
  });

  test('a movement that a person tells is all lines or none', () => {
    const bench = shop();
    const lines = [
      { documentLine: 'ol1', sku: 'A', quantity: '1' },
      { documentLine: 'ol2', sku: 'X', quantity: '1' },
    ];
    const request = {
      commandId: 'm',
      kind: 'SHIP',
      location: 'L0',
      document: 'o1',
      occurredAt: '2026-01-05T09:00:00Z',
      lines,
    } as const;
    const outcome = bench.do({ type: 'record-movement', request: { ...request, lines } });
    expect(outcome).toMatchObject({ code: 'UNKNOWN_SKU', details: { documentLine: 'ol2' }, events: [] });
    expect(bench.figure('L0', 'SELLABLE')).toBe(10);
  });

  test('a bucket that cannot hold more parks the line', () => {
    const bench = shop('2147483647');
    expect(bench.receive('L0', '1')).toMatchObject({ answer: { parked: [{ code: 'LIMIT_EXCEEDED' }] }, events: [] });
  });
});
