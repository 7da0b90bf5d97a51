import { readEvent } from '../../../kernel/model/read-told.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { FieldFilter } from '../../../kernel/ports/documents.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { exceptionActed, type ExceptionActed } from '../../../schema/events/operations.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { OperationsParts } from './operations-parts.ts';

/** One thing that somebody did. It never changes. */
export interface AuditEntry extends Omit<ExceptionActed, 'exception' | 'kind'> {
  /** Of the event that told it. */
  readonly id: string;
  /** Null when it was not done about one. */
  readonly exception: string | null;
  readonly kind: ExceptionActed['kind'] | 'ERASE';
  readonly atMs: number;
  readonly correlationId: string;
}

/** Begins to write down what people do. */
export function consumeActions(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform, store } = parts;
  return platform.streams.consume({
    durable: 'operations-audit',
    stream: streamOf('operations'),
    types: [exceptionActed.type],
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: async ({ envelope }) => {
      const { id, recordedAt, correlationId } = envelope;
      const entry = { ...readEvent(exceptionActed, envelope), id, atMs: Date.parse(recordedAt), correlationId };
      await store.audit.save(entry, 0).catch((error: unknown) => {
        if (!(error instanceof DocumentConflict)) throw error;
      });
    },
  });
}

export interface AuditQuery {
  readonly exception?: string | undefined;
  readonly by?: string | undefined;
  readonly after?: { readonly atMs: number; readonly id: string } | undefined;
  readonly limit: number;
}

/** What people did, the newest first. */
export async function listAudit(
  { store }: OperationsParts,
  { exception, by, after, limit }: AuditQuery,
): Promise<readonly AuditEntry[]> {
  const where: Record<string, FieldFilter> = {
    ...(exception !== undefined && { exception: { eq: exception } }),
    ...(by !== undefined && { by: { eq: by } }),
  };
  const rows = await store.audit.find({
    where,
    orderBy: { path: 'atMs', direction: 'desc' },
    limit,
    ...(after && { after: { id: after.id, value: after.atMs } }),
  });
  return rows.map(({ document }) => document);
}
