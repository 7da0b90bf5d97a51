import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Versioned } from '../../kernel/ports/documents.ts';
import type { SalesBatch, SalesDayDocument } from './sales-documents.ts';
import { aggregateBatch, firstThatFit } from './aggregate-batch.ts';
import type { PostingParts } from './posting-parts.ts';
import { registersOfReceipts } from './registers-of-receipts.ts';
import { changeDocument } from './sales-store.ts';
import type { StoreReceipt } from './store-receipt.ts';

/**
 * Makes the next batch of a day of what was taken of it. A receipt belongs to one batch: the next is made only when all receipts of
 * the last one say so, and of two that are made at once, only one can bear the sequence.
 * @returns undefined when nothing was to be made, or somebody else was quicker
 * @throws {Obstacle} when a POS does not say yet at which register the receipts were written
 */
export async function closeBatch(
  parts: PostingParts,
  day: SalesDayDocument,
): Promise<Versioned<SalesBatch> | undefined> {
  const { store, limits, platform } = parts;
  const group = day.id;
  const [last] = (await store.batchesOf(group)).slice(-1);
  if (last && !last.document.isMarked) await markReceipts(parts, last);
  const taken = (await store.takenOf(group, limits.batchReceiptsMax)).map(({ document }) => document);
  const named = await registersOfReceipts(parts, day, taken);
  const receipts = firstThatFit(named, limits.batchLinesMax);
  if (receipts.length === 0) return undefined;
  const sequence = (last?.document.sequence ?? 0) + 1;
  const { location, businessDay, currency } = day;
  const nowMs = platform.clock.nowMs();
  const batch: SalesBatch = {
    id: `${group}|${sequence}`,
    group,
    sequence,
    status: 'QUEUED',
    payload: { location, businessDay, currency, sequence, ...aggregateBatch(receipts) },
    receipts: receipts.map(({ id, register }) => ({ id, register })),
    isMarked: false,
    attempt: 1,
    document: null,
    reason: null,
    closedAtMs: nowMs,
    changedAtMs: nowMs,
  };
  try {
    const version = await store.batches.save(batch, 0);
    return await markReceipts(parts, { document: batch, version });
  } catch (error) {
    if (error instanceof DocumentConflict) return undefined;
    throw error;
  }
}

/** Tells the receipts of a batch that they belong to it. Repeating it changes nothing more. */
export async function markReceipts(
  { store, limits, platform }: PostingParts,
  { document: batch, version }: Versioned<SalesBatch>,
): Promise<Versioned<SalesBatch>> {
  for (const { id, register } of batch.receipts) {
    await changeDocument(store.receipts, id, {
      attemptsMax: limits.saveAttemptsMax,
      change: (known): StoreReceipt | undefined =>
        known?.status === 'TAKEN' ? { ...known, status: 'BATCHED', register, batch: batch.sequence } : known,
    });
  }
  await changeDocument(store.days, batch.group, {
    attemptsMax: limits.saveAttemptsMax,
    change: (known) => known && { ...known, takenSince: 0, closesNow: false, changedAtMs: platform.clock.nowMs() },
  });
  const marked = { ...batch, isMarked: true };
  return { document: marked, version: await store.batches.save(marked, version) };
}
