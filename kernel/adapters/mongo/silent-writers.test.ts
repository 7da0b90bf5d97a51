import { describe, expect, test } from '@jest/globals';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import type { Horizon } from './outbox-counter.ts';
import { SilentWriters } from './silent-writers.ts';

const horizon = (...open: [string, number][]): Horizon => ({ seq: 9, open: new Map(open) });

describe('silent writers', () => {
  const set = () => {
    const clock = new FakeClock();
    const forgotten: [string, number][] = [];
    const counter = { forget: async (writer: string, from: number) => void forgotten.push([writer, from]) };
    const limits = { writerSilenceMs: 1_000 };
    const silent = new SilentWriters({ collection: 'orders', counter, clock, telemetry: silentTelemetry, limits });
    return { clock, forgotten, silent };
  };

  test('are waited for until they have said nothing for too long', async () => {
    const { clock, forgotten, silent } = set();
    await silent.leaveOut(horizon(['a', 1]));
    clock.advance(1_000);
    await expect(silent.leaveOut(horizon(['a', 1]))).resolves.toEqual(horizon(['a', 1]));
    clock.advance(1);
    await expect(silent.leaveOut(horizon(['a', 1]))).resolves.toEqual(horizon());
    expect(forgotten).toEqual([['a', 1]]);
  });

  test('are those that do not move: one that saves on is waited for', async () => {
    const { clock, forgotten, silent } = set();
    for (let from = 1; from < 5; from++) {
      await expect(silent.leaveOut(horizon(['a', from]))).resolves.toEqual(horizon(['a', from]));
      clock.advance(900);
    }
    expect(forgotten).toEqual([]);
  });

  test('that ended and begin again start a new silence', async () => {
    const { clock, silent } = set();
    await silent.leaveOut(horizon(['a', 1]));
    clock.advance(900);
    await silent.leaveOut(horizon());
    clock.advance(900);
    await expect(silent.leaveOut(horizon(['a', 1]))).resolves.toEqual(horizon(['a', 1]));
  });
});
