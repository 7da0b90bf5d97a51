import type { Versioned } from '../../kernel/ports/documents.ts';
import { closeBatch, markReceipts } from './close-batch.ts';
import { batchDueMs, lastRegularMs } from './due-batch.ts';
import type { PostingParts } from './posting-parts.ts';
import { proveDay } from './prove-day.ts';
import type { Comparison, SalesBatch, SalesDayDocument } from './sales-documents.ts';
import { sendBatch } from './send-batch.ts';

/** Batches of a day that one look makes at most. */
const BATCHES_PER_LOOK_MAX = 1_000;

/**
 * Does what is due of a day: makes batches, hands them over, compares it, lets it rest. All of it may be done again, and by two at
 * once. @returns when to look again, if nothing is heard of it before
 * @throws {Obstacle} when something cannot be done at the moment
 */
export async function lookAtDay(parts: PostingParts, id: string): Promise<number> {
  const { store, platform, limits } = parts;
  const known = await store.days.get(id);
  if (!known) return Number.POSITIVE_INFINITY;
  const dueMs = await makeBatches(parts, known.document);
  const batches = await sendBatches(parts, id);
  const nowMs = platform.clock.nowMs();
  const soon = nowMs + limits.lookAgainMs;
  if (dueMs !== undefined) return Math.min(dueMs, soon);
  if (batches.some(({ status }) => status === 'QUEUED' || status === 'DEAD')) return soon;
  // As it is now: whatever happens from here on refuses what is saved below.
  const day = await store.days.get(id);
  if (!day || (await store.takenOf(id, 1)).length > 0) return nowMs;
  return settle(parts, day);
}

/** @returns when the next batch is due; undefined when nothing waits to become one */
async function makeBatches(parts: PostingParts, day: SalesDayDocument): Promise<number | undefined> {
  const { store, platform, limits } = parts;
  for (let made = 0; made < BATCHES_PER_LOOK_MAX; made++) {
    const [oldest] = await store.takenOf(day.id, 1);
    if (!oldest) break;
    const dueMs = batchDueMs(day, oldest.document.takenAtMs, limits);
    if (dueMs > platform.clock.nowMs()) return dueMs;
    if (!(await closeBatch(parts, day))) return platform.clock.nowMs();
  }
  return undefined;
}

/** Hands over what is not handed over, or what nothing was heard of; the queue knows what it has. */
async function sendBatches(parts: PostingParts, group: string): Promise<readonly SalesBatch[]> {
  const { store } = parts;
  for (const batch of await store.batchesOf(group)) {
    const { document } = batch.document.isMarked ? batch : await markReceipts(parts, batch);
    if (document.status === 'QUEUED') await sendBatch(parts, document);
  }
  return (await store.batchesOf(group)).map(({ document }) => document);
}

async function settle(parts: PostingParts, { document: day, version }: Versioned<SalesDayDocument>): Promise<number> {
  const { platform, store, limits } = parts;
  const nowMs = platform.clock.nowMs();
  const overMs = lastRegularMs(day, limits);
  const isOver = day.isEnded || nowMs >= overMs;
  if (!isUpToDate(parts, day, isOver)) {
    const compared = await proveDay(parts, day, version);
    return nextLookMs(parts, { ...day, compared });
  }
  const isDone = day.compared?.differing.length === 0 || nowMs >= overMs + limits.compareForMs;
  if (isOver && isDone) {
    await store.days.save({ ...day, status: 'SETTLED', changedAtMs: nowMs }, version);
    return Number.POSITIVE_INFINITY;
  }
  return nextLookMs(parts, day);
}

/** Nothing has happened since it was compared, and the comparison still counts. */
function isUpToDate({ platform, limits }: PostingParts, day: SalesDayDocument, isOver: boolean): boolean {
  const { compared } = day;
  if (!compared || compared.change !== day.changes || day.closesNow) return false;
  // Before the end of the day the POS is not held to what it says.
  if (isOver && !day.isEnded && compared.atMs < lastRegularMs(day, limits)) return false;
  return !comparesAgain(compared) || platform.clock.nowMs() < compared.atMs + limits.compareAgainMs;
}

function comparesAgain({ differing, isUnsettled }: Comparison): boolean {
  return differing.length > 0 || isUnsettled;
}

function nextLookMs({ platform, limits }: PostingParts, day: SalesDayDocument): number {
  const nowMs = platform.clock.nowMs();
  const overMs = lastRegularMs(day, limits);
  const { compared } = day;
  const again = compared && comparesAgain(compared) ? compared.atMs + limits.compareAgainMs : Number.POSITIVE_INFINITY;
  const over = day.isEnded || nowMs >= overMs ? nowMs + limits.roundMs : overMs;
  return Math.min(again, over);
}
