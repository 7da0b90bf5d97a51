import type { JournalBatch } from '../ports/journal.ts';

/** Begins the id of the batch by which a process says that it leads. */
export const TERM = 'leads/';

/** Who leads from this batch on; undefined for all other batches. */
export function termOf({ batchId }: Pick<JournalBatch, 'batchId'>): string | undefined {
  return batchId.startsWith(TERM) ? batchId.slice(TERM.length).split('/')[0] : undefined;
}
