import type { Collection, Document, Documents } from '../../../../kernel/ports/documents.ts';
import type { ReconciledLocation, ReconciliationRun } from '../../domain/reconciliation-run.ts';

/** When a system is compared next without anybody asking. */
interface ReconciliationSchedule extends Document {
  readonly dueAtMs: number;
}

export interface ReconciliationStore {
  readonly runs: Collection<ReconciliationRun>;
  readonly locations: Collection<ReconciledLocation>;
  /** By the name of the system. */
  readonly schedules: Collection<ReconciliationSchedule>;
}

export async function openReconciliationStore(documents: Documents): Promise<ReconciliationStore> {
  return {
    runs: await documents.collection<ReconciliationRun>({
      name: 'operations-reconciliation-runs',
      indexes: [
        { paths: ['requestedAtMs'] },
        { paths: ['system', 'requestedAtMs'] },
        { paths: ['status', 'requestedAtMs'] },
      ],
    }),
    locations: await documents.collection<ReconciledLocation>({
      name: 'operations-reconciled-locations',
      indexes: [{ paths: ['run', 'location'] }],
    }),
    schedules: await documents.collection<ReconciliationSchedule>({
      name: 'operations-reconciliation-schedules',
      indexes: [],
    }),
  };
}
