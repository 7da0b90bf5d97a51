import { expect, test } from '@jest/globals';
import { ClientShares } from './client-shares.ts';

test('a client has as many as it may, and others are none of its business', () => {
  const shares = new ClientShares(2);
  const give = shares.take('a');
  shares.take('a');
  expect(() => shares.take('a')).toThrow(expect.objectContaining({ code: 'OPERATION_LIMIT_EXCEEDED' }));
  shares.take('b');
  give();
  shares.take('a');
  // Given back once already.
  give();
  expect(() => shares.take('a')).toThrow('at most 2');
});
