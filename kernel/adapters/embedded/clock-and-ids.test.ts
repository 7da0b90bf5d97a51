import { describe, expect, test } from '@jest/globals';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { SystemClock } from './system-clock.ts';
import { UuidV7Ids } from './uuid-v7-ids.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const EPOCH = /^[0-9a-z]{16}$/;

describe.each([
  ['of the machine', () => new UuidV7Ids()],
  ['in sequence', () => new SequentialIds()],
])('ids %s', (_what, create) => {
  test('are UUIDv7, unique and increasing', () => {
    const ids = create();
    const drawn = Array.from({ length: 5_000 }, () => ids.next());
    expect(drawn.filter((id) => !UUID_V7.test(id))).toEqual([]);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect([...drawn].sort()).toEqual(drawn);
  });

  test('an epoch is 16 lower-case base-36 characters, and another one each time', () => {
    const ids = create();
    const epochs = Array.from({ length: 100 }, () => ids.epoch());
    expect(epochs.filter((epoch) => !EPOCH.test(epoch))).toEqual([]);
    expect(new Set(epochs).size).toBe(100);
  });
});

describe('the clock of the machine', () => {
  test('a timer runs once, not before its delay, unless it is cancelled', async () => {
    const clock = new SystemClock();
    const ran: string[] = [];
    const cancel = clock.after(0, () => ran.push('cancelled'));
    cancel();
    const startedMs = performance.now();
    await new Promise<void>((resolve) => {
      const keepAlive = setTimeout(() => undefined, 10_000);
      clock.after(20, () => (clearTimeout(keepAlive), resolve()));
    });
    // Timers of Node may fire up to a millisecond early.
    expect(performance.now() - startedMs).toBeGreaterThan(18);
    expect(ran).toEqual([]);
  });

  test('a delay beyond what a timer of Node takes does not fire at once', async () => {
    const clock = new SystemClock();
    const ran: string[] = [];
    const cancel = clock.after(30 * 86_400_000, () => ran.push('month'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    cancel();
    expect(ran).toEqual([]);
  });
});
