import { afterEach, describe, expect, test } from '@jest/globals';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';

const EPOCH = '0000000000epoch0';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What every snapshot store promises. */
export function snapshotStoreContract(name: string, create: () => Promise<PortSubject<SnapshotStore>>): void {
  describe(`snapshot store contract: ${name}`, () => {
    const bench = new SubjectBench(create);
    afterEach(() => bench.end());

    test('there is none at first', async () => {
      const store = await bench.open();
      await expect(store.newest('inventory', EPOCH)).resolves.toBeUndefined();
    });

    test('the newest one is given, byte for byte, also after a restart', async () => {
      const store = await bench.open();
      const bytes = Uint8Array.from({ length: 100_000 }, (_, n) => (n * 31) % 256);
      await store.save('inventory', { epoch: EPOCH, seq: 9, bytes: bytesOf('former') });
      await store.save('inventory', { epoch: EPOCH, seq: 10, bytes });
      for (const each of [store, await bench.restart()]) {
        const newest = await each.newest('inventory', EPOCH);
        expect(newest).toMatchObject({ epoch: EPOCH, seq: 10 });
        expect(Buffer.compare(Buffer.from(newest?.bytes ?? []), Buffer.from(bytes))).toBe(0);
      }
    });

    test('the newest is the one with the highest sequence, whatever the order of saving', async () => {
      const store = await bench.open();
      for (const seq of [2, 100, 30]) await store.save('inventory', { epoch: EPOCH, seq, bytes: bytesOf(`at ${seq}`) });
      await expect(store.newest('inventory', EPOCH)).resolves.toMatchObject({ seq: 100 });
    });

    test('a snapshot of another epoch or context is never given', async () => {
      const store = await bench.open();
      await store.save('inventory', { epoch: EPOCH, seq: 5, bytes: bytesOf('ours') });
      await expect(store.newest('inventory', 'anotherepoch')).resolves.toBeUndefined();
      await expect(store.newest('orders', EPOCH)).resolves.toBeUndefined();
    });

    test('older ones are kept, the newest first, and each is given by its sequence', async () => {
      const store = await bench.open();
      for (const seq of [20, 10, 30]) await store.save('inventory', { epoch: EPOCH, seq, bytes: bytesOf(`at ${seq}`) });
      for (const each of [store, await bench.restart()]) {
        await expect(each.keptSeqs('inventory', EPOCH)).resolves.toEqual([30, 20, 10]);
        const found = await each.at('inventory', EPOCH, 20);
        expect([found?.seq, new TextDecoder().decode(found?.bytes)]).toEqual([20, 'at 20']);
        await expect(each.at('inventory', EPOCH, 21)).resolves.toBeUndefined();
        await expect(each.keptSeqs('orders', EPOCH)).resolves.toEqual([]);
      }
    });

    test('no more are kept than may be, and the newest two always', async () => {
      const store = await bench.open();
      for (let seq = 1; seq <= 40; seq++) await store.save('inventory', { epoch: EPOCH, seq, bytes: bytesOf('x') });
      const kept = await store.keptSeqs('inventory', EPOCH);
      expect(kept).toHaveLength(12);
      expect(kept.slice(0, 2)).toEqual([40, 39]);
    });

    test('an empty snapshot is a snapshot', async () => {
      const store = await bench.open();
      await store.save('inventory', { epoch: EPOCH, seq: 1, bytes: new Uint8Array() });
      const newest = await store.newest('inventory', EPOCH);
      expect([newest?.seq, newest?.bytes.byteLength]).toEqual([1, 0]);
    });
  });
}
