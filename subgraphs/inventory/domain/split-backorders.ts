import type { Steps } from '../../../kernel/model/quantity.ts';
import { availableFromStock } from './availability.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerState } from './ledger-state.ts';
import type { ReadLine } from './read-line.ts';
import type { ChannelRecord } from './sales-territory.ts';

/**
 * How much of each accepted line is sold beyond stock. Whoever is owed units already comes first, and kits are put
 * together from what is there, so only what is left after them covers the other lines, the first before the next.
 */
export function splitBackorders(
  state: LedgerState,
  lines: readonly ReadLine[],
  { channel, isAccepted = false }: { readonly channel: ChannelRecord; readonly isAccepted?: boolean },
): readonly Steps[] {
  if (!isAccepted && !state.rules.has('SELL_POLICY') && !state.rules.has('EXTRA')) return [];
  const forKits = askedForKits(state, lines);
  const left = new Map<number, Steps>();
  return lines.map(({ sku, steps }) => {
    if (state.skus[sku]?.components) return 0;
    const there = left.get(sku) ?? availableFromStock(state, sku, channel) - (forKits.get(sku) ?? 0);
    const covered = Math.max(0, Math.min(steps, there));
    left.set(sku, there - covered);
    return steps - covered;
  });
}

/** What the kits of a request need of each component, all together. */
export function askedForKits(state: LedgerState, lines: readonly ReadLine[]): ReadonlyMap<number, Steps> {
  const asked = new Map<number, Steps>();
  for (const { sku, steps } of lines) {
    for (const part of kitPartsOf(state, sku) ?? []) {
      asked.set(part.sku, (asked.get(part.sku) ?? 0) + steps * part.stepsEach);
    }
  }
  return asked;
}
