import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { FakeClock } from '../../testing/fake-clock.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { MONGO_LIMITS } from './mongo-limits.ts';
import { watchHeartbeats } from './watch-heartbeats.ts';

const LIMITS = { ...MONGO_LIMITS, heartbeatMs: 1_000, heartbeatSilenceMs: 15_000 };

/** A driver that says what a test has it say. */
function open(
  opening: () => Promise<unknown> = async () => undefined,
  closing: () => Promise<unknown> = async () => undefined,
) {
  const clock = new FakeClock();
  const telemetry = new RecordingTelemetry();
  const clients = [new EventEmitter()];
  const told: string[] = [];
  const connection = {
    getClient: () => clients.at(-1),
    close: async () => {
      await closing();
      told.push('closed');
    },
  } as unknown as Connection;
  const stop = watchHeartbeats({
    connection,
    clock,
    telemetry,
    limits: LIMITS,
    open: async () => {
      await opening();
      clients.push(new EventEmitter());
      told.push('opened');
    },
  });
  /** @param hears the servers that are heard of each second */
  const pass = async (seconds: number, ...hears: readonly string[]): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      for (const connectionId of hears) clients.at(-1)?.emit('serverHeartbeatFailed', { connectionId });
      clock.advance(1_000);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  return { told, pass, stop, telemetry, clients };
}

test('a server of which nothing is heard any more is connected anew, again and again until it is heard of', async () => {
  const { told, pass, telemetry } = open();
  await pass(20, 'a:1', 'b:1');
  expect(told).toEqual([]);
  await pass(13, 'a:1');
  expect(told).toEqual([]);
  await pass(3, 'a:1');
  expect(told).toEqual(['closed', 'opened']);
  await pass(17);
  expect(told).toEqual(['closed', 'opened', 'closed', 'opened']);
  await pass(30, 'a:1', 'b:1');
  expect(told).toHaveLength(4);
  expect(telemetry.total('documents_reopened_total')).toBe(2);
});

test('a server that does not answer but is asked is left alone, and one that has left the set', async () => {
  const { told, pass, clients } = open();
  await pass(5, 'a:1', 'b:1');
  clients[0]?.emit('serverClosed', { address: 'b:1' });
  await pass(60, 'a:1');
  expect(told).toEqual([]);
});

test('a failure to connect anew is followed by another attempt', async () => {
  let attempts = 0;
  const { told, pass } = open(async () => {
    if (++attempts < 3) throw new Error('away');
  });
  await pass(20);
  expect([attempts, told.at(-1)]).toEqual([3, 'opened']);
});

test('a driver that never ends closing is left behind', async () => {
  const { told, pass } = open(undefined, () => new Promise(() => undefined));
  await pass(16 + MONGO_LIMITS.callMs / 1_000);
  expect(told).toEqual(['opened']);
});

test('nothing is done after the end', async () => {
  const { told, pass, stop } = open();
  stop();
  await pass(60);
  expect(told).toEqual([]);
});
