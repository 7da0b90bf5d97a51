import { afterEach, describe, expect, test } from '@jest/globals';
import type { KeyIndex } from '../ports/key-index.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';

/** What every key index promises. `create` is given the epoch of the journal at the time of opening. */
export function keyIndexContract(name: string, create: (epoch: () => string) => Promise<PortSubject<KeyIndex>>): void {
  describe(`key index contract: ${name}`, () => {
    let epoch = '0000000000epoch0';
    const bench = new SubjectBench(() => create(() => epoch));
    afterEach(async () => {
      await bench.end();
      epoch = '0000000000epoch0';
    });

    test('a new index is empty and complete up to 0', async () => {
      const index = await bench.open();
      expect(index.completeSeq).toBe(0);
      expect(await keysOf(index)).toEqual([]);
      expect(await index.find(['a'])).toEqual(new Map());
    });

    test('what was added is found, also after a restart, with how far the index is complete', async () => {
      const index = await bench.open();
      await index.add([{ key: 'till|1', value: 'one' }], 7);
      await index.add([{ key: 'till|2', value: 'two "quoted" 😀' }], 9);
      for (const reopen of [async () => index, () => bench.restart()]) {
        const each = await reopen();
        expect(each.completeSeq).toBe(9);
        expect(await each.find(['till|1', 'till|2', 'till|3'])).toEqual(
          new Map([
            ['till|1', ['one']],
            ['till|2', ['two "quoted" 😀']],
          ]),
        );
      }
    });

    test('different values under a key are kept side by side, the same one once', async () => {
      const index = await bench.open();
      await index.add([{ key: 'k', value: 'first' }], 1);
      const again = [
        { key: 'k', value: 'second' },
        { key: 'k', value: 'first' },
      ];
      await index.add(again, 2);
      expect([...((await index.find(['k'])).get('k') ?? [])].sort()).toEqual(['first', 'second']);
      expect(await keysOf(index)).toEqual(['k']);
    });

    test('every key is listed, over as many pages as it takes', async () => {
      const index = await bench.open();
      const keys = Array.from({ length: 12_000 }, (_, n) => `till|${String(n).padStart(6, '0')}`);
      const entries = keys.map((key) => ({ key, value: 'v' }));
      await index.add(entries, 1);
      expect((await keysOf(index)).sort()).toEqual(keys);
    });

    test('an addition without entries says how far it is complete', async () => {
      const index = await bench.open();
      await index.add([], 12);
      expect((await bench.restart()).completeSeq).toBe(12);
    });

    test('an index of another epoch opens empty', async () => {
      const index = await bench.open();
      await index.add([{ key: 'k', value: 'v' }], 3);
      epoch = '0000000000epoch1';
      const other = await bench.restart();
      expect(other.completeSeq).toBe(0);
      expect(await other.find(['k'])).toEqual(new Map());
    });

    test('a closed index refuses to add and to find', async () => {
      const index = await bench.open();
      await index.close();
      await expect(index.add([], 1)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
      await expect(index.find(['k'])).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    });
  });
}

async function keysOf(index: KeyIndex): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of index.keys()) keys.push(...page);
  return keys;
}
