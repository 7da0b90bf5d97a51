import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../kernel/model/errors.ts';
import { SYSTEM, type OpenBench } from './outbound-bench.ts';

export function submittedCommands(open: OpenBench): void {
  describe('a command', () => {
    test('is done, and its sender is told under its own reference and correlation id', async () => {
      const bench = await open();
      await expect(bench.submit()).resolves.toEqual({ status: 'WAITING' });
      await bench.until(async () => (await bench.told('command-settled')).length === 1, 'the settlement');
      const [settled] = await bench.told('command-settled');
      expect(settled).toMatchObject({
        key: 'ref-c1',
        correlationId: 'correlation-c1',
        data: { system: SYSTEM, key: 'c1', name: 'post', ref: 'ref-c1', status: 'DONE' },
      });
      await expect(bench.submit({ key: 'c1' })).resolves.toEqual({ status: 'DONE', result: { did: { key: 'c1' } } });
      expect(bench.outside.done).toEqual(['c1']);
    });

    test('is one however often and by how many it is submitted, and its key stands for nothing else', async () => {
      const bench = await open();
      await Promise.all(Array.from({ length: 10 }, () => bench.submit({ key: 'same' })));
      await bench.until(() => bench.outside.done.length > 0, 'the command');
      await bench.submit({ key: 'same' });
      expect(bench.outside.done).toEqual(['same']);
      await expect(bench.submit({ key: 'same', payload: { other: true } })).rejects.toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
    });

    test('is the first one where only a part differs that its sender leaves out of its content', async () => {
      const bench = await open();
      // A queue that was filled before its sender told the content apart knows it as the whole payload.
      await bench.submit({ key: 'same', payload: { lines: 1 } });
      const again = { key: 'same', payload: { lines: 1, shipTo: 'York' }, content: { lines: 1 } };
      await bench.until(async () => (await bench.submit(again)).status === 'DONE', 'the command');
      await expect(bench.submit(again)).resolves.toMatchObject({ result: { did: { lines: 1 } } });
      expect(bench.outside.done).toEqual(['same']);
      await expect(bench.submit({ ...again, content: { lines: 2 } })).rejects.toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
    });

    test('that the system refuses is over, with the words of the system', async () => {
      const bench = await open();
      bench.outside.failing.set('c1', new Refusal('UPSTREAM_REJECTED', 'No such item.', { status: 422 }));
      await bench.submit();
      await bench.until(async () => (await bench.submit({ key: 'c1' })).status === 'REFUSED', 'the refusal');
      const [settled] = await bench.told('command-settled');
      expect(settled?.data).toMatchObject({ status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'No such item.' });
      expect(bench.outside.tried).toEqual(['c1']);
    });

    test('that nobody would do is refused at the door', async () => {
      const bench = await open();
      await expect(bench.submit({ system: 'nobody' })).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
      await expect(bench.submit({ name: 'dance' })).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
      await expect(bench.submit({ key: 'x'.repeat(151) })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    });

    test('beyond the bound is turned away, and taken once there is room', async () => {
      const bench = await open({ limits: { waitingMax: 2 } });
      bench.outside.isUp = false;
      await bench.submit();
      await bench.submit();
      await expect(bench.submit()).rejects.toMatchObject({ code: 'OVERLOADED' });
      bench.outside.isUp = true;
      await bench.until(() => bench.outside.done.length === 2, 'room');
      await bench.until(
        () =>
          bench.submit({ key: 'late' }).then(
            () => true,
            () => false,
          ),
        'the late one to be taken',
      );
    });

    test('survives a restart, also in the middle of its attempt', async () => {
      const bench = await open();
      bench.outside.isUp = false;
      for (let count = 0; count < 5; count++) await bench.submit();
      await bench.until(() => bench.outside.tried.length > 0, 'an attempt');
      await bench.stop();
      bench.outside.isUp = true;
      await bench.start();
      await bench.until(() => bench.outside.done.length === 5, 'all of them');
      expect(bench.outside.done).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
    });
  });
}
