import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { DeliveryTurns } from './delivery-turns.ts';

const LIMITS = { deliveryTurnMs: 5, deliveryTurnMembers: 1_000 };

/** Writes to `members`, each of which takes a millisecond, and tells how many it wrote to in each of its turns. */
function writer(turns: DeliveryTurns, clock: FakeClock, members: number): { readonly perTurn: number[] } {
  const perTurn: number[] = [];
  let left = members;
  turns.run(() => {
    let written = 0;
    while (left > 0 && turns.take()) {
      clock.advance(1);
      left--;
      written++;
    }
    perTurn.push(written);
    return left === 0;
  });
  return { perTurn };
}

describe('turns of delivery', () => {
  test('end when their time is over, and go on in later ones', async () => {
    const clock = new FakeClock();
    const { perTurn } = writer(new DeliveryTurns({ clock, limits: LIMITS }), clock, 12);
    expect(perTurn).toEqual([]);
    await nextTurn();
    expect(perTurn).toEqual([5]);
    await nextTurn();
    await nextTurn();
    expect(perTurn).toEqual([5, 5, 2]);
  });

  test('are shared by all who write, one after the other', async () => {
    const clock = new FakeClock();
    const turns = new DeliveryTurns({ clock, limits: LIMITS });
    const [many, few, none] = [writer(turns, clock, 8), writer(turns, clock, 4), writer(turns, clock, 0)];
    await nextTurn();
    expect([many, few, none].map(({ perTurn }) => perTurn)).toEqual([[5], [], []]);
    await nextTurn();
    expect([many, few, none].map(({ perTurn }) => perTurn)).toEqual([[5, 1], [4], [0]]);
    await nextTurn();
    expect(many.perTurn).toEqual([5, 1, 2]);
  });

  test.each([
    ['stands still', 0],
    ['is put back', -1],
  ])('end by the number of members when the clock %s', async (_what, stepMs) => {
    const clock = new FakeClock();
    const turns = new DeliveryTurns({ clock, limits: { deliveryTurnMs: 5, deliveryTurnMembers: 3 } });
    const perTurn: number[] = [];
    let left = 7;
    turns.run(() => {
      let written = 0;
      while (left > 0 && turns.take()) {
        clock.jump(stepMs);
        left--;
        written++;
      }
      perTurn.push(written);
      return left === 0;
    });
    for (let turn = 0; turn < 7; turn++) await nextTurn();
    expect(Math.max(...perTurn)).toBeLessThanOrEqual(3);
    expect(left).toBe(0);
  });

  test('are none between turns', () => {
    expect(new DeliveryTurns({ clock: new FakeClock(), limits: LIMITS }).take()).toBe(false);
  });

  test('go on without one that was cancelled', async () => {
    const clock = new FakeClock();
    const turns = new DeliveryTurns({ clock, limits: LIMITS });
    let calls = 0;
    const cancelled = () => ++calls > 0;
    turns.run(cancelled);
    const { perTurn } = writer(turns, clock, 2);
    turns.cancel(cancelled);
    await nextTurn();
    expect(perTurn).toEqual([2]);
    expect(calls).toBe(0);
  });
});
