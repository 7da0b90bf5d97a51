import type { SquareChange } from './square-estate.ts';

type Change = Pick<SquareChange, 'kind' | 'fromState' | 'toState' | 'units' | 'occurredAtMs'>;

/**
 * Changes take effect at their own times and may come out of order: a count holds for what happened before it, and what
 * happened after it goes on top.
 */
export function unitsAfterCount(count: Change, history: readonly Change[]): number | undefined {
  const later = history.filter(({ occurredAtMs }) => occurredAtMs > count.occurredAtMs);
  if (later.some(({ kind }) => kind === 'PHYSICAL_COUNT')) return undefined;
  return later.reduce((units, change) => units + unitsMoved(change), count.units);
}

/** Whether somebody counted after an adjustment happened, so that it is in the count already. */
export function isCountedOver(adjustment: Change, history: readonly Change[]): boolean {
  return history.some(({ kind, occurredAtMs }) => kind === 'PHYSICAL_COUNT' && occurredAtMs > adjustment.occurredAtMs);
}

/** What an adjustment adds to the goods in stock. */
export function unitsMoved({ fromState, toState, units }: Change): number {
  return ((toState === 'IN_STOCK' ? 1 : 0) - (fromState === 'IN_STOCK' ? 1 : 0)) * units;
}
