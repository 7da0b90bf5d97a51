import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { MONGO_LIMITS } from '../../kernel/adapters/mongo/mongo-limits.ts';
import { connectMongo } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { watchHeartbeats } from '../../kernel/adapters/mongo/watch-heartbeats.ts';
import { describeMongo, sharedMongo } from '../../scripts/servers/testing/mongo-suite.ts';

const CONNECTION_WITHOUT_BUFFER = { bufferCommands: false };

describeMongo('a connection that is connected anew', (mongo) => {
  const newDatabase = sharedMongo(mongo);
  const ends: (() => unknown)[] = [];

  beforeEach(() => {
    ends.length = 0;
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
  });

  test('serves the models and collections that were there before, again and again', async () => {
    const url = newDatabase();
    const connection = await connectMongo(url, MONGO_LIMITS);
    ends.push(() => connection.close(true));
    const schema = new connection.base.Schema({ _id: String, count: Number }, { versionKey: false });
    const counters = connection.model('counters', schema);
    const plain = connection.collection<{ _id: string; count: number }>('plain');
    await counters.create({ _id: 'a', count: 1 });
    await plain.insertOne({ _id: 'a', count: 1 });

    const [clock, telemetry] = [new FakeClock(), new RecordingTelemetry()];
    let opened = 0;
    const open = async (): Promise<void> => {
      await connection.openUri(url, CONNECTION_WITHOUT_BUFFER);
      opened++;
    };
    ends.push(watchHeartbeats({ connection, clock, telemetry, limits: MONGO_LIMITS, open }));
    for (let time = 1; time <= 3; time++) {
      const before = connection.getClient();
      // The driver's own time has hardly passed: of this clock nothing was heard for long.
      clock.advance(MONGO_LIMITS.heartbeatSilenceMs);
      await waitFor(() => opened === time, 'another client');
      expect(connection.getClient()).not.toBe(before);
      expect((await counters.findById('a'))?.count).toBe(time);
      await counters.updateOne({ _id: 'a' }, { $inc: { count: 1 } });
      expect((await plain.findOne({ _id: 'a' }))?.count).toBe(1);
    }
    expect(telemetry.total('documents_reopened_total')).toBe(3);
  });
});
