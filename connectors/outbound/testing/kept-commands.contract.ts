import { describe, expect, test } from '@jest/globals';
import { listCommands } from '../../../schema/commands/outbound.ts';
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
  });
}
