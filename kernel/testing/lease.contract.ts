import { afterEach, describe, expect, test } from '@jest/globals';
import type { HeldLease, Lease } from '../ports/lease.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';
import { waitFor } from './wait-for.ts';

/** What every lease promises. Holders are told apart inside one process; other processes are the adapter's own tests. */
export function leaseContract(name: string, create: () => Promise<PortSubject<Lease>>): void {
  describe(`lease contract: ${name}`, () => {
    const bench = new SubjectBench(create);
    const never = new AbortController().signal;
    afterEach(() => bench.end());

    test('a free lease is granted, and is not lost while it is held', async () => {
      const lease = await bench.open();
      const held = await lease.acquire('writer', never);
      expect(held.name).toBe('writer');
      expect(held.lost.aborted).toBe(false);
      await held.release();
    });

    test('at most one holder per name: the others wait until it is released', async () => {
      const lease = await bench.open();
      let holders = 0;
      let most = 0;
      const turn = async (): Promise<void> => {
        const held = await lease.acquire('writer', never);
        most = Math.max(most, ++holders);
        await new Promise((resolve) => setImmediate(resolve));
        holders--;
        await held.release();
      };
      await Promise.all(Array.from({ length: 10 }, turn));
      expect(most).toBe(1);
    });

    test('names are independent', async () => {
      const lease = await bench.open();
      const held = await Promise.all(['one', 'two'].map((each) => lease.acquire(each, never)));
      expect(held.map((each) => each.name)).toEqual(['one', 'two']);
      await Promise.all(held.map((each) => each.release()));
    });

    test('whoever gives up waiting is told why and is not granted the lease later', async () => {
      const lease = await bench.open();
      const held = await lease.acquire('writer', never);
      const abort = new AbortController();
      const waiting = lease.acquire('writer', abort.signal);
      const patient = lease.acquire('writer', never);
      abort.abort(new Error('no longer needed'));
      await expect(waiting).rejects.toThrow('no longer needed');
      await held.release();
      await (await patient).release();
    });

    test('a signal that has fired already gets nothing', async () => {
      const lease = await bench.open();
      await expect(lease.acquire('writer', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
      await (await lease.acquire('writer', never)).release();
    });

    test('releasing twice frees the lease once', async () => {
      const lease = await bench.open();
      const first = await lease.acquire('writer', never);
      await first.release();
      const second = await lease.acquire('writer', never);
      await first.release();
      let third: HeldLease | undefined;
      const waiting = lease.acquire('writer', never).then((held) => (third = held));
      await new Promise((resolve) => setImmediate(resolve));
      expect(third).toBeUndefined();
      await second.release();
      await waiting;
      await waitFor(() => third?.release().then(() => true));
    });
  });
}
