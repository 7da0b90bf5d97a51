import { describe, expect, test } from '@jest/globals';
import { ChangeRing } from './change-ring.ts';

const message = (seq: number, keys: readonly string[], event = 'e') => ({
  context: 'c',
  epoch: 'x',
  seq,
  prevSeq: seq - 1,
  records: keys.map((key) => ({ event, key, version: seq, value: {} })),
});
const keysAfter = (ring: ChangeRing, seq: number, event = 'e'): string[] =>
  [...ring.after(seq, event)].map(({ key, version }) => `${key}${version}`);

describe('a change ring', () => {
  test('gives the records of one event after a position', () => {
    const ring = new ChangeRing({ ringMessagesMax: 10, ringRecordsMax: 10 });
    for (const [seq, event] of [
      [1, 'e'],
      [2, 'f'],
      [5, 'e'],
    ] as const)
      ring.push(message(seq, ['a', 'b'], event));
    expect(keysAfter(ring, 0)).toEqual(['a1', 'b1', 'a5', 'b5']);
    expect(keysAfter(ring, 1)).toEqual(['a5', 'b5']);
    expect(keysAfter(ring, 5)).toEqual([]);
  });

  test.each([
    ['messages', { ringMessagesMax: 2, ringRecordsMax: 100 }],
    ['records', { ringMessagesMax: 100, ringRecordsMax: 5 }],
  ])('forgets the oldest beyond its %s and says from where it is whole', (_what, limits) => {
    const ring = new ChangeRing(limits);
    for (const seq of [1, 2, 3]) ring.push(message(seq, ['a', 'b']));
    expect(ring.floor).toBe(1);
    expect(keysAfter(ring, 1)).toEqual(['a2', 'b2', 'a3', 'b3']);
  });

  test('holds nothing of a message that is larger than itself', () => {
    const ring = new ChangeRing({ ringMessagesMax: 2, ringRecordsMax: 1 });
    ring.push(message(1, ['a', 'b']));
    expect(ring.floor).toBe(1);
    expect(keysAfter(ring, 0)).toEqual([]);
  });
});
