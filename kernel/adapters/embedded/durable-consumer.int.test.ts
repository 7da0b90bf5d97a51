import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FakeClock } from '../../testing/fake-clock.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { CommitMark } from './commit-mark.ts';
import { ConsumerTable } from './consumer-table.ts';
import { EMBEDDED_LIMITS } from './embedded-limits.ts';
import { EmbeddedStreams } from './embedded-streams.ts';
import { GroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';
import { HeldLog, SLOW_DISK } from './testing/held-log.ts';

const STREAM = 'TEST_EVENTS';
const DURABLE = 'test-consumer';

let directory: TemporaryDirectory;
let commits: GroupCommit;
let streams: EmbeddedStreams;
const ids = new SequentialIds(3);

beforeEach(async () => {
  directory = await temporaryDirectory();
  const telemetry = new RecordingTelemetry();
  const database = openDatabase(join(directory.path, 'store.db'));
  const mark = new CommitMark(database, join(directory.path, 'store.mark'));
  const log = new HeldLog({ isHeld: false });
  const limits = { queuedWritesMax: 50, groupWritesMax: 20 };
  commits = new GroupCommit(database, { name: 'store', mark, log, pace: SLOW_DISK, telemetry, ...limits });
  streams = new EmbeddedStreams({ commits, clock: new FakeClock(), ids, telemetry, limits: EMBEDDED_LIMITS });
});

afterEach(async () => {
  await streams.close();
  commits.close();
  await directory.remove();
});

test('regression: what a burial left to be written later does not undo the replay of the dead letter', async () => {
  const replayed = Promise.withResolvers<void>();
  let deliveries = 0;
  await streams.consume({
    durable: DURABLE,
    stream: STREAM,
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: 1,
    backoffMinMs: 1,
    backoffMaxMs: 1,
    handle: async () => {
      if (++deliveries > 1) return replayed.promise;
      throw new Error('not yet');
    },
  });
  await streams.publish(STREAM, 'stockwire.test.p00.thing-happened', testEnvelope(ids, 'a', 1));
  await waitFor(async () => (await streams.deadLetters(STREAM, 10)).length === 1);
  await streams.replayDeadLetter(STREAM, DURABLE, 1);
  await waitFor(() => deliveries === 2);
  // With it goes whatever was to be written later.
  await commits.write(() => undefined);
  expect(new ConsumerTable(commits.database).progress({ stream: STREAM, durable: DURABLE }).replays).toEqual([1]);
  replayed.resolve();
});
