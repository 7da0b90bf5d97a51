import { formatQuantity, type StepDecimals, type Steps } from '../../../kernel/model/quantity.ts';
import type { NodeTerms } from '../domain/availability.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { AvailabilityAnswer } from './availability-query.ts';
import { networkAgesOf, nodeAgesOf } from './term-ages.ts';

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
export function explainAvailability(
  state: LedgerState,
  { sku: id, channel, terms }: AvailabilityAnswer,
): readonly ExplainedTerm[] {
  const sku = state.skuIds.find(id) as number;
  const decimals = state.skus[sku]?.decimals ?? 0;
  const ages = networkAgesOf(state, { sku, channel });
  const network: readonly Entry[] = [
    { kind: 'UNSOURCED', steps: -terms.unsourced, changedAtMs: ages.UNSOURCED },
    { kind: 'THRESHOLD', steps: -terms.threshold, changedAtMs: ages.THRESHOLD },
    { kind: 'OTHER_QUOTA', steps: -terms.otherQuota, changedAtMs: ages.OTHER_QUOTA },
    { kind: 'OVERSOLD', steps: -terms.oversold, changedAtMs: ages.OVERSOLD },
    { kind: 'EXTRA', steps: terms.extra, changedAtMs: ages.EXTRA },
    { kind: 'COMPONENTS', steps: terms.ofComponents ?? 0, changedAtMs: ages.COMPONENTS },
  ];
  const ofNodes = terms.nodes.flatMap((node) => {
    const location = state.locationIds.textOf(state.positions.locationOf(node.row));
    return entriesOf(node, nodeAgesOf(state, { sku, channel }, node)).map((entry) =>
      termOf(entry, { location, decimals }),
    );
  });
  return [...ofNodes, ...network.filter(isSaying).map((entry) => termOf(entry, { location: null, decimals }))];
}

function entriesOf(node: NodeTerms, ages: ReturnType<typeof nodeAgesOf>): readonly Entry[] {
  const { sellable, allocated, softReserved, safety, staleBuffer, available } = node;
  const sum = sellable - allocated - softReserved - safety - staleBuffer;
  const entries: readonly Entry[] = [
    { kind: 'SELLABLE', steps: sellable, changedAtMs: ages.SELLABLE },
    { kind: 'ALLOCATED', steps: -allocated, changedAtMs: ages.ALLOCATED },
    { kind: 'SOFT_RESERVED', steps: -softReserved, changedAtMs: ages.SOFT_RESERVED },
    { kind: 'SAFETY', steps: -safety, changedAtMs: ages.SAFETY },
    { kind: 'STALE_BUFFER', steps: -staleBuffer, changedAtMs: ages.STALE_BUFFER },
    { kind: 'FLOOR', steps: available - sum, changedAtMs: ages.FLOOR },
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
