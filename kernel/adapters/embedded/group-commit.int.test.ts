import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '../../model/errors.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { CommitMark } from './commit-mark.ts';
import { GroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';
import { HeldLog, SLOW_DISK } from './testing/held-log.ts';

describe('group commit', () => {
  let directory: TemporaryDirectory;
  let telemetry: RecordingTelemetry;
  let database: DatabaseSync;
  let commits: GroupCommit;
  let log: HeldLog;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    telemetry = new RecordingTelemetry();
    database = openDatabase(join(directory.path, 'store.db'));
    const mark = new CommitMark(database, join(directory.path, 'store.mark'));
    log = new HeldLog({ isHeld: false });
    const limits = { queuedWritesMax: 50, groupWritesMax: 20 };
    commits = new GroupCommit(database, { name: 'store', mark, log, pace: SLOW_DISK, telemetry, ...limits });
    database.exec('CREATE TABLE thing (n INTEGER PRIMARY KEY)');
  });
  afterEach(async () => {
    commits.close();
    await directory.remove();
  });

  const insert = (n: number): Promise<unknown> =>
    commits.write(() => database.prepare('INSERT INTO thing VALUES (?)').run(n));
  const things = (): unknown[] =>
    database
      .prepare('SELECT n FROM thing ORDER BY n')
      .all()
      .map((row) => row['n']);
  const groups = (): number[] =>
    telemetry.observations.filter(({ name }) => name === 'storage_commit_writes').map(({ value }) => value);

  test('writes of one turn share one commit, up to the bound of a group', async () => {
    await Promise.all(Array.from({ length: 45 }, (_, n) => insert(n)));
    expect(groups()).toEqual([20, 20, 5]);
    expect(things()).toHaveLength(45);
  });

  test('nothing is written in the turn of the caller, and results come in order', async () => {
    const results: number[] = [];
    const writes = [1, 2, 3].map((n) => commits.write(() => n).then((result) => results.push(result)));
    expect(results).toEqual([]);
    await Promise.all(writes);
    expect(results).toEqual([1, 2, 3]);
  });

  test('what is written later goes with the next commit', async () => {
    const later = commits.writeLater(() => database.prepare('INSERT INTO thing VALUES (7)').run());
    await nextTurn();
    expect(groups()).toEqual([]);
    await Promise.all([insert(1), later]);
    expect([groups(), things()]).toEqual([[2], [1, 7]]);
  });

  test('what is written later makes a commit of its own when no other comes, at once when it is hastened', async () => {
    await commits.writeLater(() => database.prepare('INSERT INTO thing VALUES (1)').run());
    await nextTurn();
    const hastened = commits.writeLater(() => database.prepare('INSERT INTO thing VALUES (2)').run());
    commits.hasten();
    await nextTurn();
    expect(things()).toEqual([1, 2]);
    await hastened;
    expect(groups()).toEqual([1, 1]);
  });

  test('closing commits what was to be written later', async () => {
    const later = commits.writeLater(() => database.prepare('INSERT INTO thing VALUES (1)').run());
    commits.close();
    await later;
    expect(groups()).toEqual([1]);
  });

  test('a write that throws is undone as a whole, and the others of its group go on', async () => {
    const failing = commits.write(() => {
      database.exec('INSERT INTO thing VALUES (100)');
      throw new Refusal('UNKNOWN_SKU', 'No.');
    });
    const sound = [insert(1), insert(2)];
    await expect(failing).rejects.toMatchObject({ code: 'UNKNOWN_SKU' });
    await Promise.all(sound);
    expect([groups(), things()]).toEqual([[3], [1, 2]]);
  });

  test('an error of the database becomes an obstacle that carries it as its cause', async () => {
    await insert(1);
    await expect(insert(1)).rejects.toMatchObject({
      name: 'StorageFailed',
      code: 'CONTEXT_UNAVAILABLE',
      cause: { message: expect.stringContaining('UNIQUE') },
    });
  });

  test('a disk that is full refuses what does not fit, and the store goes on', async () => {
    database.exec(`PRAGMA max_page_count = ${Number(database.prepare('PRAGMA page_count').get()?.['page_count']) + 4}`);
    database.exec('CREATE TABLE page (content TEXT)');
    const write = (length: number): Promise<unknown> =>
      commits.write(() => database.prepare('INSERT INTO page VALUES (?)').run('x'.repeat(length)));
    await expect(write(100_000)).rejects.toMatchObject({ name: 'StorageFailed' });
    await expect(write(10)).resolves.toMatchObject({ changes: 1 });
  });

  test('a commit that fails leaves its outcome unknown, so every later write is refused', async () => {
    // A deferred foreign key lets the writes pass and the commit itself fail.
    database.exec('PRAGMA foreign_keys = ON');
    database.exec('CREATE TABLE part (thing INTEGER REFERENCES thing DEFERRABLE INITIALLY DEFERRED)');
    const failing = commits.write(() => database.prepare('INSERT INTO part VALUES (404)').run());
    const beside = insert(1);
    await expect(failing).rejects.toMatchObject({ name: 'StorageFailed' });
    await expect(beside).rejects.toMatchObject({ name: 'StorageFailed' });
    await expect(insert(2)).rejects.toMatchObject({ name: 'StorageFailed' });
  });

  test('nobody is answered before the disk has it, and whoever comes meanwhile is in the next group', async () => {
    log.hold();
    const answered: number[] = [];
    const insertLater = (n: number): Promise<unknown> => insert(n).then(() => answered.push(n));
    const first = insertLater(1);
    await waitFor(() => log.waiting === 1);
    const others = [insertLater(2), insertLater(3)];
    const isDurable = commits.durable().then(() => answered.push(0));
    await nextTurn();
    expect([answered, things(), log.waiting]).toEqual([[], [1], 1]);
    log.letGo();
    await Promise.all([first, isDurable]);
    expect(new Set(answered)).toEqual(new Set([0, 1]));
    await Promise.all(others);
    expect([answered.slice(2), groups()]).toEqual([
      [2, 3],
      [1, 2],
    ]);
  });

  test('a disk that fails leaves it unknown what is durable, so every later write is refused', async () => {
    log.hold();
    const group = insert(1);
    await waitFor(() => log.waiting === 1);
    const read = commits.durable();
    const next = insert(2);
    log.fail(new Error('EIO'));
    for (const refused of [group, read, next]) await expect(refused).rejects.toMatchObject({ name: 'StorageFailed' });
    await expect(insert(3)).rejects.toMatchObject({ name: 'StorageFailed', cause: { message: 'EIO' } });
    expect(things()).toEqual([1]);
  });

  test('closing answers those that wait for the disk', async () => {
    log.hold();
    const writes = [insert(1)];
    await waitFor(() => log.waiting === 1);
    writes.push(insert(2));
    commits.close();
    await Promise.all(writes);
  });

  test('writes beyond the bound of the queue are refused as an obstacle', async () => {
    const accepted = Array.from({ length: 50 }, (_, n) => insert(n));
    await expect(insert(50)).rejects.toMatchObject({ code: 'OVERLOADED', details: { limit: 'queuedWritesMax' } });
    await Promise.all(accepted);
    await insert(50);
  });

  test('closing commits what waits and refuses what comes later', async () => {
    const waiting = [insert(1), insert(2)];
    commits.close();
    await Promise.all(waiting);
    await expect(insert(3)).rejects.toMatchObject({ name: 'StorageClosed' });
    database = openDatabase(join(directory.path, 'store.db'));
    expect(things()).toEqual([1, 2]);
    database.close();
  });
});
