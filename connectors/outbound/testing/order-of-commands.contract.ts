import { describe, expect, test } from '@jest/globals';
import { DOWN, type OpenBench } from './outbound-bench.ts';

export function orderOfCommands(open: OpenBench): void {
  describe('order', () => {
    test('of one group is kept, one at a time, while other groups pass by', async () => {
      const bench = await open();
      bench.outside.failing.set('a1', DOWN);
      await bench.submit({ key: 'a1', group: 'a' });
      await bench.submit({ key: 'a2', group: 'a' });
      await bench.submit({ key: 'b1', group: 'b' });
      await bench.until(() => bench.outside.done.includes('b1'), 'the other group');
      expect(bench.outside.done).toEqual(['b1']);
      expect(bench.outside.tried).not.toContain('a2');
      bench.outside.failing.clear();
      await bench.until(() => bench.outside.done.length === 3, 'the first group');
      expect(bench.outside.done).toEqual(['b1', 'a1', 'a2']);
    });

    test('of many that may not go keeps nobody else waiting', async () => {
      const bench = await open({ limits: { pageCommands: 2, concurrentMax: 1, breakerFailures: 1_000 } });
      bench.outside.failing.set('a1', DOWN);
      for (let count = 1; count <= 9; count++) await bench.submit({ key: `a${count}`, group: 'a' });
      await bench.submit({ key: 'b1' });
      await bench.until(() => bench.outside.done.includes('b1'), 'the last one');
      expect(bench.outside.done).toEqual(['b1']);
    });

    test('puts fulfilment ahead of finance, and lets finance go now and then', async () => {
      const bench = await open({ limits: { concurrentMax: 1, fairEvery: 5 } });
      bench.outside.isUp = false;
      for (let count = 1; count <= 10; count++) await bench.submit({ key: `money${count}`, lane: 'FINANCE' });
      for (let count = 1; count <= 10; count++) await bench.submit({ key: `goods${count}`, lane: 'FULFILMENT' });
      await bench.until(() => bench.outside.tried.length > 2, 'attempts');
      bench.outside.isUp = true;
      await bench.until(() => bench.outside.done.length === 20, 'all');
      const kinds = bench.outside.done.slice(0, 10).map((key) => key.replace(/\d+/, ''));
      expect(kinds.filter((kind) => kind === 'goods').length).toBeGreaterThanOrEqual(7);
      expect(kinds).toContain('money');
      for (const kind of ['money', 'goods']) {
        const order = bench.outside.done.filter((key) => key.startsWith(kind));
        expect(order).toEqual(Array.from({ length: 10 }, (_, index) => `${kind}${index + 1}`));
      }
    });

    test('keeps a place free for fulfilment while slow postings are under way', async () => {
      const bench = await open({ limits: { concurrentMax: 2 } });
      let finish = (): void => undefined;
      const slow = new Promise<void>((resolve) => {
        finish = resolve;
      });
      for (const key of ['money1', 'money2']) bench.outside.slow.set(key, slow);
      await bench.submit({ key: 'money1', lane: 'FINANCE' });
      await bench.submit({ key: 'money2', lane: 'FINANCE' });
      await bench.until(() => bench.outside.underWay === 1, 'the posting');
      await bench.submit({ key: 'goods', lane: 'FULFILMENT' });
      await bench.until(() => bench.outside.done.includes('goods'), 'the release');
      expect(bench.outside.done).toEqual(['goods']);
      finish();
      await bench.until(() => bench.outside.done.length === 3, 'the postings');
    });
  });
}
