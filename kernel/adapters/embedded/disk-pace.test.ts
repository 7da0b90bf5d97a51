import { expect, test } from '@jest/globals';
import { MeasuredPace } from './disk-pace.ts';

/** Of so many commits those that wait for a disk that takes this long. */
function waitsOf(pace: MeasuredPace, commits: number, takesMs: (commit: number) => number): number {
  let waits = 0;
  for (let commit = 0; commit < commits; commit++) {
    if (!pace.isToWait()) continue;
    waits++;
    pace.waited(takesMs(commit));
  }
  return waits;
}

test('a quick disk is waited for, also when the machine is busy with something else now and then', () => {
  expect(waitsOf(new MeasuredPace(), 1_000, (commit) => (commit % 5 === 0 ? 0.2 : 30))).toBe(1_000);
});

test('a slow disk is looked at now and then, and waited for again when it is quick', () => {
  const pace = new MeasuredPace();
  const whileSlow = waitsOf(pace, 1_000, () => 8);
  expect(whileSlow).toBeGreaterThan(10);
  expect(whileSlow).toBeLessThan(20);
  expect(waitsOf(pace, 1_000, () => 0.2)).toBeGreaterThan(900);
});

test('a disk that becomes slow is waited for no longer after a few commits', () => {
  const pace = new MeasuredPace();
  waitsOf(pace, 100, () => 0.2);
  expect(waitsOf(pace, 60, () => 8)).toBeLessThan(12);
});
