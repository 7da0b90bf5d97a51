import { describe, expect, test } from '@jest/globals';
import { eraseCommands } from '../../../schema/commands/erasure.ts';
import { listCommands, replayCommand } from '../../../schema/commands/outbound.ts';
import { SYSTEM, type OpenBench } from './outbound-bench.ts';

export function keptCommands(open: OpenBench): void {
  describe('retention', () => {
    test('removes what ended long ago and keeps what waits or waits for a person', async () => {
      const bench = await open({
        limits: { settledKeptMs: 10_000, sweepEveryMs: 1_000, attemptsMax: 1, sweepCommands: 2 },
      });
      bench.outside.failing.set('bad', new TypeError('broken'));
      await bench.submit({ key: 'bad' });
      for (let count = 0; count < 5; count++) await bench.submit();
      await bench.until(() => bench.outside.done.length === 5, 'the commands');
      const list = async (status: 'DONE' | 'DEAD') =>
        (await bench.ask(listCommands, { system: SYSTEM, status, limit: 100 })).commands;
      await bench.until(async () => (await list('DONE')).length === 0, 'the sweep');
      expect(await list('DEAD')).toHaveLength(1);
    });

    test('forgets what was asked for an order and answered, once it is done, and that of no other', async () => {
      const bench = await open({ limits: { attemptsMax: 1 } });
      const payload = { to: '2 Low Road' };
      bench.outside.failing.set('order-1/2', new TypeError('broken'));
      for (const key of ['order-1/1', 'order-1/2', 'order-10/1']) await bench.submit({ key, payload });
      const again = (key: string) => bench.submit({ key, payload });
      const isDone = async (key: string) => (await again(key)).status === 'DONE';
      await bench.until(async () => (await isDone('order-1/1')) && (await isDone('order-10/1')), 'what became of them');
      const given = { system: SYSTEM, status: 'DEAD', limit: 10 } as const;
      await bench.until(async () => (await bench.ask(listCommands, given)).commands.length === 1, 'one given up');
      expect(await bench.ask(eraseCommands, { order: 'order-1' })).toEqual({ erased: 1 });
      expect(await bench.ask(eraseCommands, { order: 'order-1' })).toEqual({ erased: 0 });
      // It is done all the same, and is not done again.
      expect(await again('order-1/1')).toEqual({ status: 'DONE', result: null });
      expect(await again('order-10/1')).toEqual({ status: 'DONE', result: { did: payload } });
      bench.outside.failing.clear();
      await bench.ask(replayCommand, { system: SYSTEM, key: 'order-1/2' });
      await bench.until(() => isDone('order-1/2'), 'what was given up');
      expect(await again('order-1/2')).toEqual({ status: 'DONE', result: { did: payload } });
    });
  });
}
