import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { snapshotsToKeep } from './keep-snapshots.ts';

/** Saves a snapshot at each of these batches and keeps what is to be kept each time. */
function keptAfter(seqs: readonly number[], count: number): readonly number[] {
  let kept: readonly number[] = [];
  for (const seq of seqs) kept = [...snapshotsToKeep([...kept, seq], count)];
  return kept.toSorted((a, b) => a - b);
}

describe('which snapshots are kept', () => {
  const distances = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 200 });

  test('at most as many as may be, and always the two newest', () => {
    fc.assert(
      fc.property(distances, fc.integer({ min: 2, max: 12 }), (gaps, count) => {
        let seq = 0;
        const seqs = gaps.map((gap) => (seq += gap));
        const kept = keptAfter(seqs, count);
        expect(kept.length).toBe(Math.min(count, seqs.length));
        expect(kept.slice(-2)).toEqual(seqs.slice(-2));
      }),
    );
  });

  test('with twelve, the way to any batch is at most 0.8 of its age, even after 100,000 snapshots', () => {
    const seqs = Array.from({ length: 100_000 }, (_, index) => (index + 1) * 10);
    const kept = keptAfter(seqs, 12);
    const newest = kept.at(-1) as number;
    for (let seq = 10; seq < newest - 20; seq += 10_007) {
      const from = kept.findLast((each) => each <= seq) ?? 0;
      expect((seq - from) / (newest - from)).toBeLessThan(0.8);
    }
  });

  test('with two, only the newest remain', () => {
    expect(keptAfter([10, 20, 30, 40], 2)).toEqual([30, 40]);
  });
});
