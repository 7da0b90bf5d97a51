import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Collection } from '../../ports/documents.ts';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { CommitMark } from './commit-mark.ts';
import { EmbeddedDocuments } from './embedded-documents.ts';
import { EMBEDDED_LIMITS } from './embedded-limits.ts';
import { EmbeddedStreams } from './embedded-streams.ts';
import { GroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';
import { SystemClock } from './system-clock.ts';
import { HeldLog, SLOW_DISK } from './testing/held-log.ts';

/* The database shows what the disk does not have yet, and would be gone after a power loss; nobody is shown it. */

interface Order {
  readonly id: string;
  readonly status: string;
}

const STREAM = 'TEST_EVENTS';
const SUBJECT = 'stockwire.test.p00.thing-happened';

describe('while the disk is busy', () => {
  const ids = new SequentialIds(5);
  let directory: TemporaryDirectory;
  let log: HeldLog;
  let commits: GroupCommit;
  let streams: EmbeddedStreams;
  let orders: Collection<Order>;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    const database = openDatabase(join(directory.path, 'store.db'));
    const mark = new CommitMark(database, join(directory.path, 'store.mark'));
    log = new HeldLog({ isHeld: false });
    const [telemetry, limits] = [silentTelemetry, EMBEDDED_LIMITS];
    commits = new GroupCommit(database, { name: 'store', mark, log, pace: SLOW_DISK, telemetry, ...limits });
    streams = new EmbeddedStreams({ commits, clock: new SystemClock(), ids, telemetry, limits });
    const documents = new EmbeddedDocuments({ directory: directory.path, commits, streams, ids, telemetry, limits });
    orders = await documents.collection<Order>({ name: 'orders', indexes: [{ paths: ['status'] }] });
    await orders.save({ id: 'a', status: 'PLACED' }, 0);
    await orders.save({ id: 'b', status: 'PLACED' }, 0);
    await streams.publish(STREAM, SUBJECT, testEnvelope(ids, 'a', {}));
  });
  afterEach(async () => {
    log.letGo();
    await streams.close();
    commits.close();
    await directory.remove();
  });

  /** Whether a read is answered while the disk is still busy, and what it gives in the end. */
  async function readWhileBusy<Result>(read: () => Promise<Result>): Promise<[isAnswered: boolean, result: Result]> {
    let isAnswered = false;
    const reading = read().finally(() => (isAnswered = true));
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    const wasAnswered = isAnswered;
    log.letGo();
    return [wasAnswered, await reading];
  }

  /** Returns when the database has it and the disk does not. */
  const begin = async (change: () => Promise<unknown>): Promise<void> => {
    log.hold();
    const changing = change();
    await waitFor(() => log.waiting === 1);
    changing.catch(() => undefined);
  };

  const SHIPPED = { document: { id: 'a', status: 'SHIPPED' }, version: 2 };
  const reads: readonly (readonly [string, () => Promise<unknown>, unknown])[] = [
    ['get', () => orders.get('a'), SHIPPED],
    ['getMany', () => orders.getMany(['a']), [SHIPPED]],
    ['find', () => orders.find({ where: { status: { eq: 'SHIPPED' } }, limit: 10 }), [SHIPPED]],
    [
      'find, of what it is no more',
      () => orders.find({ where: { status: { eq: 'PLACED' } }, limit: 10 }),
      [{ document: { id: 'b', status: 'PLACED' }, version: 1 }],
    ],
  ];

  test.each(reads)('a document that was saved is shown when it is durable: %s', async (_name, read, found) => {
    await orders.get('a');
    await begin(() => orders.save({ id: 'a', status: 'SHIPPED' }, 1));
    expect(await readWhileBusy(read)).toEqual([false, found]);
    expect(await read()).toEqual(found);
  });

  test('that a document is gone is shown when it is durable', async () => {
    await begin(() => orders.delete('a', 1));
    expect(await readWhileBusy(() => orders.get('a'))).toEqual([false, undefined]);
  });

  test('a document that nobody changes is shown at once', async () => {
    await begin(() => orders.save({ id: 'a', status: 'SHIPPED' }, 1));
    expect(await readWhileBusy(() => orders.get('b'))).toMatchObject([true, { version: 1 }]);
  });

  test('messages are read, counted and consumed when they are durable', async () => {
    const handled: number[] = [];
    const consumer = await streams.consume({
      durable: 'test-consumer',
      stream: STREAM,
      from: 'new',
      concurrencyMax: 1,
      deliveriesMax: 1,
      backoffMinMs: 1,
      backoffMaxMs: 1,
      handle: async ({ seq }) => void handled.push(seq),
    });
    await begin(() => streams.publish(STREAM, SUBJECT, testEnvelope(ids, 'a', {})));
    const look = async () => [await streams.head(STREAM), (await streams.read(STREAM, 0, 10)).length, handled.length];
    expect(await readWhileBusy(look)).toEqual([true, [1, 1, 0]]);
    await waitFor(async () => handled.length === 1 && (await consumer.lag()) === 0);
    expect(await look()).toEqual([2, 2, 1]);
  });
});
