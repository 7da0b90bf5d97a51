import { describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { ReservationKind } from './ledger-event.ts';
import { LIFETIME_MS_MAX_BY_KIND, PRIORITY_BY_KIND, TTL_MS_BY_KIND } from './reservation.ts';

function shop(quantity = '10'): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
  bench.receive('L0', quantity);
  return bench;
}

type Reserve = Parameters<LedgerBench['reserve']>;

function reserved(bench: LedgerBench, lines: Reserve[0], options: Reserve[1] = {}): string {
  const made = bench.reserve(lines, options);
  if (made.code !== undefined) throw new Error(made.code);
  return made.answer.reservations[0]?.id ?? '';
}

const extend = (bench: LedgerBench, reservation: string, ttlMs?: number, owner?: string) =>
  bench.do({
    type: 'extend-reservation',
    request: { commandId: 'x', reservation, ...(ttlMs !== undefined && { ttlMs }) },
    ...(owner !== undefined && { owner }),
  });

describe('the kinds of reservations', () => {
  const kinds = Object.keys(TTL_MS_BY_KIND) as ReservationKind[];

  test.each(kinds)('%s ends by itself after its own time, with its own priority', (kind) => {
    const bench = shop();
    const id = reserved(bench, [['A', '4']], { kind, ...(kind === 'PICKUP' && { location: 'L0' }) });
    const ttlMs = TTL_MS_BY_KIND[kind];
    const expiresAtMs = ttlMs === null ? null : bench.clock.nowMs() + ttlMs;
    expect(bench.state.reservations.get(id)).toMatchObject({ expiresAtMs, priority: PRIORITY_BY_KIND[kind] });
    expect(bench.terms('WEB').available).toBe(6);
    bench.clock.advance((ttlMs ?? 400 * 86_400_000) - 1);
    expect(bench.do({ type: 'expire-reservations' }).events).toEqual([]);
    bench.clock.advance(1);
    bench.do({ type: 'expire-reservations' });
    expect(bench.terms('WEB').available).toBe(ttlMs === null ? 6 : 10);
  });

  test('a pick-up names where, and passes the check of its node and of the network in one step', () => {
    const bench = shop('5');
    bench.receive('L1', '3');
    const pickUp = (location: string, quantity: string) =>
      bench.reserve([['A', quantity]], { kind: 'PICKUP', location });
    expect(bench.reserve([['A', '1']], { kind: 'PICKUP' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(pickUp('L1', '4')).toMatchObject({ code: 'INSUFFICIENT_STOCK', details: { lines: [{ available: '3' }] } });
    bench.reserve([['A', '7']]);
    expect(pickUp('L0', '2')).toMatchObject({ code: 'INSUFFICIENT_STOCK', details: { lines: [{ available: '1' }] } });
    expect(pickUp('L0', '1').code).toBeUndefined();
    expect(bench.figure('L0', 'softReserved')).toBe(1);
    expect(bench.terms('WEB').balance).toBe(0);
  });

  test('a priority out of bounds is refused', () => {
    expect(shop().reserve([['A', '1']], { priority: 10 })).toMatchObject({ code: 'BAD_USER_INPUT', events: [] });
  });
});

describe('extending', () => {
  test('counts from now, and what was due before stays', () => {
    const bench = shop();
    const id = reserved(bench, [['A', '4']], { ttlMs: 60_000 });
    bench.clock.advance(30_000);
    expect(extend(bench, id, 60_000).events).toMatchObject([{ type: 'reservation-extended' }]);
    bench.clock.advance(30_000);
    expect(bench.do({ type: 'expire-reservations' }).events).toEqual([]);
    expect(bench.terms('WEB').available).toBe(6);
    expect(bench.state.reservations.nextExpiryMs()).toBe(bench.clock.nowMs() + 30_000);
    bench.clock.advance(30_000);
    expect(bench.do({ type: 'expire-reservations' }).events).toHaveLength(1);
  });

  test('never makes it shorter', () => {
    const bench = shop();
    const id = reserved(bench, [['A', '4']], { ttlMs: 60_000 });
    const expiresAt = new Date(bench.clock.nowMs() + 60_000).toISOString();
    expect(extend(bench, id, 1_000)).toMatchObject({ events: [], answer: { reservation: { expiresAt } } });
  });

  test.each([
    ['one that nobody knows', 'none', 60_000, undefined, 'UNKNOWN_RESERVATION'],
    ['one of somebody else', undefined, 60_000, 'you', 'UNKNOWN_RESERVATION'],
    ['for too short', undefined, 999, undefined, 'BAD_USER_INPUT'],
    ['for too long', undefined, 604_800_001, undefined, 'BAD_USER_INPUT'],
  ])('refuses %s', (_title, id, ttlMs, owner, code) => {
    const bench = shop();
    const own = reserved(bench, [['A', '4']], { owner: 'me' });
    expect(extend(bench, id ?? own, ttlMs, owner)).toMatchObject({ code, events: [] });
  });

  test('refuses an order, which never ends, and what has ended', () => {
    const bench = shop();
    const order = reserved(bench, [['A', '1']], { kind: 'ORDER', owner: 'o1' });
    expect(extend(bench, order, 60_000).code).toBe('BAD_USER_INPUT');
    const cart = reserved(bench, [['A', '1']], { ttlMs: 1_000 });
    bench.clock.advance(1_000);
    bench.do({ type: 'expire-reservations' });
    expect(extend(bench, cart, 60_000)).toMatchObject({
      code: 'RESERVATION_NOT_ACTIVE',
      details: { status: 'EXPIRED' },
    });
  });

  test('ends at the lifetime of the kind, however often it is extended', () => {
    const bench = shop();
    const id = reserved(bench, [['A', '1']], { ttlMs: 60_000 });
    const endMs = bench.clock.nowMs() + (LIFETIME_MS_MAX_BY_KIND.CART ?? 0);
    for (let round = 0; round < 20 && extend(bench, id, 86_400_000).code === undefined; round++) {
      bench.clock.advance(80_000_000);
    }
    expect(extend(bench, id, 86_400_000)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(bench.state.reservations.get(id)?.expiresAtMs).toBeLessThanOrEqual(endMs);
  });

  test.each([
    ['the expiry comes first', ['expire', 'extend'], 'RESERVATION_NOT_ACTIVE', 10],
    ['the extension comes first', ['extend', 'expire'], undefined, 6],
  ] as const)('at the very instant of the expiry whoever is first holds: %s', (_title, order, code, available) => {
    const bench = shop();
    const id = reserved(bench, [['A', '4']], { ttlMs: 60_000 });
    bench.clock.advance(60_000);
    const outcomes = order.map((step) =>
      step === 'extend' ? extend(bench, id, 60_000) : bench.do({ type: 'expire-reservations' }),
    );
    expect(outcomes[order.indexOf('extend')]?.code).toBe(code);
    expect(bench.terms('WEB').available).toBe(available);
  });
});

describe('a shortage', () => {
  test('names who gives way first: the lowest priority, then the newest', () => {
    const bench = shop('6');
    const at = { location: 'L0' } as const;
    const cart = reserved(bench, [['A', '1']], { ...at, kind: 'CART', owner: 'cart' });
    bench.clock.advance(1);
    const newer = reserved(bench, [['A', '2']], { ...at, kind: 'CART' });
    reserved(bench, [['A', '1']], { ...at, kind: 'PICKUP' });
    const patient = reserved(bench, [['A', '2']], { ...at, kind: 'PICKUP', priority: 0 });
    const { events } = bench.sell('L0', '5');
    expect(events).toMatchObject([
      { type: 'stock-moved' },
      {
        type: 'shortage-recorded',
        short: 5,
        atRisk: [
          { reservation: patient, steps: 2, priority: 0, kind: 'PICKUP' },
          { reservation: newer, steps: 2 },
          { reservation: cart, steps: 1, owner: 'cart' },
        ],
      },
      { type: 'fact-recorded' },
    ]);
  });

  test('names nobody where only order lines are concerned', () => {
    const bench = shop('2');
    const id = reserved(bench, [['A', '2']], { kind: 'ORDER', owner: 'o1' });
    const line = { orderLine: 'ol1', reservation: id, location: 'L0', sku: 'A', quantity: '2' };
    bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o1', lines: [line] } });
    const { events } = bench.sell('L0', '1');
    expect(events[1]).not.toHaveProperty('atRisk');
  });
});
