import { setTimeout as sleep } from 'node:timers/promises';

/** Generous, because a busy machine must not fail a test; a condition that comes true ends the wait at once. */
const WAIT_MS_MAX = 60_000;
/** Turns of the event loop that are tried before timers are used. */
const TURNS = 50;
/** The rest before the condition is asked again: a twentieth of the wait so far, because who asks takes time from what is waited for. */
const REST_PART = 0.05;
const REST_MS_MIN = 5;
const REST_MS_MAX = 50;

/**
 * Waits until `condition` gives something truthy, and gives it back.
 * @throws the last error of the condition, or one that names `what`, when it never does
 */
export async function waitFor<Result>(
  condition: () => Result | Promise<Result>,
  what = 'the condition',
): Promise<NonNullable<Result>> {
  const startedMs = performance.now();
  let failure: unknown;
  for (let turn = 0; performance.now() - startedMs < WAIT_MS_MAX; turn++) {
    try {
      failure = undefined;
      const result = await condition();
      if (result) return result;
    } catch (error) {
      failure = error;
    }
    await (turn < TURNS
      ? new Promise((resolve) => setImmediate(resolve))
      : sleep(restMsAfter(performance.now() - startedMs)));
  }
  throw failure ?? new Error(`${what} did not come true within ${WAIT_MS_MAX} ms`);
}

const restMsAfter = (waitedMs: number): number => Math.min(REST_MS_MAX, Math.max(REST_MS_MIN, waitedMs * REST_PART));
