import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../testing/fake-clock.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { waitFor } from '../testing/wait-for.ts';
import { repeatTask } from './repeat-task.ts';

let clock: FakeClock;
let telemetry: RecordingTelemetry;

beforeEach(() => {
  clock = new FakeClock();
  telemetry = new RecordingTelemetry();
});

const task = (run: (signal: AbortSignal) => Promise<unknown>) =>
  repeatTask({ platform: { clock, telemetry }, pauseMs: 100, failed: 'it could not be done', run });

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a task that is repeated', () => {
  test('begins after its pause, and again a pause after its end', async () => {
    const ends: (() => void)[] = [];
    const stop = task(() => new Promise<void>((resolve) => ends.push(resolve)));
    expect(ends).toHaveLength(0);
    clock.advance(100);
    clock.advance(1_000);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await settled();
    clock.advance(99);
    expect(ends).toHaveLength(1);
    clock.advance(1);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await stop();
    clock.advance(1_000);
    expect([ends.length, clock.pending]).toEqual([2, 0]);
  });

  test('tries again after it failed, and says so', async () => {
    let times = 0;
    const stop = task(async () => {
      if (++times === 1) throw new Error('away');
    });
    await waitFor(() => {
      clock.advance(100);
      return times === 3;
    }, 'three times');
    expect(telemetry.logs).toEqual([
      { level: 'warn', message: 'it could not be done', fields: { error: 'Error: away' } },
    ]);
    await stop();
  });

  test('is told to come to an end, and is waited for', async () => {
    let isThrough = false;
    const stop = task(async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      isThrough = true;
      throw new Error('stopped in the middle');
    });
    clock.advance(100);
    await stop();
    expect(isThrough).toBe(true);
    expect(telemetry.logs).toEqual([]);
  });
});
