import { describe, expect, test } from '@jest/globals';
import type { Identity } from '../../kernel/model/identity.ts';
import { filtersFor } from './subscription-filter.ts';
import type { Topic } from './topic.ts';

const ORDERS: Topic = {
  field: 'orderStatusChanged',
  context: 'orders',
  event: 'order-status-changed',
  keyFields: ['order'],
  filters: new Map([
    ['order', 'order'],
    ['location', 'locations'],
    ['customer', 'customer'],
  ]),
  restrictions: new Map([
    ['customer', 'customer'],
    ['stores', 'locations'],
  ]),
};
const OPEN: Topic = { ...ORDERS, filters: new Map([['skus', 'sku']]), restrictions: new Map() };

const caller = (claims: Partial<Identity>): Identity => ({
  subject: 's',
  clientId: 'c',
  scopes: [],
  stores: [],
  ...claims,
});
const filters = (args: Record<string, unknown>, claims: Partial<Identity>, topic = ORDERS) =>
  filtersFor(topic, args, caller(claims), { filterValuesMax: 3 });

describe('what a caller gets to see', () => {
  test('is what it asks for when nothing restricts it', () => {
    expect(filters({ skus: ['B', 'A', 'B'] }, {}, OPEN)).toEqual([{ sku: ['A', 'B'] }]);
    expect(filters({ order: 'o1' }, { stores: '*' })).toEqual([{ order: ['o1'] }]);
  });

  test('is what its stores or its customer number reach', () => {
    expect(filters({}, { stores: ['S2', 'S1'] })).toEqual([{ locations: ['S1', 'S2'] }]);
    expect(filters({ order: 'o1' }, { customer: 'C1' })).toEqual([{ order: ['o1'], customer: ['C1'] }]);
  });

  test('is both for who has both', () => {
    expect(filters({}, { customer: 'C1', stores: ['S1'] })).toEqual([{ customer: ['C1'] }, { locations: ['S1'] }]);
  });

  test('is a part of its stores when it asks for that', () => {
    expect(filters({ location: 'S1' }, { stores: ['S1', 'S2'] })).toEqual([{ locations: ['S1'] }]);
  });

  test('is nothing beyond its claims', () => {
    expect(() => filters({ location: 'S3' }, { stores: ['S1'] })).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
    expect(() => filters({ customer: 'C2' }, { customer: 'C1' })).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
    expect(() => filters({ order: 'o1' }, {})).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  test('is not everything at once', () => {
    expect(() => filters({}, { stores: '*' })).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  test('is named by at most filterValuesMax values', () => {
    expect(() => filters({ skus: ['1', '2', '3', '4'] }, {}, OPEN)).toThrow(
      expect.objectContaining({ code: 'OPERATION_LIMIT_EXCEEDED' }),
    );
  });

  test('is nothing for an empty list', () => {
    expect(filters({ skus: [] }, {}, OPEN)).toEqual([{ sku: [] }]);
  });
});
