import { sumOfNodes } from './availability.ts';
import type { LedgerState } from './ledger-state.ts';

/** Holds each sum that is kept against the plain sum of the formula. @returns what differs, in words */
export function auditSums(state: LedgerState): readonly string[] {
  const { nodeSums, skuIds, territory } = state;
  return skuIds.toTexts().flatMap((sku, index) =>
    [...territory.channels.values()].flatMap((channel) => {
      const kept = nodeSums.get(index, channel.index);
      const sum = sumOfNodes(state, index, channel);
      if (Number.isNaN(kept) || kept === sum) return [];
      return [`The locations of ${channel.id} are kept to contribute ${kept} steps of ${sku}, and contribute ${sum}.`];
    }),
  );
}
