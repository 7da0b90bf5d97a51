import { describe, expect, test } from '@jest/globals';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import type { KvEntry } from '@nats-io/kv';
import { FakeClock } from '../../testing/fake-clock.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { NATS_LIMITS } from './nats-limits.ts';
import { VacantLease } from './vacant-lease.ts';

const ABSENT_MS = 1_000;

/** A lease whose holder does not answer, on servers that a test holds in its hand. */
function world() {
  const clock = new FakeClock();
  const telemetry = new RecordingTelemetry();
  const key: { revision: number; isThere: boolean; lateRenewal: boolean } = {
    revision: 7,
    isThere: true,
    lateRenewal: false,
  };
  const bucket = {
    get: async () => {
      if (!key.isThere) return null;
      return { revision: key.revision, operation: 'PUT', string: () => 'holder-1' } as KvEntry;
    },
    delete: async (_name: string, options?: { readonly previousSeq?: number }) => {
      if (key.lateRenewal) key.revision++;
      if (options?.previousSeq !== key.revision) throw wrongLastSequence();
      key.isThere = false;
    },
  };
  const limits = { ...NATS_LIMITS, leaseAbsentMs: ABSENT_MS };
  const vacant = new VacantLease({ parts: { clock, telemetry, limits } }, 'writer');
  return { clock, key, vacant, look: () => vacant.look(bucket) };
}

function wrongLastSequence(): Error {
  const code = JetStreamApiCodes.StreamWrongLastSequence;
  return new JetStreamApiError({ code: 400, err_code: code, description: 'wrong last sequence' });
}

describe('a lease whose holder does not answer', () => {
  test('is given up when that has lasted, and not before', async () => {
    const { clock, key, look } = world();
    await look();
    clock.advance(ABSENT_MS - 1);
    await look();
    expect(key.isThere).toBe(true);
    clock.advance(1);
    await look();
    expect(key.isThere).toBe(false);
  });

  test('is not given up while it is renewed: whoever holds it is of an earlier version, or was away for a moment', async () => {
    const { clock, key, look } = world();
    for (let round = 0; round < 10; round++) {
      await look();
      clock.advance(ABSENT_MS - 1);
      key.revision++;
    }
    expect(key.isThere).toBe(true);
  });

  test('is not given up when its holder answers in between', async () => {
    const { clock, key, look, vacant } = world();
    await look();
    clock.advance(ABSENT_MS - 1);
    vacant.isHeld();
    await look();
    clock.advance(ABSENT_MS - 1);
    await look();
    expect(key.isThere).toBe(true);
  });

  test('stays when it is renewed in the moment of giving it up', async () => {
    const { clock, key, look } = world();
    await look();
    clock.advance(ABSENT_MS);
    key.lateRenewal = true;
    await look();
    expect(key.isThere).toBe(true);
  });

  test('that has expired is nobody’s, and leaves no timer', async () => {
    const { clock, key, look } = world();
    await look();
    key.isThere = false;
    await look();
    expect(clock.pending).toBe(0);
  });
});
