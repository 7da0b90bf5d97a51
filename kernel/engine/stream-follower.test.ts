import { describe, expect, test } from '@jest/globals';
import type { ChangeMessage } from '../ports/change-feed.ts';
import type { StreamMessage } from '../ports/streams.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { testEnvelope } from '../testing/test-envelope.ts';
import { CHANGE_LOG_LIMITS } from './document-change-log.ts';
import { StreamFollower } from './stream-follower.ts';

const MESSAGE: StreamMessage = {
  seq: 1,
  subject: 'parcels.moved',
  envelope: testEnvelope(new SequentialIds(), 'p', {}),
  delivery: 1,
};

async function microtasks(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await Promise.resolve();
}

describe('StreamFollower', () => {
  // The end of a reading takes some microtasks; a message may come between any two of them.
  test.each(Array.from({ length: 12 }, (_, n) => n))(
    'tells a message that comes %i microtasks after the last look, without a heartbeat',
    async (delay) => {
      const held: StreamMessage[] = [];
      const heard: ChangeMessage[] = [];
      let wake = (): void => undefined;
      let isLate = false;
      const publishLate = async (): Promise<void> => {
        await microtasks(delay);
        held.push(MESSAGE);
        wake();
      };
      const follower = new StreamFollower({
        context: 'parcels',
        stream: 'PARCELS_EVENTS',
        epoch: 'e',
        head: 0,
        limits: CHANGE_LOG_LIMITS,
        streams: {
          epoch: async () => 'e',
          head: async () => held.length,
          watch: (_stream, listener) => {
            wake = listener;
            return () => undefined;
          },
          read: async (_stream, afterSeq) => {
            const found = held.filter(({ seq }) => seq > afterSeq);
            if (!isLate) void publishLate();
            isLate = true;
            return found;
          },
        },
        changeFeed: { publish: (message) => void heard.push(message), subscribe: () => () => undefined },
        clock: new FakeClock(),
        telemetry: new RecordingTelemetry(),
        recordOf: ({ seq }) => ({ event: 'parcel-moved', key: 'p', version: seq, value: {} }),
      });
      await microtasks(100);
      expect(heard.map(({ seq }) => seq)).toEqual([1]);
      await follower.stop();
    },
  );
});
