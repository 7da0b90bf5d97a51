import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import { expireReturn } from '../domain/expire-return.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { runTasks } from './run-tasks.ts';
import { changeReturn } from './save-return.ts';

export interface TaskPolling {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Takes up tasks whose time has come, those of others that crashed and those whose owner did not answer, and gives up goods
 * that have not come in their time.
 */
export function startTaskPolling(parts: ReturnsParts): TaskPolling {
  const { clock, telemetry } = parts.platform;
  let isStopped = false;
  let cancel: CancelTimer = () => undefined;
  let running: Promise<void> = Promise.resolve();
  const poll = (): void => {
    running = Promise.all([runDue(parts), expireDue(parts)])
      .then((rounds) => rounds.includes(true))
      .catch((error: unknown) => {
        telemetry.count('returns_polling_failures_total');
        telemetry.log('error', 'due tasks of returns could not be run', { error: String(error) });
        return false;
      })
      .then((mayHaveMore) => {
        if (!isStopped) cancel = clock.after(mayHaveMore ? 0 : parts.limits.pollMs, poll);
      });
  };
  poll();
  return {
    stop: async () => {
      isStopped = true;
      cancel();
      await running;
      cancel();
    },
  };
}

/** @returns whether there may be more */
async function expireDue(parts: ReturnsParts): Promise<boolean> {
  const { store, platform, limits } = parts;
  const nowMs = platform.clock.nowMs();
  const due = await store.returns.find({
    where: { expiresAtMs: { lte: nowMs } },
    orderBy: { path: 'expiresAtMs', direction: 'asc' },
    limit: limits.runsMax,
  });
  const ends = due.map(({ document: { id } }) => changeReturn(parts, id, (state) => expireReturn(state, { nowMs })));
  const failed = (await Promise.allSettled(ends)).find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return due.length === limits.runsMax;
}

/** @returns whether there may be more */
async function runDue(parts: ReturnsParts): Promise<boolean> {
  const { store, platform, limits } = parts;
  const due = await store.returns.find({
    where: { dueAtMs: { lte: platform.clock.nowMs() } },
    orderBy: { path: 'dueAtMs', direction: 'asc' },
    limit: limits.runsMax,
  });
  const runs = await Promise.allSettled(due.map((row) => runTasks(parts, row.document.id)));
  const failed = runs.find((run) => run.status === 'rejected');
  if (failed) throw failed.reason;
  return due.length === limits.runsMax;
}
