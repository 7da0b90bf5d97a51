import { expect, test } from '@jest/globals';
import type { KV } from '@nats-io/kv';
import { FakeClock } from '../../testing/fake-clock.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsHeldLease } from './nats-held-lease.ts';
import { NATS_LIMITS } from './nats-limits.ts';

/** A lease whose servers answer when a test lets them. */
function world() {
  const clock = new FakeClock();
  const subscribed = new Set<string>();
  const client = {
    subscribe: (subject: string) => {
      subscribed.add(subject);
      return { unsubscribe: () => void subscribed.delete(subject) };
    },
  };
  const parts = { clock, telemetry: new RecordingTelemetry(), limits: NATS_LIMITS, client };
  const connection = { parts, isConnected: true, named: (name: string) => name } as unknown as NatsConnection;
  let isGivenBack = false;
  const turn = { name: 'writer', lost: new AbortController().signal, release: async () => void (isGivenBack = true) };
  const created = Promise.withResolvers<number>();
  const bucket = { create: () => created.promise, delete: async () => undefined } as unknown as KV;
  const held = new NatsHeldLease({ name: 'writer', holder: 'me', connection, turn });
  return { clock, held, bucket, subscribed, answer: () => created.resolve(1), isGivenBack: () => isGivenBack };
}

test('who holds a lease answers for it until it is given back', async () => {
  const { held, bucket, subscribed, answer } = world();
  const taking = held.take(bucket);
  expect(subscribed.size).toBe(0);
  answer();
  await taking;
  expect([...subscribed]).toEqual(['stockwire-lease-held.writer']);
  await held.release();
  expect(subscribed.size).toBe(0);
});

test('a lease that was granted too late to be believed is lost, and nobody answers for it', async () => {
  const { clock, held, bucket, subscribed, answer, isGivenBack } = world();
  const taking = held.take(bucket);
  clock.advance(NATS_LIMITS.leaseTtlMs);
  answer();
  await taking;
  expect([held.lost.aborted, subscribed.size, clock.pending]).toEqual([true, 0, 0]);
  await held.release();
  expect(isGivenBack()).toBe(true);
});
