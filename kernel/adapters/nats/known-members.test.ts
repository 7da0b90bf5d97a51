import { describe, expect, test } from '@jest/globals';
import { KnownMembers } from './known-members.ts';

const A = 'http://a:1';
const B = 'http://b:1';

const open = (): KnownMembers => new KnownMembers({ memberMissesMax: 2, membersMax: 3 });

describe('known members', () => {
  test('are told once each, by service', () => {
    const known = open();
    expect([known.heard('orders', B), known.heard('orders', A), known.heard('orders', A)]).toEqual([true, true, false]);
    expect(known.heard('returns', A)).toBe(true);
    expect([known.urlsOf('orders'), known.urlsOf('returns'), known.urlsOf('stock')]).toEqual([[A, B], [A], []]);
  });

  test('are forgotten when they were silent for as many rounds as they may, and not before', () => {
    const known = open();
    known.heard('orders', A);
    known.heard('orders', B);
    for (let round = 1; round <= 2; round++) {
      known.heard('orders', B);
      expect(known.endRound()).toEqual([]);
    }
    known.heard('orders', B);
    expect(known.endRound()).toEqual(['orders']);
    expect(known.urlsOf('orders')).toEqual([B]);
    expect(known.heard('orders', A)).toBe(true);
  });

  test('that were silent for a while and answer again begin anew', () => {
    const known = open();
    known.heard('orders', A);
    known.endRound();
    known.endRound();
    known.heard('orders', A);
    known.endRound();
    known.endRound();
    expect(known.urlsOf('orders')).toEqual([A]);
  });

  test('that leave are forgotten at once', () => {
    const known = open();
    known.heard('orders', A);
    expect([known.gone('orders', A), known.gone('orders', A), known.gone('stock', A)]).toEqual([true, false, false]);
    expect(known.urlsOf('orders')).toEqual([]);
  });

  test('are no more than there may be, and make room when they go', () => {
    const known = open();
    for (const url of [A, B, 'http://c:1']) known.heard('orders', url);
    expect(known.heard('orders', 'http://d:1')).toBe(false);
    known.gone('orders', A);
    expect(known.heard('orders', 'http://d:1')).toBe(true);
  });
});
