import { Obstacle } from '../../../../kernel/model/errors.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import { FIND_LIMIT_MAX } from '../../../../kernel/ports/documents.ts';
import { NO_TOLERANCE } from '../../domain/compare-balances.ts';
import { isOver } from '../../domain/reconciliation-run.ts';
import { addRun, listSources, newRun } from './reconciliation-desk.ts';
import type { ReconciliationParts } from './reconciliation-parts.ts';

/** Who asks for the systems when a run is due. */
const CORRELATION_ID = 'reconciliation-schedule';

/** When each system is compared without anybody asking, and how long what was found is kept. */
export class ReconciliationSchedule {
  readonly #parts: ReconciliationParts;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ReconciliationParts) {
    this.#parts = parts;
  }

  /** Writes down the runs that are due. A system that was never seen has its first after a whole period. */
  async begin(): Promise<void> {
    const { platform, limits } = this.#parts;
    const nowMs = platform.clock.nowMs();
    if (limits.everyMs === 0 || nowMs - this.#lookedAtMs < limits.schedulePollMs) return;
    this.#lookedAtMs = nowMs;
    for (const { system } of await this.#sources()) await this.#beginDue(system, nowMs);
  }

  /** Lets go of the oldest runs of a system. */
  async tidy(system: string): Promise<void> {
    const { store, limits } = this.#parts;
    const runs = await store.runs.find({
      where: { system: { eq: system } },
      orderBy: { path: 'requestedAtMs', direction: 'desc' },
      limit: FIND_LIMIT_MAX,
    });
    for (const { document, version } of runs.slice(limits.runsKeptMax)) {
      if (!isOver(document)) continue;
      const found = await store.locations.find({ where: { run: { eq: document.id } }, limit: FIND_LIMIT_MAX });
      await Promise.all(found.map((each) => store.locations.delete(each.document.id, each.version)));
      await store.runs.delete(document.id, version);
    }
  }

  async #beginDue(system: string, nowMs: number): Promise<void> {
    const { store, limits } = this.#parts;
    const known = await store.schedules.get(system);
    const dueAtMs = known?.document.dueAtMs;
    if (dueAtMs !== undefined && dueAtMs > nowMs) return;
    if (dueAtMs !== undefined) {
      const asked = { system, locations: [], tolerance: NO_TOLERANCE, asked: null, requestedAtMs: nowMs };
      await addRun(this.#parts, newRun({ id: `due/${system}/${dueAtMs}`, ...asked }));
    }
    try {
      await store.schedules.save({ id: system, dueAtMs: nowMs + limits.everyMs }, known?.version ?? 0);
    } catch (error) {
      // Another process that took itself for the leader was quicker.
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }

  /** None where nobody answers for the systems: the runs stay due. */
  async #sources(): Promise<readonly { readonly system: string }[]> {
    try {
      return await listSources(this.#parts, CORRELATION_ID);
    } catch (error) {
      if (!(error instanceof Obstacle)) throw error;
      return [];
    }
  }
}
