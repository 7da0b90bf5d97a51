import type { DocumentChangeLog } from '../../../kernel/engine/document-change-log.ts';
import { openDocumentChangeLog } from '../../../kernel/engine/open-document-change-log.ts';
import type { ChangeFilter } from '../../../kernel/model/change-filter.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { FIND_LIMIT_MAX, IN_VALUES_MAX, type FieldFilter } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { changesSinceOf } from '../../../schema/commands/change-log.ts';
import { returnStatusChanged, type ReturnStatusChanged } from '../../../schema/events/returns.ts';
import { rpcSubjectOf, streamOf } from '../../../schema/events/subjects.ts';
import type { ReturnsStore } from './returns-store.ts';
import { statusRecordOf } from './status-record.ts';

/** The change log of returns: its subscribers are told, and `changes-since` is answered. */
export function openChangeLog(platform: Platform, store: ReturnsStore): Promise<DocumentChangeLog> {
  return openDocumentChangeLog<ReturnStatusChanged>({
    context: 'returns',
    stream: streamOf('returns'),
    changesSinceSubject: rpcSubjectOf('returns', changesSinceOf('returns').name),
    definition: {
      event: returnStatusChanged.type,
      read: (envelope) => readEvent(returnStatusChanged, envelope),
      keyFields: ['return'],
      leftOf: ({ formerLocation }) => (formerLocation === undefined ? undefined : { location: [formerLocation] }),
    },
    snapshot: (filter, limit) => readRecords(store, filter, limit),
    platform,
  });
}

/** Fields of the record that documents are found by; the log drops what does not match the others. */
const INDEXED: readonly string[] = ['order', 'location', 'customer', 'status'];

async function readRecords(
  { returns }: ReturnsStore,
  filter: ChangeFilter,
  limit: number,
): Promise<readonly ReturnStatusChanged[]> {
  const ids = filter['return'];
  if (ids !== undefined) {
    const named = await returns.getMany(ids.slice(0, limit));
    return named.map((row) => statusRecordOf(row.document));
  }
  const where = Object.fromEntries(
    Object.entries(filter)
      .filter(([field, accepted]) => INDEXED.includes(field) && accepted.length <= IN_VALUES_MAX)
      .map(([field, accepted]): [string, FieldFilter] => [field, { in: accepted }]),
  );
  const records: ReturnStatusChanged[] = [];
  let after: { id: string; value: null } | undefined;
  while (records.length < limit) {
    const page = Math.min(FIND_LIMIT_MAX, limit - records.length);
    const rows = await returns.find({ where, limit: page, ...(after && { after }) });
    records.push(...rows.map((row) => statusRecordOf(row.document)));
    const last = rows.at(-1);
    if (!last || rows.length < page) break;
    after = { id: last.document.id, value: null };
  }
  return records;
}
