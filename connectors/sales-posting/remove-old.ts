import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection, Document } from '../../kernel/ports/documents.ts';
import type { PostingParts } from './posting-parts.ts';

/** Removes some settled days that nobody has touched for long, each with its receipts and batches before it. */
export async function removeOld({ store, limits, platform }: PostingParts): Promise<void> {
  const old = await store.days.find({
    where: { status: { eq: 'SETTLED' }, changedAtMs: { lt: platform.clock.nowMs() - limits.keptMs } },
    orderBy: { path: 'changedAtMs', direction: 'asc' },
    limit: 1,
  });
  for (const { document, version } of old) {
    const receipts = await store.receipts.find({
      where: { group: { eq: document.id } },
      limit: limits.removedPerRound,
    });
    for (const each of receipts) await remove(store.receipts, each.document.id, each.version);
    if (receipts.length === limits.removedPerRound) return;
    for (const each of await store.batchesOf(document.id)) await remove(store.batches, each.document.id, each.version);
    await remove(store.days, document.id, version);
  }
}

async function remove<D extends Document>(collection: Collection<D>, id: string, version: number): Promise<void> {
  try {
    await collection.delete(id, version);
  } catch (error) {
    if (!(error instanceof DocumentConflict)) throw error;
  }
}
