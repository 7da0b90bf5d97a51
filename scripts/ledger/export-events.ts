import type { CommandRecord } from '../../kernel/engine/command-record.ts';
import { CONTEXT } from '../../subgraphs/inventory/app/ledger.ts';
import { openData } from './open-data.ts';

/**
 * Every event of the ledger after batch `afterSeq` as one line of JSON: `{ seq, recordedAt, commandId, event }`.
 * @throws {Refusal} when there is no data, or a hub has it open
 * @throws {JournalCorrupt} at the first batch that is damaged
 */
export async function* exportEvents(directory: string, afterSeq = 0): AsyncIterable<string> {
  const platform = await openData(directory);
  try {
    const journal = await platform.openJournal(CONTEXT);
    for await (const { seq, recordedAtMs, events } of journal.read(afterSeq + 1)) {
      const recordedAt = new Date(recordedAtMs).toISOString();
      const lines = (events as readonly CommandRecord[]).flatMap(({ commandId, events: told }) =>
        told.map((event) => `${JSON.stringify({ seq, recordedAt, commandId, event })}\n`),
      );
      if (lines.length > 0) yield lines.join('');
    }
  } finally {
    await platform.close();
  }
}
