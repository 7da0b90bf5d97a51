import { afterEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '../model/errors.ts';
import type { Journal, JournalBatch, NewJournalBatch } from '../ports/journal.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';
import { SequentialIds } from './sequential-ids.ts';

/** What every journal promises. A subject holds one log. */
export function journalContract(name: string, create: () => Promise<PortSubject<Journal>>): void {
  describe(`journal contract: ${name}`, () => {
    const bench = new SubjectBench(create);
    const ids = new SequentialIds(1);
    afterEach(() => bench.end());

    const batch = (...events: unknown[]): NewJournalBatch => ({ batchId: ids.next(), recordedAtMs: 1_000, events });

    const appendMany = async (journal: Journal, count: number): Promise<JournalBatch[]> => {
      const batches: JournalBatch[] = [];
      for (let n = 0; n < count; n++) {
        const next = batch({ n });
        batches.push({ ...next, seq: await journal.append(next, journal.head()) });
      }
      return batches;
    };

    test('a new log is empty: its head is 0 and there is nothing to read', async () => {
      const journal = await bench.open();
      expect(journal.head()).toBe(0);
      expect(await all(journal.read(1))).toEqual([]);
    });

    test('reads return exactly what was acknowledged, in order, without holes', async () => {
      const journal = await bench.open();
      const appended = await appendMany(journal, 150);
      expect(appended.map((each) => each.seq)).toEqual(Array.from({ length: 150 }, (_, n) => n + 1));
      expect(await all(journal.read(1))).toEqual(appended);
      expect(await all(journal.read(100))).toEqual(appended.slice(99));
      expect(await all(journal.read(0))).toEqual(appended);
      expect(await all(journal.read(151))).toEqual([]);
    });

    test('a read may end before the head, and may leave the events as text', async () => {
      const journal = await bench.open();
      const appended = await appendMany(journal, 60);
      expect(await all(journal.read(20, 41))).toEqual(appended.slice(19, 41));
      expect(await all(journal.read(59, 99))).toEqual(appended.slice(58));
      const texts = await all(journal.readTexts(20, 41));
      const expected = appended.slice(19, 41).map(({ seq, recordedAtMs, events }) => {
        return { seq, recordedAtMs, eventsText: JSON.stringify(events) };
      });
      expect(texts).toEqual(expected);
      expect(await all(journal.readTexts(61, 70))).toEqual([]);
    });

    test('tells the last batch that was recorded at or before an instant', async () => {
      const journal = await bench.open();
      expect(await journal.seqAt(1_000)).toBe(0);
      const instants = [5, 5, 7, 20, 20, 20, 21];
      for (const recordedAtMs of instants) await journal.append({ ...batch(), recordedAtMs }, journal.head());
      for (let atMs = 0; atMs <= 30; atMs++) {
        expect([atMs, await journal.seqAt(atMs)]).toEqual([atMs, instants.filter((each) => each <= atMs).length]);
      }
    });

    test('any JSON data comes back as it was, and as it was at the call', async () => {
      const journal = await bench.open();
      const event = {
        text: 'quo"te \\ \u0000 \ud800 😀 \u2028',
        deep: { list: [1, -0.5, 1e21, null, true, ''] },
        empty: {},
      };
      const copy = structuredClone(event);
      const appended = journal.append(batch(event, 'text', 7, null), 0);
      event.deep.list.length = 0;
      await appended;
      const [read] = await all(journal.read(1));
      expect(read?.events).toEqual([copy, 'text', 7, null]);
    });

    test('a batch up to batchBytesMax is taken, and a longer one is refused and changes nothing', async () => {
      const journal = await bench.open();
      const fitting = 'x'.repeat(journal.batchBytesMax - JSON.stringify(['']).length);
      await expect(journal.append(batch(`${fitting}x`), 0)).rejects.toMatchObject({ code: 'OVERLOADED' });
      await expect(journal.append(batch(fitting), 0)).resolves.toBe(1);
      expect(await all(journal.read(1))).toMatchObject([{ events: [fitting] }]);
    });

    test('a batch may be empty', async () => {
      const journal = await bench.open();
      await expect(journal.append(batch(), 0)).resolves.toBe(1);
      expect((await all(journal.read(1)))[0]?.events).toEqual([]);
    });

    test('what was acknowledged is there after a restart, under the same epoch', async () => {
      const journal = await bench.open();
      const { epoch } = journal;
      const appended = await appendMany(journal, 40);
      const again = await bench.restart();
      expect(again.epoch).toBe(epoch);
      expect(again.head()).toBe(40);
      expect(await all(again.read(1))).toEqual(appended);
      await expect(again.append(batch('later'), 40)).resolves.toBe(41);
    });

    test('an append whose expectedPrev is not the head is refused and changes nothing', async () => {
      const journal = await bench.open();
      const appended = await appendMany(journal, 3);
      for (const stale of [0, 2, 4, 99]) {
        const refused = journal.append(batch('stale'), stale);
        await expect(refused).rejects.toMatchObject({ name: 'JournalFenced', code: 'VERSION_CONFLICT' });
      }
      expect(journal.head()).toBe(3);
      expect(await all(journal.read(1))).toEqual(appended);
    });

    test('of appends at the same place exactly one is accepted', async () => {
      const journal = await bench.open();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => journal.append(batch(n), 0)));
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect(journal.head()).toBe(1);
      expect(await all(journal.read(1))).toHaveLength(1);
    });

    test('the same batch id is never appended twice', async () => {
      const journal = await bench.open();
      const twice = batch('once');
      await journal.append(twice, 0);
      await expect(journal.append(twice, 1)).rejects.toThrow(DomainError);
      expect(await all(journal.read(1))).toHaveLength(1);
      await expect(journal.append(batch('next'), 1)).resolves.toBe(2);
    });

    test('a read ends at the head at the time of the call, while appends go on', async () => {
      const journal = await bench.open();
      await appendMany(journal, 5);
      const read: number[] = [];
      for await (const { seq } of journal.read(1)) {
        read.push(seq);
        await journal.append(batch('meanwhile'), journal.head());
      }
      expect(read).toEqual([1, 2, 3, 4, 5]);
      expect(journal.head()).toBe(10);
    });

    test('a reader that has seen more than the log holds is told that the log is corrupt', async () => {
      const journal = await bench.open();
      await appendMany(journal, 3);
      expect(() => journal.assertReaches(0, 'a snapshot')).not.toThrow();
      expect(() => journal.assertReaches(3, 'a snapshot')).not.toThrow();
      expect(() => journal.assertReaches(4, 'a snapshot')).toThrow(/a snapshot/);
      expect(() => journal.assertReaches(4, 'a snapshot')).toThrow(expect.objectContaining({ name: 'JournalCorrupt' }));
    });

    test('a second writer cannot open the same log until the first has closed it', async () => {
      const journal = await bench.open();
      await expect(bench.open()).rejects.toThrow(DomainError);
      await appendMany(journal, 1);
      const next = await bench.restart();
      expect(next.head()).toBe(1);
    });

    test('a closed journal refuses to append', async () => {
      const journal = await bench.open();
      await journal.close();
      await expect(journal.append(batch('late'), 0)).rejects.toThrow(DomainError);
    });
  });
}

async function all<Batch>(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const list: Batch[] = [];
  for await (const each of batches) list.push(each);
  return list;
}
