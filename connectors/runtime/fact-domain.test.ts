import { expect, test } from '@jest/globals';
import { placeOfFact } from './fact-domain.ts';

test('the decision of an OMS belongs to whoever orchestrates its channel', () => {
  const data = { order: 'order-1', channel: 'HOME', status: 'RELEASED', location: null, lines: [] };
  expect(placeOfFact('order-routed', data)).toEqual({ domain: 'ORCHESTRATION', location: null, channel: 'HOME' });
});
