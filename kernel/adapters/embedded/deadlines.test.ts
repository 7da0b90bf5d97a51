import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../testing/fake-clock.ts';
import { Deadlines, NOT_WAITING, type Expiring } from './deadlines.ts';

describe('Deadlines', () => {
  function bench() {
    const clock = new FakeClock(0);
    const expired: string[] = [];
    const deadlines = new Deadlines<Expiring>(clock);
    const add = (name: string, dueMs: number): Expiring => {
      const waiting = { dueMs, place: NOT_WAITING, expire: () => void expired.push(`${name} at ${clock.nowMs()}`) };
      deadlines.add(waiting);
      return waiting;
    };
    return { clock, expired, deadlines, add };
  }

  test('each expires when its time is up, whatever the order of their coming', () => {
    const { clock, expired, deadlines, add } = bench();
    add('late', 300);
    add('early', 100);
    add('middle', 200);
    clock.advance(99);
    expect(expired).toEqual([]);
    for (let step = 0; step < 300; step++) clock.advance(1);
    expect(expired).toEqual(['early at 100', 'middle at 200', 'late at 300']);
    expect(deadlines.size).toBe(0);
  });

  test('one that ended in time never expires', () => {
    const { clock, expired, deadlines, add } = bench();
    const ended = add('ended', 100);
    add('other', 150);
    expect(deadlines.delete(ended)).toBe(true);
    for (let step = 0; step < 200; step++) clock.advance(1);
    expect(expired).toEqual(['other at 150']);
    expect(deadlines.delete(ended)).toBe(false);
  });

  test('the timer of one that ended in time serves the next ones, and then no more', () => {
    const { clock, expired, deadlines, add } = bench();
    for (let step = 0; step < 50; step++) {
      expect(deadlines.delete(add('ended', clock.nowMs() + 100))).toBe(true);
      clock.advance(1);
    }
    add('other', 180);
    expect(clock.pending).toBe(1);
    for (let step = 0; step < 200; step++) clock.advance(1);
    expect(expired).toEqual(['other at 180']);
    expect(clock.pending).toBe(0);
  });

  test('one that comes while others expire gets its own time', () => {
    const { clock, expired, deadlines, add } = bench();
    deadlines.add({ dueMs: 100, place: NOT_WAITING, expire: () => void add('second', 250) });
    for (let step = 0; step < 400; step++) clock.advance(1);
    expect(expired).toEqual(['second at 250']);
  });
});
