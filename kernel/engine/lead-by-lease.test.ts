import { describe, expect, test } from '@jest/globals';
import { EmbeddedLease } from '../adapters/embedded/embedded-lease.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { waitFor } from '../testing/wait-for.ts';
import { leadByLease } from './lead-by-lease.ts';

/** Work that notes who does it. */
function world(lease: Lease = new EmbeddedLease()) {
  const log: string[] = [];
  const platform = { lease, clock: new FakeClock(), telemetry: new RecordingTelemetry() };
  const enter = (who: string): (() => Promise<void>) =>
    leadByLease({
      name: 'work',
      platform,
      lead: async () => {
        log.push(`${who} begins`);
        return async () => void log.push(`${who} ends`);
      },
    });
  return { log, platform, enter };
}

describe('work that one process leads', () => {
  test('is done by one at a time, and taken over when that one stops', async () => {
    const { log, enter } = world();
    const stopA = enter('a');
    const stopB = enter('b');
    await waitFor(() => log.length > 0);
    expect(log).toEqual(['a begins']);
    await stopA();
    await waitFor(() => log.length > 2);
    await stopB();
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('ends when the lease is lost, and begins again when it is got again', async () => {
    const lost: AbortController[] = [];
    const lease: Lease = {
      acquire: async (name): Promise<HeldLease> => {
        const controller = new AbortController();
        lost.push(controller);
        return { name, lost: controller.signal, release: async () => undefined };
      },
    };
    const { log, enter } = world(lease);
    const stop = enter('a');
    await waitFor(() => log.length === 1);
    lost[0]?.abort();
    await waitFor(() => log.length === 3);
    await stop();
    expect(log).toEqual(['a begins', 'a ends', 'a begins', 'a ends']);
  });

  test('is tried again after a rest when it cannot begin, and by whoever comes first', async () => {
    const { platform, log } = world();
    let attempts = 0;
    const stop = leadByLease({
      name: 'work',
      platform,
      lead: async () => {
        if (++attempts === 1) throw new Error('not yet');
        log.push('begins');
        return () => undefined;
      },
    });
    await waitFor(() => platform.clock.pending > 0);
    expect(log).toEqual([]);
    platform.clock.advance(1_000);
    await waitFor(() => log.length === 1);
    await stop();
    expect(attempts).toBe(2);
  });

  test('that was never got is given up at once', async () => {
    const { log, enter } = world();
    const stopA = enter('a');
    const stopB = enter('b');
    await waitFor(() => log.length > 0);
    await stopB();
    await stopA();
    expect(log).toEqual(['a begins', 'a ends']);
  });
});
