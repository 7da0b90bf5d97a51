import type { DocumentChangeLog } from '../../../kernel/engine/document-change-log.ts';
import { openDocumentChangeLog } from '../../../kernel/engine/open-document-change-log.ts';
import type { ChangeFilter } from '../../../kernel/model/change-filter.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { FIND_LIMIT_MAX, IN_VALUES_MAX, type FieldFilter } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { changesSinceOf } from '../../../schema/commands/change-log.ts';
import { exceptionChanged, type ExceptionChanged } from '../../../schema/events/operations.ts';
import { rpcSubjectOf, streamOf } from '../../../schema/events/subjects.ts';
import { exceptionRecordOf } from './exception-record.ts';
import type { OperationsStore } from './operations-store.ts';

/** The change log of operations: its subscribers are told, and `changes-since` is answered. */
export function openChangeLog(platform: Platform, store: OperationsStore): Promise<DocumentChangeLog> {
  return openDocumentChangeLog<ExceptionChanged>({
    context: 'operations',
    stream: streamOf('operations'),
    changesSinceSubject: rpcSubjectOf('operations', changesSinceOf('operations').name),
    definition: {
      event: exceptionChanged.type,
      read: (envelope) => readEvent(exceptionChanged, envelope),
      keyFields: ['exception'],
      leftOf: ({ formerStatus }) => (formerStatus === undefined ? undefined : { status: [formerStatus] }),
    },
    snapshot: (filter, limit) => readRecords(store, filter, limit),
    platform,
  });
}

/** Fields of the record that documents are found by; the log drops what does not match the others. */
const INDEXED: readonly string[] = ['status', 'class', 'severity', 'sku', 'location', 'channel'];

async function readRecords(
  { exceptions }: OperationsStore,
  filter: ChangeFilter,
  limit: number,
): Promise<readonly ExceptionChanged[]> {
  const where = Object.fromEntries(
    Object.entries(filter)
      .filter(([field, accepted]) => INDEXED.includes(field) && accepted.length <= IN_VALUES_MAX)
      .map(([field, accepted]): [string, FieldFilter] => [field, { in: accepted }]),
  );
  const records: ExceptionChanged[] = [];
  let after: { id: string; value: null } | undefined;
  while (records.length < limit) {
    const page = Math.min(FIND_LIMIT_MAX, limit - records.length);
    const rows = await exceptions.find({ where, limit: page, ...(after && { after }) });
    records.push(...rows.map((row) => exceptionRecordOf(row.document)));
    const last = rows.at(-1);
    if (!last || rows.length < page) break;
    after = { id: last.document.id, value: null };
  }
  return records;
}
