import { expect, test } from '@jest/globals';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { Drain } from './drain.ts';

const CONNECTIONS = 100;
const DRAIN_MS = 10_000;
const STEP_MS = 10;

interface Drained {
  /** When each connection was told to go, after the beginning. */
  readonly closedAtMs: readonly number[];
  readonly terminated: number;
}

async function drain({ answers }: { readonly answers: boolean }): Promise<Drained> {
  const clock = new FakeClock();
  const beganMs = clock.nowMs();
  const closedAtMs: number[] = [];
  let terminated = 0;
  const connections = Array.from({ length: CONNECTIONS }, () => {
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    return {
      gone,
      close: () => {
        closedAtMs.push(clock.nowMs() - beganMs);
        if (answers) resolve();
      },
      terminate: () => {
        if (!answers) terminated++;
        resolve();
      },
    };
  });
  const over = new Drain({ clock, ids: new UuidV7Ids(), limits: { drainMs: DRAIN_MS } }).run(connections);
  for (let passedMs = 0; passedMs < 2 * DRAIN_MS; passedMs += STEP_MS) {
    clock.advance(STEP_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await over;
  return { closedAtMs, terminated };
}

test('connections are told to go a few at a time over the drain window, never at even distances', async () => {
  const { closedAtMs, terminated } = await drain({ answers: true });
  expect(closedAtMs).toHaveLength(CONNECTIONS);
  const waves = [...new Set(closedAtMs)];
  expect(waves).toHaveLength(20);
  expect(closedAtMs.filter((atMs) => atMs === waves[0])).toHaveLength(CONNECTIONS / 20);
  // Between half and one and a half times the even distance, so that the hubs of a deployment do not beat together.
  const distances = waves.slice(1).map((atMs, index) => atMs - (waves[index] ?? 0));
  for (const distance of distances) {
    expect(distance).toBeGreaterThanOrEqual(DRAIN_MS / 20 / 2 - STEP_MS);
    expect(distance).toBeLessThanOrEqual((DRAIN_MS / 20) * 1.5 + STEP_MS);
  }
  expect(new Set(distances).size).toBeGreaterThan(1);
  expect(terminated).toBe(0);
});

test('a connection that does not answer is ended', async () => {
  expect(await drain({ answers: false })).toMatchObject({ terminated: CONNECTIONS });
});
