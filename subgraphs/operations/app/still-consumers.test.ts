import { expect, test } from '@jest/globals';
import { StillConsumers } from './still-consumers.ts';

const at = (floor: number, isThrough = false) => [{ durable: 'orders-facts', floor, isThrough }];

test('a consumer stands still when it was seen at one place for too long, with something to do', () => {
  const still = new StillConsumers(100);
  expect(still.look('INBOX', at(3), 0)).toEqual([]);
  expect(still.look('INBOX', at(3), 99)).toEqual([]);
  const found = [{ stream: 'INBOX', durable: 'orders-facts', floor: 3, sinceMs: 0 }];
  expect(still.look('INBOX', at(3), 100)).toEqual(found);
  expect(still.look('INBOX', at(3), 500)).toEqual(found);
  // The same name at another stream is another one.
  expect(still.look('ORDERS', at(3), 500)).toEqual([]);
  expect(still.look('INBOX', at(4), 600)).toEqual([]);
  expect(still.look('INBOX', at(4), 700)).toHaveLength(1);
});

test('one that has nothing to do may stand where it is, and begins anew when it has', () => {
  const still = new StillConsumers(100);
  still.look('INBOX', at(3), 0);
  expect(still.look('INBOX', at(3, true), 1_000)).toEqual([]);
  expect(still.look('INBOX', at(3), 1_050)).toEqual([]);
  expect(still.look('INBOX', at(3), 1_149)).toEqual([]);
  expect(still.look('INBOX', at(3), 1_150)).toHaveLength(1);
});
