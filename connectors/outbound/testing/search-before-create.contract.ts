import { describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { CommandHandlers } from '../../runtime/command-handler.ts';
import type { OpenBench } from './outbound-bench.ts';

export function searchBeforeCreate(open: OpenBench): void {
  describe('a system without idempotency keys', () => {
    test('is searched for what it may have before anything is made again', async () => {
      const made: string[] = [];
      const searched: string[] = [];
      let losesAnswers = true;
      const handlers: CommandHandlers = {
        post: {
          perform: async (_, { key }) => {
            made.push(key);
            if (losesAnswers) throw new Obstacle('UPSTREAM_TIMEOUT', 'No answer in time.');
            return { number: made.length };
          },
          find: async (_, { key }) => {
            searched.push(key);
            return made.includes(key) ? { result: { found: key } } : undefined;
          },
        },
      };
      const bench = await open({ handlers });
      await bench.submit({ key: 'order-1' });
      await bench.until(async () => (await bench.told('command-settled')).length === 1, 'the settlement');
      expect(made).toEqual(['order-1']);
      expect(searched).toEqual(['order-1']);
      await expect(bench.submit({ key: 'order-1' })).resolves.toEqual({ status: 'DONE', result: { found: 'order-1' } });
      losesAnswers = false;
      await bench.submit({ key: 'order-2' });
      await bench.until(() => made.includes('order-2'), 'the second');
      expect(searched).toEqual(['order-1']);
    });

    test('is searched after a crash between the making and the writing down', async () => {
      const made: string[] = [];
      let hang = true;
      const handlers: CommandHandlers = {
        post: {
          perform: async (_, { key }) => {
            made.push(key);
            if (hang) throw new Obstacle('UPSTREAM_TIMEOUT', 'The process died here.');
            return null;
          },
          find: async (_, { key }) => (made.includes(key) ? { result: 'found' } : undefined),
        },
      };
      const bench = await open({ handlers, limits: { backoffMinMs: 60_000, backoffMaxMs: 60_000 } });
      await bench.submit({ key: 'order-1' });
      await bench.until(() => made.length === 1, 'the first try');
      await bench.stop();
      hang = false;
      await bench.start({ handlers });
      await bench.until(async () => (await bench.submit({ key: 'order-1' })).status === 'DONE', 'the end', 5_000);
      expect(made).toEqual(['order-1']);
    });
  });
}
