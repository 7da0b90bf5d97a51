import { formatQuantity, type StepDecimals, type Steps } from '../../../kernel/model/quantity.ts';
import type { NodeTerms } from '../domain/availability.ts';
import { COLUMN } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { AvailabilityAnswer } from './availability-query.ts';

type NodeTermKind = 'SELLABLE' | 'ALLOCATED' | 'SOFT_RESERVED' | 'SAFETY' | 'STALE_BUFFER' | 'FLOOR';
type NetworkTermKind = 'UNSOURCED' | 'THRESHOLD' | 'OTHER_QUOTA' | 'OVERSOLD' | 'EXTRA' | 'COMPONENTS';

export interface ExplainedTerm {
  readonly kind: NodeTermKind | NetworkTermKind;
  readonly location: string | null;
  /** Signed. */
  readonly quantity: string;
  readonly changedAt: string | null;
}

interface Entry {
  readonly kind: ExplainedTerm['kind'];
  readonly steps: Steps;
  readonly changedAtMs?: number | undefined;
}

/** How an availability came about. Signed values add up to the figure before caps; terms of zero say nothing. */
export function explainAvailability(state: LedgerState, { sku, terms }: AvailabilityAnswer): readonly ExplainedTerm[] {
  const decimals = state.skus[state.skuIds.find(sku) ?? 0]?.decimals ?? 0;
  const network: readonly Entry[] = [
    { kind: 'UNSOURCED', steps: -terms.unsourced },
    { kind: 'THRESHOLD', steps: -terms.threshold },
    { kind: 'OTHER_QUOTA', steps: -terms.otherQuota },
    { kind: 'OVERSOLD', steps: -terms.oversold },
    { kind: 'EXTRA', steps: terms.extra },
    { kind: 'COMPONENTS', steps: terms.ofComponents ?? 0 },
  ];
  const ofNodes = terms.nodes.flatMap((node) => {
    const location = state.locationIds.textOf(state.positions.locationOf(node.row));
    return entriesOf(state, node).map((entry) => termOf(entry, { location, decimals }));
  });
  return [...ofNodes, ...network.filter(isSaying).map((entry) => termOf(entry, { location: null, decimals }))];
}

function entriesOf({ positions, feeds }: LedgerState, node: NodeTerms): readonly Entry[] {
  const { row, sellable, allocated, softReserved, safety, staleBuffer, available } = node;
  const sum = sellable - allocated - softReserved - safety - staleBuffer;
  const staleSinceMs = feeds.of(positions.locationOf(row))?.staleSinceMs ?? undefined;
  const entries: readonly Entry[] = [
    { kind: 'SELLABLE', steps: sellable, changedAtMs: positions.changedAtMs(row, COLUMN.SELLABLE) },
    { kind: 'ALLOCATED', steps: -allocated, changedAtMs: positions.changedAtMs(row, COLUMN.allocated) },
    { kind: 'SOFT_RESERVED', steps: -softReserved, changedAtMs: positions.changedAtMs(row, COLUMN.softReserved) },
    { kind: 'SAFETY', steps: -safety },
    { kind: 'STALE_BUFFER', steps: -staleBuffer, changedAtMs: staleSinceMs },
    { kind: 'FLOOR', steps: available - sum },
  ];
  return entries.filter((entry) => entry.kind === 'SELLABLE' || isSaying(entry));
}

const isSaying = ({ steps }: Entry): boolean => steps !== 0;

function termOf(
  { kind, steps, changedAtMs }: Entry,
  { location, decimals }: { readonly location: string | null; readonly decimals: StepDecimals },
): ExplainedTerm {
  const changedAt = changedAtMs === undefined ? null : new Date(changedAtMs).toISOString();
  return { kind, location, quantity: formatQuantity(steps, decimals), changedAt };
}
