import { afterEach, describe, expect, test } from '@jest/globals';
import type { FollowedJournal, Journal, JournalBatch } from '../ports/journal.ts';
import { SequentialIds } from './sequential-ids.ts';
import { waitFor } from './wait-for.ts';

/** A log with its writer, and as many who follow it as a test wants. */
export interface FollowedSubject {
  readonly writer: Journal;
  readonly follow: () => Promise<FollowedJournal>;
  /** Takes the log away together with whatever is open. */
  remove(): Promise<void>;
}

/** What every followed journal promises, whatever the contract of journals says of reading. */
export function followedJournalContract(name: string, create: () => Promise<FollowedSubject>): void {
  describe(`followed journal contract: ${name}`, () => {
    const ids = new SequentialIds(3);
    let subject: FollowedSubject | undefined;
    afterEach(async () => {
      await subject?.remove();
      subject = undefined;
    });
    const open = async (): Promise<FollowedSubject> => (subject = await create());

    const appendMany = async (writer: Journal, count: number): Promise<JournalBatch[]> => {
      const appended: JournalBatch[] = [];
      for (let index = 0; index < count; index++) {
        const batch = { batchId: ids.next(), recordedAtMs: 1_000 + index, events: [{ index }] };
        appended.push({ ...batch, seq: await writer.append(batch, writer.head()) });
      }
      return appended;
    };

    test('is the log of its writer, under the same epoch, as far as it was looked at', async () => {
      const { writer, follow } = await open();
      const before = await appendMany(writer, 3);
      const followed = await follow();
      expect(followed.epoch).toBe(writer.epoch);
      expect(followed.isReachable).toBe(true);
      expect(followed.head()).toBe(3);
      const later = await appendMany(writer, 2);
      expect(followed.head()).toBe(3);
      expect(await all(followed.read(1))).toEqual(before);
      await expect(followed.lookAgain()).resolves.toBe(5);
      expect(await all(followed.read(1))).toEqual([...before, ...later]);
    });

    test('reads beyond what was looked at when it is asked to', async () => {
      const { writer, follow } = await open();
      const followed = await follow();
      const appended = await appendMany(writer, 4);
      expect(await all(followed.read(2, 4))).toEqual(appended.slice(1));
      expect(await followed.seqAt(1_001)).toBe(2);
    });

    test('tells each who watches that there is something, soon after it was appended', async () => {
      const { writer, follow } = await open();
      const followers = await Promise.all([follow(), follow()]);
      const seen = followers.map(() => 0);
      followers.forEach((followed, index) =>
        followed.watch(() => void followed.lookAgain().then((head) => (seen[index] = head))),
      );
      await appendMany(writer, 20);
      await waitFor(() => seen.every((head) => head === 20), 'all to have seen it');
    });

    test('tells nothing any more to who has stopped watching', async () => {
      const { writer, follow } = await open();
      const followed = await follow();
      let [stopped, told] = [0, 0];
      followed.watch(() => stopped++)();
      followed.watch(() => told++);
      await appendMany(writer, 1);
      await waitFor(() => told > 0, 'the other to be told');
      expect(stopped).toBe(0);
    });

    test('does not keep the writer from writing, nor others from following', async () => {
      const { writer, follow } = await open();
      const followed = await follow();
      await follow();
      await followed.close();
      await expect(appendMany(writer, 1)).resolves.toHaveLength(1);
    });
  });
}

async function all<Batch>(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const list: Batch[] = [];
  for await (const each of batches) list.push(each);
  return list;
}
