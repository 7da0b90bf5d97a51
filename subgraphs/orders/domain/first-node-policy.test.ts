import { describe, expect, test } from '@jest/globals';
import { firstNodePolicy } from './first-node-policy.ts';
import type { Demand } from './sourcing-policy.ts';

const NODES = [
  { location: 'DC', available: 3 },
  { location: 'LONDON', available: 5 },
];
const demand = (changes: Partial<Demand> = {}): Demand => ({
  line: 'o.1',
  sku: 'MUG',
  reservation: 'r1',
  quantity: 2,
  declinedBy: [],
  nodes: NODES,
  ...changes,
});
const choose = (...demands: Demand[]): readonly (string | undefined)[] => {
  const chosen = firstNodePolicy.choose(demands);
  return demands.map((each) => chosen.get(each));
};

describe('the first node that can', () => {
  test('is the first in the order of preference', () => {
    expect(choose(demand())).toEqual(['DC']);
  });

  test('has to serve the whole line', () => {
    expect(choose(demand({ quantity: 4 }))).toEqual(['LONDON']);
    expect(choose(demand({ quantity: 6 }))).toEqual([undefined]);
  });

  test('has not declined the line before', () => {
    expect(choose(demand({ declinedBy: ['DC'] }))).toEqual(['LONDON']);
  });

  test('does not serve two lines of a SKU from the same units', () => {
    expect(choose(demand(), demand({ line: 'o.2' }), demand({ line: 'o.3', quantity: 4 }))).toEqual([
      'DC',
      'LONDON',
      undefined,
    ]);
    expect(choose(demand(), demand({ line: 'o.2', sku: 'JUG' }))).toEqual(['DC', 'DC']);
  });
});
