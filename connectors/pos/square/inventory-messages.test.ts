import { describe, expect, test } from '@jest/globals';
import { inventoryMessages } from './inventory-messages.ts';
import type { RawChange } from './inventory-objects.ts';

const AT = '2026-07-01T10:00:00Z';
const FACTS = { id: 'C-1', catalog_object_id: 'V', quantity: '2', occurred_at: AT, created_at: AT };

const READER = {
  api: { skus: async () => new Map([['V', 'MUG']]) },
  mapping: { locations: { L1: 'LEEDS', L2: 'YORK' }, reasons: { 'NONE>IN_STOCK': 'RECEIPT' } },
} as never;

const read = (change: object) => inventoryMessages([change as RawChange], READER);
const adjustment = (facts: object) =>
  read({ type: 'ADJUSTMENT', adjustment: { ...FACTS, location_id: 'L1', ...facts } });

describe('a change of the inventory', () => {
  test('between stores is what left the one and what arrived at the other', async () => {
    const transfer = { ...FACTS, from_location_id: 'L1', to_location_id: 'L2' };
    const line = { lineId: '1', sku: 'MUG', reason: 'TRANSFER' };
    expect(await read({ type: 'TRANSFER', transfer })).toMatchObject([
      {
        eventId: 'inventory:C-1',
        facts: [
          { part: 'left', data: { location: 'LEEDS', lines: [{ ...line, quantity: '-2' }] } },
          { part: 'arrived', data: { location: 'YORK', lines: [{ ...line, quantity: '2' }] } },
        ],
      },
    ]);
  });

  test.each([
    ['between states that are both not on the shelf', { from_state: 'ORDERED_FROM_VENDOR', to_state: 'WASTE' }],
    ['by a sale', { from_state: 'IN_STOCK', to_state: 'SOLD', transaction_id: 'T' }],
    ['by a refund', { from_state: 'SOLD', to_state: 'IN_STOCK', refund_id: 'R' }],
    ['by the hub itself', { from_state: 'NONE', to_state: 'IN_STOCK', reference_id: 'stockwire:k' }],
  ])('tells nothing %s', async (_how, facts) => {
    expect(await adjustment(facts)).toEqual([]);
  });

  test('tells nothing by a count of what is not on the shelf', async () => {
    const count = { ...FACTS, location_id: 'L1', state: 'WASTE' };
    expect(await read({ type: 'PHYSICAL_COUNT', physical_count: count })).toEqual([]);
  });

  test('waits when it is of a type that nobody knows', async () => {
    expect(await read({ type: 'EATEN', adjustment: FACTS })).toMatchObject([
      { reason: 'The type of inventory change "EATEN" is not known.' },
    ]);
  });

  test.each([
    ['a store that nobody has mapped', { location_id: 'L9' }, 'location "L9" is not mapped.'],
    ['a variation without a SKU', { catalog_object_id: 'X' }, 'The variation X has no SKU in the catalogue.'],
    ['an inexact quantity', { quantity: '0.123456' }, 'quantity 0.123456 has more than 4 decimals.'],
    ['a time that is none', { occurred_at: 'noon' }, /occurred_at/],
  ])('waits when it is of %s', async (_what, facts, reason) => {
    const [message] = await adjustment({ from_state: 'NONE', to_state: 'IN_STOCK', ...facts });
    expect(message).toMatchObject({ eventId: 'inventory:C-1', reason: expect.stringMatching(reason) });
  });
});
