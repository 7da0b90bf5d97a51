import { describe, expect, test } from '@jest/globals';
import type { LineState } from '../../../schema/events/fields.ts';
import { locationOf } from './work/line-location.ts';
import { ORDER_STAGES, statusOf, type OrderStatus } from './order-status.ts';

const linesIn = (...states: LineState[]) =>
  states.map((state) => ({ units: [{ state, location: 'DC', quantity: 1 }] }));

describe('the status of an order', () => {
  test.each<[readonly LineState[], OrderStatus]>([
    [['CAPTURED'], 'RECEIVED'],
    [['CAPTURED', 'RESERVED'], 'PROCESSING'],
    [['RELEASED', 'CANCELLED'], 'PROCESSING'],
    [['CANCEL_REQUESTED'], 'PROCESSING'],
    [['REJECTED', 'REJECTED'], 'REJECTED'],
    [['REJECTED', 'CANCELLED'], 'CANCELLED'],
    [['CANCELLED'], 'CANCELLED'],
    [['PACKED', 'SHIPPED'], 'PARTIALLY_SHIPPED'],
    [['SHIPPED', 'LOST'], 'SHIPPED'],
    [['SHIPPED', 'CANCELLED'], 'SHIPPED'],
    [['SHIPPED', 'DELIVERED'], 'PARTIALLY_DELIVERED'],
    [['RELEASED', 'DELIVERED'], 'PARTIALLY_DELIVERED'],
    [['DELIVERED', 'DELIVERED'], 'DELIVERED'],
    [['DELIVERED', 'RETURNED'], 'PARTIALLY_RETURNED'],
    [['RETURNED', 'RETURNED'], 'RETURNED'],
    [['DELIVERED', 'CLOSED'], 'DELIVERED'],
    [['CLOSED', 'CANCELLED'], 'CLOSED'],
    [[], 'CLOSED'],
  ])('of units in %j is %s', (states, status) => {
    expect(statusOf(linesIn(...states))).toBe(status);
  });

  test('has a stage of its own that rises on the way', () => {
    const stages = Object.values(ORDER_STAGES);
    expect(new Set(stages).size).toBe(stages.length);
    expect([...stages].sort((a, b) => a - b)).toEqual(stages);
  });

  test('a line is served where its open units are, else where its units left', () => {
    const shipped = { state: 'SHIPPED', location: 'DC', quantity: 1 } as const;
    const open = { state: 'RELEASED', location: 'LONDON', quantity: 1 } as const;
    expect(locationOf({ units: [shipped, open] })).toBe('LONDON');
    expect(locationOf({ units: [shipped] })).toBe('DC');
    expect(locationOf({ units: [{ state: 'RESERVED', location: null, quantity: 1 }] })).toBeNull();
  });
});
