import { describe, expect, test } from '@jest/globals';
import type { Claim, Delivery, Reading } from './records.ts';
import { findFaults } from './check-records.ts';

const WORLD = { skus: ['K0'], onlineLocations: ['S0'] };

const receipt = (units: number): Delivery => {
  const data = { location: 'S0', lines: [{ sku: 'K0', quantity: String(units) }] };
  return { messages: [{ eventId: `r-${units}`, type: 'goods-received', data }], isAnswered: true };
};
const sale: Delivery = {
  messages: [
    {
      eventId: 's',
      type: 'store-sale-recorded',
      data: { location: 'S0', lines: [{ sku: 'K0', quantity: '1' }] },
    },
  ],
};
const reservation: Claim = { kind: 'reservation', key: 'r', sku: 'K0', units: 3, id: 'id-r' };
const order: Claim = { kind: 'order', key: 'o', sku: 'K0', units: 2, id: 'id-o' };
const given: Claim = { kind: 'reservation', key: 'g', sku: 'K0', units: 4, id: 'id-g', cancelled: 'DONE' };
const refused: Claim = { kind: 'order', key: 'x', sku: 'K0', units: 9, isRefused: true };
const RECORDS = { claims: [reservation, order, given, refused], deliveries: [receipt(10), sale] };

const heldOf = (claim: Claim, status: string) =>
  [claim.key, { id: claim.id ?? '', status, units: claim.units }] as const;
const READING: Reading = {
  claims: new Map([heldOf(reservation, 'ACTIVE'), heldOf(order, 'PROCESSING'), heldOf(given, 'CANCELLED')]),
  onHand: new Map([['S0 K0', 9]]),
  available: [new Map([['K0', 4]]), new Map([['K0', 4]])],
};

test('a hub that kept everything once has no faults', () => {
  expect(findFaults(RECORDS, READING, WORLD)).toEqual([]);
});

describe('a hub is found out that', () => {
  const changed = (change: Partial<Reading>): readonly string[] =>
    findFaults(RECORDS, { ...READING, ...change }, WORLD);
  const without = (key: string) => new Map([...READING.claims].filter(([each]) => each !== key));
  const withStatus = (claim: Claim, status: string) => new Map([...READING.claims, heldOf(claim, status)]);

  test('lost a reservation, an order or a cancellation that it had acknowledged', () => {
    expect(changed({ claims: without('r') })).toEqual(['reservation r was acknowledged, and is now unknown.']);
    expect(changed({ claims: without('o') })).toEqual(['order o was acknowledged, and is now unknown.']);
    expect(changed({ claims: withStatus(given, 'ACTIVE') })).toHaveLength(1);
    expect(changed({ claims: withStatus(order, 'CANCELLED') })).toHaveLength(1);
  });

  test('answered one key with two claims', () => {
    const other = new Map([...READING.claims, ['r', { id: 'another', status: 'ACTIVE', units: 3 }] as const]);
    expect(changed({ claims: other })).toHaveLength(1);
  });

  test('counted a movement twice, or not at all', () => {
    for (const units of [8, 10, 19]) expect(changed({ onHand: new Map([['S0 K0', units]]) })).toHaveLength(1);
    expect(changed({ onHand: new Map() })).toHaveLength(1);
  });

  test('offers more than is left, through one gateway alone', () => {
    expect(changed({ available: [new Map([['K0', 4]]), new Map([['K0', 5]])] })).toEqual([
      'K0: gateway 2 offers 5 units instead of 4.',
    ]);
  });

  test('promised more than there is', () => {
    const claims = [...RECORDS.claims, { ...reservation, key: 'r2', id: 'id-r2', units: 6 }];
    const reading = {
      ...READING,
      claims: new Map([...READING.claims, ['r2', { id: 'id-r2', status: 'ACTIVE', units: 6 }] as const]),
      available: [],
    };
    expect(findFaults({ ...RECORDS, claims }, reading, WORLD)).toEqual(['K0: 11 units are promised and 9 are there.']);
  });
});
