import type { SalesDayDocument } from './sales-documents.ts';
import type { SalesPostingLimits } from './sales-posting-limits.ts';

type DueLimits = Pick<SalesPostingLimits, 'batchAgeMs' | 'batchReceiptsMax' | 'dayGraceMs' | 'lateWaitMs'>;

/** Until when the regular receipts of a day are waited for. */
export function lastRegularMs({ endsAtMs }: Pick<SalesDayDocument, 'endsAtMs'>, limits: DueLimits): number {
  return endsAtMs + limits.dayGraceMs;
}

/**
 * When what was taken of a day becomes a batch: when its oldest receipt is old enough, when there are enough, or when the day is
 * over. What comes later than that waits a little for others of its kind.
 */
export function batchDueMs(
  day: Pick<SalesDayDocument, 'endsAtMs' | 'isEnded' | 'closesNow' | 'takenSince'>,
  oldestTakenMs: number,
  limits: DueLimits,
): number {
  if (day.closesNow || day.takenSince >= limits.batchReceiptsMax) return oldestTakenMs;
  const lastMs = lastRegularMs(day, limits);
  if (day.isEnded || oldestTakenMs >= lastMs) return oldestTakenMs + Math.min(limits.lateWaitMs, limits.batchAgeMs);
  return Math.min(oldestTakenMs + limits.batchAgeMs, lastMs);
}
