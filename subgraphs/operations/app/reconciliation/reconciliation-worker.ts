import { leadByLease } from '../../../../kernel/engine/lead-by-lease.ts';
import { repeatTask } from '../../../../kernel/engine/repeat-task.ts';
import { DomainError, Refusal } from '../../../../kernel/model/errors.ts';
import { FIND_LIMIT_MAX, type Versioned } from '../../../../kernel/ports/documents.ts';
import type { ReconciliationRun } from '../../domain/reconciliation-run.ts';
import { carryOutRun } from './carry-out-run.ts';
import { ReconciliationSchedule } from './reconciliation-schedule.ts';
import type { ReconciliationParts } from './reconciliation-parts.ts';

/** Has one process at a time carry runs out, one after the other, and begin those that are due. @returns stops it */
export function leadReconciliations(parts: ReconciliationParts): () => Promise<void> {
  return leadByLease({
    name: 'operations-reconciliation',
    platform: parts.platform,
    lead: async () => {
      const worker = new ReconciliationWorker(parts);
      const { platform, limits } = parts;
      const failed = 'balances could not be compared';
      return repeatTask({ platform, pauseMs: limits.pollMs, failed, run: (signal) => worker.step(signal) });
    },
  });
}

class ReconciliationWorker {
  readonly #parts: ReconciliationParts;
  readonly #schedule: ReconciliationSchedule;

  constructor(parts: ReconciliationParts) {
    this.#parts = parts;
    this.#schedule = new ReconciliationSchedule(parts);
  }

  async step(signal: AbortSignal): Promise<void> {
    await this.#schedule.begin();
    for (const run of await this.#waiting()) {
      if (signal.aborted) return;
      await this.#carryOut(run, signal);
    }
  }

  /** Those that were asked for, and those that a process left in the middle; the oldest first. */
  async #waiting(): Promise<readonly Versioned<ReconciliationRun>[]> {
    const { store, limits, platform } = this.#parts;
    const runs = await store.runs.find({
      where: { status: { in: ['WAITING', 'RUNNING'] } },
      orderBy: { path: 'requestedAtMs', direction: 'asc' },
      limit: FIND_LIMIT_MAX,
    });
    const nowMs = platform.clock.nowMs();
    return runs.filter(({ document: { status, startedAtMs, attempts } }) => {
      return status === 'WAITING' || attempts === 0 || (startedAtMs ?? 0) + limits.retryMs <= nowMs;
    });
  }

  async #carryOut({ document, version }: Versioned<ReconciliationRun>, signal: AbortSignal): Promise<void> {
    const { store, platform } = this.#parts;
    const startedAtMs = platform.clock.nowMs();
    const begun: ReconciliationRun = { ...document, status: 'RUNNING', startedAtMs, attempts: document.attempts + 1 };
    const begunVersion = await store.runs.save(begun, version);
    const ended = await this.#outcomeOf(begun, signal);
    if (!ended) return;
    await store.runs.save(ended, begunVersion);
    const { system, status } = ended;
    platform.telemetry.count('reconciliation_runs_total', { system, status });
    platform.telemetry.gauge('reconciliation_differences', ended.raised, { system });
    await this.#schedule.tidy(system);
  }

  /** Undefined: it is begun again later. */
  async #outcomeOf(begun: ReconciliationRun, signal: AbortSignal): Promise<ReconciliationRun | undefined> {
    try {
      return await carryOutRun(this.#parts, begun, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      const { limits, platform } = this.#parts;
      const reason = error instanceof DomainError ? error.message : 'It met an unexpected error.';
      platform.telemetry.log('warn', 'A reconciliation did not come to its end.', {
        run: begun.id,
        error: String(error),
      });
      if (!(error instanceof Refusal) && begun.attempts < limits.attemptsMax) return undefined;
      return { ...begun, status: 'FAILED', finishedAtMs: platform.clock.nowMs(), failure: reason };
    }
  }
}
