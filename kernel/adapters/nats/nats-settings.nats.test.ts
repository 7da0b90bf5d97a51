import { expect, test } from '@jest/globals';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { NatsRpc } from './nats-rpc.ts';
import { NatsStreams } from './nats-streams.ts';
import { openNatsJournal } from './open-nats-journal.ts';
import { isAtLeast } from './server-version.ts';
import { describeNats } from './testing/describe-nats.ts';
import { versionOf } from './testing/nats-server.ts';
import { openTestServer } from './testing/open-test-server.ts';

const STREAM = 'TEST_EVENTS';

describeNats('what a server allows and tells', (binary) => {
  const ids = new SequentialIds(8);

  test('batches, messages and requests are capped below max_payload', async () => {
    const small = await openTestServer(binary, { maxPayloadBytes: 65_536 });
    try {
      const connection = await small.connect();
      expect(connection.batchBytesMax).toBeLessThan(65_536);
      const text = 'x'.repeat(65_536);
      const journal = await openNatsJournal(connection, 'inventory');
      const tooLong = journal.append({ batchId: ids.next(), recordedAtMs: 0, events: [text] }, 0);
      await expect(tooLong).rejects.toMatchObject({ code: 'OVERLOADED', details: { limit: 'batchBytesMax' } });
      await expect(journal.append({ batchId: ids.next(), recordedAtMs: 0, events: [] }, 0)).resolves.toBe(1);
      await journal.close();
      const streams = new NatsStreams(connection);
      const published = streams.publish(STREAM, 'stockwire.test.p00.a', testEnvelope(ids, 'a', text));
      await expect(published).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
      await streams.close();
      const request = new NatsRpc(connection).request('stockwire-rpc.test.tell', text, {
        timeoutMs: 5_000,
        correlationId: 'c',
      });
      await expect(request).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    } finally {
      await small.end();
    }
  });

  type Asked = 'by its monitoring address' | 'by the system account' | 'not at all';
  const settings: readonly (readonly [isSyncAlways: boolean, asked: Asked])[] = [
    [true, 'by its monitoring address'],
    [false, 'by its monitoring address'],
    [true, 'by the system account'],
    [false, 'by the system account'],
    [true, 'not at all'],
  ];
  // A server before 2.10 does not know the setting.
  const known = settings.filter(([isSyncAlways]) => !isSyncAlways || isAtLeast(versionOf(binary), '2.10.0'));
  test.each(known)(
    'durability is confirmed only by a server that says so: one that writes at once (%s), asked %s',
    async (isSyncAlways, asked) => {
      const running = await openTestServer(binary, { isSyncAlways, systemPassword: 'secret' });
      try {
        const telemetry = new RecordingTelemetry();
        const connection = await running.connect({
          telemetry,
          ...(asked === 'by its monitoring address' && { monitorUrls: [running.server.monitorUrl] }),
          ...(asked === 'by the system account' && { systemCredentials: { user: 'system', pass: 'secret' } }),
        });
        const warnings = telemetry.logs.filter(({ message }) => message.startsWith('NATS may lose'));
        expect(connection.isDurabilityConfirmed).toBe(isSyncAlways && asked !== 'not at all');
        expect(warnings.length > 0).toBe(!connection.isDurabilityConfirmed);
      } finally {
        await running.end();
      }
    },
  );

  test('a system account that refuses us confirms nothing', async () => {
    const running = await openTestServer(binary, { systemPassword: 'secret' });
    try {
      const telemetry = new RecordingTelemetry();
      const systemCredentials = { user: 'system', pass: 'wrong' };
      const connection = await running.connect({ telemetry, systemCredentials });
      expect(connection.isDurabilityConfirmed).toBe(false);
      expect(telemetry.logs.map(({ message }) => message).join()).toContain('the system account did not tell');
    } finally {
      await running.end();
    }
  });
});
