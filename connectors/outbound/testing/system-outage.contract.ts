import { describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../../kernel/model/errors.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { SYSTEM, type OpenBench } from './outbound-bench.ts';

export function systemOutage(open: OpenBench): void {
  describe('a system that is down', () => {
    test('is left in peace, its commands wait in order, other systems go on, and it is not flooded when it is back', async () => {
      const bench = await open({ limits: { concurrentMax: 4 } });
      bench.outside.isUp = false;
      for (let count = 0; count < 50; count++) await bench.submit({ group: 'ledger' });
      await bench.until(() => bench.outside.tried.length >= 3, 'the breaker');
      const before = bench.outside.tried.length;
      const startMs = bench.clock.nowMs();
      await bench.submit({ system: 'other', key: 'elsewhere' });
      await bench.until(
        async () => (await bench.submit({ system: 'other', key: 'elsewhere' })).status === 'DONE',
        'the other',
      );
      await bench.until(() => bench.clock.nowMs() - startMs > 60_000, 'a minute', 500);
      // At most one try per opening of the breaker, which lasts two seconds at least once it has doubled.
      expect(bench.outside.tried.length - before).toBeLessThan(35);
      expect(await bench.state()).toMatchObject({ system: SYSTEM, waiting: expect.anything() });
      bench.outside.isUp = true;
      await bench.until(() => bench.outside.done.length === 50, 'the drain');
      expect(bench.outside.done).toEqual(Array.from({ length: 50 }, (_, index) => `c${index + 1}`));
    });

    test('gets one try at first when it is back', async () => {
      const bench = await open({ limits: { concurrentMax: 4 } });
      bench.outside.isUp = false;
      for (let count = 0; count < 8; count++) await bench.submit();
      await bench.until(async () => (await bench.state())?.breaker === 'OPEN', 'the breaker');
      await waitFor(() => bench.outside.underWay === 0);
      bench.outside.underWayMax = 0;
      bench.outside.tried.length = 0;
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      for (let count = 1; count <= 8; count++) bench.outside.slow.set(`c${count}`, gate);
      bench.outside.isUp = true;
      await bench.until(() => bench.outside.underWay === 1, 'the first try');
      bench.clock.advance(10_000);
      await new Promise((resolve) => setImmediate(resolve));
      expect(bench.outside.underWayMax).toBe(1);
      release();
      await bench.until(() => bench.outside.done.length === 8, 'the drain');
    });

    test('costs no command its attempts, however long it is down', async () => {
      const bench = await open({ limits: { attemptsMax: 2 } });
      bench.outside.isUp = false;
      await bench.submit();
      await bench.submit();
      const startMs = bench.clock.nowMs();
      await bench.until(() => bench.clock.nowMs() - startMs > 300_000, 'five minutes', 1_000);
      bench.outside.isUp = true;
      await bench.until(async () => (await bench.told('command-settled')).length === 2, 'both');
      expect(await bench.told('command-settled')).toMatchObject([
        { data: { status: 'DONE' } },
        { data: { status: 'DONE' } },
      ]);
    });

    test('is told to people once, and so is its return', async () => {
      const bench = await open({ limits: { stalledAfterMs: 30_000 } });
      bench.outside.isUp = false;
      await bench.submit();
      await bench.until(async () => (await bench.told('system-stalled')).length > 0, 'the warning', 1_000);
      const startMs = bench.clock.nowMs();
      await bench.until(() => bench.clock.nowMs() - startMs > 30_000, 'more time', 1_000);
      expect(await bench.told('system-stalled')).toMatchObject([
        { data: { system: SYSTEM, waiting: 1, because: 'It is down.' } },
      ]);
      bench.outside.isUp = true;
      await bench.until(async () => (await bench.told('system-recovered')).length === 1, 'the return');
    });

    test('that asks for a rest gets it, and is not taken for broken', async () => {
      const bench = await open();
      bench.outside.failing.set(
        'c1',
        new Obstacle('UPSTREAM_UNAVAILABLE', 'Slow down.', { status: 429, retryAfterMs: 20_000 }),
      );
      await bench.submit();
      await bench.until(() => bench.outside.tried.length === 1, 'the first try');
      await waitFor(() => bench.outside.underWay === 0);
      bench.outside.failing.clear();
      const restedFromMs = bench.clock.nowMs();
      await bench.submit();
      await bench.until(() => bench.outside.done.length === 2, 'the end of the rest', 200);
      expect(bench.clock.nowMs() - restedFromMs).toBeGreaterThanOrEqual(19_000);
      expect((await bench.state())?.breaker).toBe('CLOSED');
    });
  });
}
