import { describe, expect, test } from '@jest/globals';
import type { ChangeMessage } from '../../ports/change-feed.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { backoffMs } from './backoff.ts';
import { EmbeddedChangeFeed } from './embedded-change-feed.ts';
import { EMBEDDED_LIMITS } from './embedded-limits.ts';
import { EmbeddedRpc } from './embedded-rpc.ts';

describe('bounds', () => {
  test('the feed loses the oldest message beyond its bound, which the next prevSeq shows, and counts it', async () => {
    const telemetry = new RecordingTelemetry();
    const feed = new EmbeddedChangeFeed(telemetry, { ...EMBEDDED_LIMITS, feedQueuedMax: 3 });
    const got: ChangeMessage[] = [];
    feed.subscribe('inventory', (message) => got.push(message));
    for (let seq = 1; seq <= 5; seq++)
      feed.publish({ context: 'inventory', epoch: 'e', seq, prevSeq: seq - 1, records: [] });
    await waitFor(() => got.length > 0);
    expect(got.map(({ seq, prevSeq }) => [seq, prevSeq])).toEqual([
      [3, 2],
      [4, 3],
      [5, 4],
    ]);
    expect(telemetry.total('change_feed_lost_total')).toBe(2);
  });

  test('requests beyond those in flight are refused, and an answer makes room', async () => {
    const rpc = new EmbeddedRpc(new FakeClock(), { ...EMBEDDED_LIMITS, rpcInFlightMax: 2 });
    const gate = Promise.withResolvers<void>();
    rpc.serve('subject', () => gate.promise);
    const request = (): Promise<unknown> => rpc.request('subject', {}, { timeoutMs: 100, correlationId: 'c' });
    const accepted = [request(), request()];
    await expect(request()).rejects.toMatchObject({ code: 'OVERLOADED', details: { limit: 'rpcInFlightMax' } });
    gate.resolve();
    await Promise.all(accepted);
    await expect(request()).resolves.toBeNull();
  });

  test('a time that is up leaves no timer behind, and an answer none beyond its time', async () => {
    const clock = new FakeClock();
    const rpc = new EmbeddedRpc(clock, EMBEDDED_LIMITS);
    rpc.serve('slow', () => new Promise(() => undefined));
    rpc.serve('quick', async () => 1);
    await rpc.request('quick', {}, { timeoutMs: 100, correlationId: 'c' });
    clock.advance(100);
    expect(clock.pending).toBe(0);
    const slow = rpc.request('slow', {}, { timeoutMs: 100, correlationId: 'c' });
    clock.advance(100);
    await expect(slow).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE', details: { timeoutMs: 100 } });
    expect(clock.pending).toBe(0);
  });

  test('a backoff doubles up to its bound, less up to a half, and differs between those who wait', () => {
    const bounds = { minMs: 100, maxMs: 1_000 };
    for (const [failures, full] of [
      [1, 100],
      [2, 200],
      [3, 400],
      [4, 800],
      [5, 1_000],
      [60, 1_000],
    ] as const) {
      const waits = Array.from({ length: 200 }, (_, n) => backoffMs(failures, `consumer/${n}`, bounds));
      expect(Math.max(...waits)).toBeLessThanOrEqual(full);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(full / 2);
      expect(new Set(waits).size).toBeGreaterThan(30);
    }
    expect(backoffMs(3, 'same', bounds)).toBe(backoffMs(3, 'same', bounds));
  });
});
