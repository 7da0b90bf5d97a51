import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../testing/config.ts';
import { RecentPlaces } from './recent-places.ts';

const place = (seq: number) => ({ seq, key: `key-${seq}`, type: seq % 2 === 0 ? 'even' : 'odd' });
const seqsOf = (places: readonly { readonly seq: number }[]): number[] => places.map(({ seq }) => seq);

describe('recent places', () => {
  test('covers what came since it began, of the types that are asked for, up to a limit', () => {
    const places = new RecentPlaces(10);
    for (const seq of [11, 12, 13, 14]) places.add(place(seq));
    expect([places.covers(9), places.covers(10)]).toEqual([false, true]);
    expect(seqsOf(places.after(11, undefined, 10))).toEqual([12, 13, 14]);
    expect(seqsOf(places.after(10, ['odd'], 10))).toEqual([11, 13]);
    expect(seqsOf(places.after(10, undefined, 2))).toEqual([11, 12]);
  });

  test('forgets everything when one comes out of turn', () => {
    const places = new RecentPlaces(0);
    for (const seq of [1, 2, 4]) places.add(place(seq));
    expect([places.covers(2), places.covers(4)]).toEqual([false, true]);
    places.add(place(3));
    expect([places.covers(3), places.covers(4), places.after(4, undefined, 10)]).toEqual([false, true, []]);
  });

  test('tells nobody of what was removed', () => {
    const places = new RecentPlaces(0);
    for (const seq of [1, 2, 3]) places.add(place(seq));
    places.remove(new Set([2]));
    places.add(place(4));
    expect(seqsOf(places.after(0, undefined, 10))).toEqual([1, 3, 4]);
  });

  test('keeps the newest ones of many', () => {
    const places = new RecentPlaces(0);
    for (let seq = 1; seq <= 25_000; seq++) places.add(place(seq));
    expect([places.covers(0), places.covers(20_000)]).toEqual([false, true]);
    expect(seqsOf(places.after(24_997, undefined, 10))).toEqual([24_998, 24_999, 25_000]);
  });

  test('whatever the order, it covers no place after which it misses one', () => {
    const order = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 });
    fc.assert(
      fc.property(order, fc.nat(8), fc.nat(8), (seqs, afterSeq, removed) => {
        const places = new RecentPlaces(0);
        for (const [index, seq] of seqs.entries()) {
          places.add(place(seq));
          if (index === 2) places.remove(new Set([removed]));
        }
        const gone = seqs.slice(0, 3).filter((seq) => seq === removed);
        if (!places.covers(afterSeq)) return;
        expect(seqsOf(places.after(afterSeq, undefined, 10))).toEqual(
          seqs.filter((seq) => seq > afterSeq && !gone.includes(seq)).sort((a, b) => a - b),
        );
      }),
      { numRuns: testConfig().propertyRuns },
    );
  });
});
