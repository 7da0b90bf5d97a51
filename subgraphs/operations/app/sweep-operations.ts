import { repeatTask } from '../../../kernel/engine/repeat-task.ts';
import type { Collection, Document, Query } from '../../../kernel/ports/documents.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Removes, again and again, closed exceptions and what people did, when they were kept for long enough. @returns stops it */
export function sweepOperations(parts: OperationsParts): () => Promise<void> {
  const { platform, limits } = parts;
  return repeatTask({
    platform,
    pauseMs: limits.sweepEveryMs,
    failed: 'old exceptions could not be removed',
    run: () => sweepOnce(parts),
  });
}

async function sweepOnce({ platform, store, limits }: OperationsParts): Promise<void> {
  const nowMs = platform.clock.nowMs();
  const exceptionsBeforeMs = nowMs - limits.closedExceptionKeptMs;
  const exceptions = await removeOld(store.exceptions, {
    path: 'closing.atMs',
    beforeMs: exceptionsBeforeMs,
    page: limits.sweepPage,
    isOver: (exception) => isForgotten(exception, exceptionsBeforeMs),
  });
  const entries = await removeOld(store.audit, {
    path: 'atMs',
    beforeMs: nowMs - limits.auditKeptMs,
    page: limits.sweepPage,
    isOver: () => true,
  });
  platform.telemetry.count('exceptions_removed_total', {}, exceptions);
  platform.telemetry.count('audit_entries_removed_total', {}, entries);
}

/** A waived exception keeps its cause from being raised again: it stays for as long as the cause is told of. */
function isForgotten({ status, told }: ExceptionState, beforeMs: number): boolean {
  return status === 'RESOLVED' || (status === 'WAIVED' && told.atMs < beforeMs);
}

interface Removal<D extends Document> {
  /** A path whose value is when a document was over, epoch milliseconds. */
  readonly path: string;
  readonly beforeMs: number;
  readonly page: number;
  readonly isOver: (document: D) => boolean;
}

/** @returns how many were removed; one that was changed meanwhile stays */
async function removeOld<D extends Document>(
  collection: Collection<D>,
  { path, beforeMs, page, isOver }: Removal<D>,
): Promise<number> {
  let removed = 0;
  let after: Query['after'];
  for (;;) {
    const old = await collection.find({
      where: { [path]: { lt: beforeMs } },
      orderBy: { path, direction: 'asc' },
      limit: page,
      ...(after && { after }),
    });
    const over = old.filter(({ document }) => isOver(document));
    const deleted = await Promise.allSettled(
      over.map(({ document, version }) => collection.delete(document.id, version)),
    );
    removed += deleted.filter(({ status }) => status === 'fulfilled').length;
    const last = old.at(-1);
    if (!last || old.length < page) return removed;
    after = { id: last.document.id, value: valueAt(last.document, path) };
  }
}

function valueAt(document: Document, path: string): number {
  const value = path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Readonly<Record<string, unknown>> | null)?.[name], document);
  return value as number;
}
