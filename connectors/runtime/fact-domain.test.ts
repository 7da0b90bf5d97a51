import { expect, test } from '@jest/globals';
import { placeOfFact } from './fact-domain.ts';

test('a fact belongs to the domain that it writes, where it happened', () => {
  const work = { order: 'order-1', location: 'DC', lines: [] };
  expect(placeOfFact('pick-recorded', work)).toEqual({ domain: 'TASK', location: 'DC', channel: null });
});

test('whose decision about an order counts is for the order to say, not for whoever orchestrates its channel by now', () => {
  const data = { order: 'order-1', channel: 'HOME', status: 'RELEASED', location: null, lines: [] };
  expect(placeOfFact('order-routed', data)).toBeUndefined();
});
