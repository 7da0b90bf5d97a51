import { describe, expect, test } from '@jest/globals';
import { discardCommand, listCommands, replayCommand } from '../../../schema/commands/outbound.ts';
import { DOWN, SYSTEM, type OpenBench, type OutboundBench } from './outbound-bench.ts';

export function givenUpCommands(open: OpenBench): void {
  describe('a command that fails although its system is there', () => {
    async function dead(): Promise<OutboundBench> {
      const bench = await open({ limits: { attemptsMax: 3, breakerFailures: 1_000 } });
      bench.outside.failing.set('bad', DOWN);
      await bench.submit({ key: 'bad', group: 'g' });
      await bench.submit({ key: 'next', group: 'g' });
      let count = 0;
      await bench.until(async () => {
        await bench.submit({ key: `good${++count}` });
        return (await bench.told('command-settled')).some(({ data }) => (data as { status: string }).status === 'DEAD');
      }, 'the end of patience');
      return bench;
    }

    test('is given up and told, and its group goes on', async () => {
      const bench = await dead();
      await bench.until(() => bench.outside.done.includes('next'), 'the rest of its group');
      expect(bench.outside.done).not.toContain('bad');
      const { commands } = await bench.ask(listCommands, { system: SYSTEM, status: 'DEAD', limit: 10 });
      expect(commands).toMatchObject([{ key: 'bad', attempts: 3, reason: 'It is down.' }]);
      // Its sender has not had the last word of the system.
      await expect(bench.submit({ key: 'bad', group: 'g' })).resolves.toEqual({ status: 'WAITING' });
    });

    test('is done when an operator lets it go again, and only once', async () => {
      const bench = await dead();
      bench.outside.failing.clear();
      await bench.ask(replayCommand, { system: SYSTEM, key: 'bad' });
      await bench.until(() => bench.outside.done.includes('bad'), 'the replay');
      await bench.until(
        async () => (await bench.ask(replayCommand, { system: SYSTEM, key: 'bad' })).status === 'DONE',
        'done',
      );
      expect(bench.outside.done.filter((key) => key === 'bad')).toHaveLength(1);
    });

    test('is refused to its sender when an operator gives it up for good', async () => {
      const bench = await dead();
      await expect(bench.ask(discardCommand, { system: SYSTEM, key: 'bad' })).resolves.toEqual({ status: 'DISCARDED' });
      await expect(bench.submit({ key: 'bad', group: 'g' })).resolves.toMatchObject({ status: 'REFUSED' });
      await expect(bench.ask(discardCommand, { system: SYSTEM, key: 'none' })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    });

    test('for a fault of ours is given up as well', async () => {
      const bench = await open({ limits: { attemptsMax: 2 } });
      bench.outside.failing.set('c1', new TypeError('undefined is no function'));
      await bench.submit();
      await bench.until(async () => (await bench.told('command-settled')).length === 1, 'the end');
      expect((await bench.told('command-settled'))[0]?.data).toMatchObject({ status: 'DEAD', attempts: 2 });
    });
  });
}
