import { afterEach, describe, expect, test } from '@jest/globals';
import { CHAIN_END, type ChainEntry, type ChainIndex } from '../ports/chain-index.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';

/** What every chain index promises. `create` is given the epoch of the journal at the time of opening. */
export function chainIndexContract(
  name: string,
  create: (epoch: () => string) => Promise<PortSubject<ChainIndex>>,
): void {
  describe(`chain index contract: ${name}`, () => {
    let epoch = '0000000000epoch0';
    const bench = new SubjectBench(() => create(() => epoch));
    afterEach(async () => {
      await bench.end();
      epoch = '0000000000epoch0';
    });

    test('a new index is empty and complete up to 0', async () => {
      const index = await bench.open();
      expect([index.completeSeq, index.newest(0), index.newest(7)]).toEqual([0, CHAIN_END, CHAIN_END]);
    });

    test('leads from the newest entry of a key back to its first, also after a restart', async () => {
      const index = await bench.open();
      index.add([{ key: 3 }, { key: 0, note: 'quo"ted 😀' }], 2);
      index.add([], 3);
      index.add([{ key: 3, note: 'x'.repeat(2_000) }], 5);
      index.add([{ key: 3 }], 9);
      for (const reopen of [async () => index, () => bench.restart()]) {
        const each = await reopen();
        expect(each.completeSeq).toBe(9);
        expect(await chainOf(each, 3)).toEqual([
          [9, ''],
          [5, 'x'.repeat(2_000)],
          [2, ''],
        ]);
        expect(await chainOf(each, 0)).toEqual([[2, 'quo"ted 😀']]);
        expect(await chainOf(each, 1)).toEqual([]);
      }
    });

    test('knows which entry stands at an address, and any other number for one that means nothing', async () => {
      const index = await bench.open();
      for (let seq = 1; seq <= 50; seq++) index.add([{ key: seq % 2, note: 'note' }], seq);
      const address = index.newest(1);
      for (const reopen of [async () => index, () => bench.restart()]) {
        const each = await reopen();
        expect(await each.holds(address, { key: 1, seq: 49 })).toBe(true);
        expect(await each.holds(address, { key: 0, seq: 49 })).toBe(false);
        expect(await each.holds(address, { key: 1, seq: 47 })).toBe(false);
        for (const wrong of [-1, 0, address - 1, address + 1, address + 0.5, address + 1e6, 2 ** 52, Number.NaN]) {
          expect([wrong, await each.holds(wrong, { key: 1, seq: 49 })]).toEqual([wrong, false]);
        }
      }
    });

    test('holds many entries of many keys, and goes on after each restart', async () => {
      let index = await bench.open();
      for (let round = 0; round < 3; round++) {
        for (let seq = 1; seq <= 20_000; seq++) {
          const at = round * 20_000 + seq;
          index.add([{ key: at % 100, ...(at % 7 === 0 && { note: `note ${at}` }) }], at);
          if (at % 1_000 === 0) await index.keepUp();
        }
        index = await bench.restart();
      }
      for (const key of [0, 42, 99]) {
        const expected = Array.from({ length: 600 }, (_, n) => (599 - n) * 100 + (key === 0 ? 100 : key)).map((seq) => [
          seq,
          seq % 7 === 0 ? `note ${seq}` : '',
        ]);
        expect(await chainOf(index, key)).toEqual(expected);
      }
    });

    test('forgets everything when it is told to, and goes on', async () => {
      const index = await bench.open();
      index.add([{ key: 1 }], 4);
      await index.clear();
      expect([index.completeSeq, index.newest(1)]).toEqual([0, CHAIN_END]);
      index.add([{ key: 2 }], 1);
      const again = await bench.restart();
      expect([again.completeSeq, again.newest(1), await chainOf(again, 2)]).toEqual([1, CHAIN_END, [[1, '']]]);
    });

    test('an index of another epoch opens empty', async () => {
      const index = await bench.open();
      index.add([{ key: 1 }], 4);
      epoch = '0000000000epoch1';
      const other = await bench.restart();
      expect([other.completeSeq, other.newest(1)]).toEqual([0, CHAIN_END]);
    });
  });
}

async function chainOf(index: ChainIndex, key: number): Promise<(readonly [number, string])[]> {
  const chain: ChainEntry[] = [];
  for (let address = index.newest(key); address !== CHAIN_END; address = chain.at(-1)?.former ?? CHAIN_END) {
    chain.push(await index.read(address));
  }
  return chain.map(({ seq, note }) => [seq, note]);
}
