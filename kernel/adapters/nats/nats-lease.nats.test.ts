import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Kvm } from '@nats-io/kv';
import { waitFor } from '../../testing/wait-for.ts';
import { NatsLease } from './nats-lease.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

/** A lease that lasts longer than any test. */
const LONG_MS = 600_000;
const BUCKET = 'stockwire-leases';

describeNats('leases', (binary) => {
  let running: TestServer;
  const never = new AbortController().signal;
  beforeEach(async () => {
    running = await openTestServer(binary);
  });
  afterEach(() => running.end());

  test('of a process that has ended are taken long before they expire', async () => {
    const limits = { leaseTtlMs: LONG_MS, leaseAbsentMs: 300 };
    const [one, two] = [await running.connect({ limits }), await running.connect({ limits })];
    await new NatsLease(one).acquire('writer', never);
    const waiting = new NatsLease(two).acquire('writer', never);
    // As SIGKILL does: nothing is said or given back.
    await one.parts.client.close();
    const taken = await waiting;
    expect(taken.lost.aborted).toBe(false);
    await taken.release();
  });

  test('are left to a holder that renews them, though it answers nobody, and taken when it stops', async () => {
    const limits = { leaseTtlMs: LONG_MS, leaseAbsentMs: 300 };
    const two = await running.connect({ limits });
    // A process of an earlier version.
    const bucket = await new Kvm(two.parts.client).create(BUCKET, { history: 1, ttl: LONG_MS });
    let revision = await bucket.create('writer', 'an earlier version');
    let renewals = 0;
    let isTaken = false;
    const waiting = new NatsLease(two).acquire('writer', never).finally(() => (isTaken = true));
    await waitFor(async () => {
      revision = await bucket.update('writer', 'an earlier version', revision);
      return ++renewals >= 100;
    }, 'renewals for several times the absence');
    expect(isTaken).toBe(false);
    await (await waiting).release();
  });

  test('of a process that hangs are taken when they have expired', async () => {
    const limits = { leaseTtlMs: 1_000, leaseAbsentMs: LONG_MS };
    const [one, two] = [await running.connect({ limits }), await running.connect({ limits })];
    const bucket = await new Kvm(one.parts.client).create(BUCKET, { history: 1, ttl: limits.leaseTtlMs });
    await bucket.create('writer', 'a process that is stopped from now on');
    // For the servers it is there as before, and takes what it is asked.
    one.parts.client.subscribe('stockwire-lease-held.writer', { callback: () => undefined });
    await one.parts.client.flush();
    await (await new NatsLease(two).acquire('writer', never)).release();
  });

  test('that are given back are free at once', async () => {
    const limits = { leaseTtlMs: LONG_MS, leaseAbsentMs: LONG_MS };
    const [one, two] = [await running.connect({ limits }), await running.connect({ limits })];
    const held = await new NatsLease(one).acquire('writer', never);
    const waiting = new NatsLease(two).acquire('writer', never);
    await held.release();
    await (await waiting).release();
  });

  test('last as long as the newest process was told', async () => {
    for (const leaseTtlMs of [60_000, 2_000, 5_000]) {
      const connection = await running.connect({ limits: { leaseTtlMs } });
      const held = await new NatsLease(connection).acquire('writer', never);
      const { ttl } = await (await new Kvm(connection.parts.client).open(BUCKET)).status();
      expect(ttl).toBe(leaseTtlMs);
      await held.release();
    }
  });
});
