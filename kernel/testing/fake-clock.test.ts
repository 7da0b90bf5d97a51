import { describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';

describe('fake clock', () => {
  test('timers run when they fall due, in order of time and then of setting, each at its own time', () => {
    const clock = new FakeClock(1_000);
    const ran: [string, number][] = [];
    const note = (name: string) => () => ran.push([name, clock.nowMs()]);
    clock.after(20, note('late'));
    clock.after(10, note('first'));
    clock.after(10, note('second'));
    clock.advance(9);
    expect(ran).toEqual([]);
    clock.advance(11);
    expect(ran).toEqual([
      ['first', 1_010],
      ['second', 1_010],
      ['late', 1_020],
    ]);
    expect([clock.nowMs(), clock.pending]).toEqual([1_020, 0]);
  });

  test('a timer that sets another one within the advance sees it run', () => {
    const clock = new FakeClock(0);
    const ran: number[] = [];
    const again = (): void => {
      ran.push(clock.nowMs());
      if (ran.length < 3) clock.after(10, again);
    };
    clock.after(10, again);
    clock.advance(100);
    expect(ran).toEqual([10, 20, 30]);
  });

  test('a cancelled timer never runs', () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    const cancel = clock.after(10, () => ran.push('cancelled'));
    cancel();
    clock.advance(100);
    expect(ran).toEqual([]);
  });

  test('a jump changes the time and runs nothing; timers keep their remaining wait', () => {
    const clock = new FakeClock(1_000);
    const ran: number[] = [];
    clock.after(10, () => ran.push(clock.nowMs()));
    clock.jump(-500);
    clock.jump(5_000);
    expect([clock.nowMs(), ran]).toEqual([5_500, []]);
    clock.advance(10);
    expect(ran).toEqual([5_510]);
  });
});
