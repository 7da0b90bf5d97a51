import type { NewChainEntry } from '../../../kernel/ports/chain-index.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { claimNoteOf, reservationsEndedBy, type ClaimNote } from './claim-notes.ts';
import type { FindClaim, KnownClaim } from './known-claim.ts';
import { positionEffects } from './position-effects.ts';

type Changed = Map<number, Map<string, ClaimNote>>;

/** Shared by all positions that no claim has left. */
const NO_NOTES = new Map<string, ClaimNote>();

/**
 * What the index of positions holds of a batch that `state` has seen: the rows that it changed, each once, with what its
 * events do not say of the claims that they end.
 * @param onNoted called after each event, for whoever follows the claims himself
 * @returns undefined when nobody knows any more which positions the batch changed
 */
export function positionEntriesOf(
  state: Pick<LedgerState, 'positions' | 'skuIds' | 'locationIds'>,
  events: readonly LedgerEvent[],
  claims: { readonly find: FindClaim; readonly onNoted?: (event: LedgerEvent) => void },
): readonly NewChainEntry[] | undefined {
  const changed: Changed = new Map();
  for (const event of events) {
    const effects = positionEffects(claims.find, event);
    if (!effects) return undefined;
    for (const effect of effects) {
      const row = rowOf(state, effect);
      if (!changed.has(row)) changed.set(row, NO_NOTES);
    }
    for (const id of reservationsEndedBy(event)) {
      const { parts, ...claim } = claims.find(id) as KnownClaim;
      for (const part of parts) noteClaim(changed, rowOf(state, part), claimNoteOf(id, { parts, ...claim }, part));
    }
    claims.onNoted?.(event);
  }
  return entriesOf(changed);
}

/** The last thing said of a claim in a batch is how it ended. */
function noteClaim(changed: Changed, row: number, note: ClaimNote): void {
  const known = changed.get(row);
  const notes = known && known !== NO_NOTES ? known : new Map<string, ClaimNote>();
  changed.set(row, notes.set(note[0], note));
}

function rowOf(
  { positions, skuIds, locationIds }: Pick<LedgerState, 'positions' | 'skuIds' | 'locationIds'>,
  { sku, location }: { readonly sku: string; readonly location: string },
): number {
  return positions.find(skuIds.find(sku) ?? NONE, locationIds.find(location) ?? NONE);
}

function entriesOf(changed: Changed): readonly NewChainEntry[] {
  const entries: NewChainEntry[] = [];
  for (const [key, notes] of changed) {
    if (key !== NONE) entries.push(notes.size === 0 ? { key } : { key, note: JSON.stringify([...notes.values()]) });
  }
  return entries;
}
