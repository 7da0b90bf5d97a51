import type { NodeTerms } from '../domain/availability.ts';
import { COLUMN, NONE } from '../domain/bucket.ts';
import { kitPartsOf } from '../domain/kit-parts.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { RuleKind } from '../domain/rule-table.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';

/** Whose availability is explained. */
export interface Explained {
  /** Index. */
  readonly sku: number;
  readonly channel: ChannelRecord;
}

/** Epoch milliseconds of the last change of the figure behind each term; undefined when it never changed. */
export type TermAges<Term extends string> = Readonly<Record<Term, number | undefined>>;

/** The figures of a position that count at a location. */
const FIGURES = [COLUMN.SELLABLE, COLUMN.allocated, COLUMN.softReserved] as const;

/** Of the terms of one location. */
export function nodeAgesOf(
  state: LedgerState,
  { sku, channel }: Explained,
  { row }: Pick<NodeTerms, 'row'>,
): TermAges<'SELLABLE' | 'ALLOCATED' | 'SOFT_RESERVED' | 'SAFETY' | 'STALE_BUFFER' | 'FLOOR'> {
  const { positions, feeds } = state;
  const index = positions.locationOf(row);
  const place = {
    sku: state.skuIds.textOf(sku),
    location: state.locationIds.textOf(index),
    channel: channel.id,
  };
  const rule = (kind: RuleKind): number | undefined => someMs(state.termDates.ruleAtMs(kind, place));
  const figures = {
    SELLABLE: positions.changedAtMs(row, COLUMN.SELLABLE),
    ALLOCATED: positions.changedAtMs(row, COLUMN.allocated),
    SOFT_RESERVED: positions.changedAtMs(row, COLUMN.softReserved),
  };
  // A percentage is of what is free, so it changes with every figure.
  const free =
    state.rules.find('SAFETY_PERCENT', place) === undefined ? undefined : latestOf(...Object.values(figures));
  const SAFETY = latestOf(rule('SAFETY_ABSOLUTE'), rule('SAFETY_PERCENT'), free);
  const STALE_BUFFER = latestOf(feeds.of(index)?.staleSinceMs ?? undefined, rule('STALE_BUFFER'));
  return { ...figures, SAFETY, STALE_BUFFER, FLOOR: latestOf(...Object.values(figures), SAFETY, STALE_BUFFER) };
}

/** Of the terms of the whole network. */
export function networkAgesOf(
  state: LedgerState,
  explained: Explained,
): TermAges<'UNSOURCED' | 'THRESHOLD' | 'OTHER_QUOTA' | 'OVERSOLD' | 'EXTRA' | 'COMPONENTS'> {
  const { sku, channel } = explained;
  const { territory, termDates } = state;
  const place = { sku: state.skuIds.textOf(sku), channel: channel.id };
  return {
    UNSOURCED: someMs(termDates.demandAtMs(sku, territory.overlapping(territory.networkOf(channel)))),
    THRESHOLD: someMs(termDates.ruleAtMs('THRESHOLD', place)),
    OTHER_QUOTA: otherQuotaAtMs(state, explained),
    OVERSOLD: oversoldAtMs(state, explained),
    EXTRA: extraAtMs(state, explained),
    COMPONENTS: componentsAtMs(state, explained),
  };
}

/** Quotas of channels that share stock with this one, and what they have sold of them. */
function otherQuotaAtMs(state: LedgerState, { sku, channel }: Explained): number | undefined {
  const { territory, termDates, quotaSales } = state;
  const overlapping = territory.overlapping(territory.networkOf(channel));
  const dates: (number | undefined)[] = [];
  for (const other of territory.channels.values()) {
    if (other.id === channel.id || (overlapping & (1 << territory.networkOf(other).index)) === 0) continue;
    dates.push(someMs(termDates.ruleAtMs('QUOTA', { sku: state.skuIds.textOf(sku), channel: other.id })));
    dates.push(quotaSales.soldAtMs(sku, other.index));
  }
  return latestOf(...dates);
}

/** The figures of every location of the network, because a count or a claim at any of them may have changed the sum. */
function oversoldAtMs(state: LedgerState, { sku, channel }: Explained): number | undefined {
  const { positions, territory } = state;
  const network = territory.networkOf(channel);
  let latest: number | undefined;
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) {
    if (!territory.includes(network, positions.locationOf(row))) continue;
    latest = latestOf(latest, ...FIGURES.map((column) => positions.changedAtMs(row, column)));
  }
  return latest;
}

/** The policy, what is owed under it, and for preorders how far ahead supply counts. */
function extraAtMs(state: LedgerState, { sku, channel }: Explained): number | undefined {
  const { territory, termDates, rules, ruleBook } = state;
  const place = { sku: state.skuIds.textOf(sku), channel: channel.id };
  const kinds = ['EXTRA', 'SELL_POLICY', 'OVERSELL_LIMIT'] as const;
  const horizon = (rules.find('PREORDER_HORIZON_MS', place) ?? 0) > 0 ? ruleBook.asOfMs : 0;
  const owed = Array.from(territory.channels.values(), ({ index }) => someMs(termDates.owedAtMs(sku, index)));
  return latestOf(...kinds.map((kind) => someMs(termDates.ruleAtMs(kind, place))), someMs(horizon), ...owed);
}

/** Of a kit: whatever changed of its components. */
function componentsAtMs(state: LedgerState, { sku, channel }: Explained): number | undefined {
  if (!state.skus[sku]?.components) return undefined;
  const dates = (kitPartsOf(state, sku) ?? []).flatMap((part) => {
    const { COMPONENTS: _none, ...ages } = networkAgesOf(state, { sku: part.sku, channel });
    return Object.values(ages);
  });
  return latestOf(...dates);
}

const someMs = (atMs: number): number | undefined => (atMs === 0 ? undefined : atMs);

function latestOf(...dates: readonly (number | undefined)[]): number | undefined {
  let latest: number | undefined;
  for (const atMs of dates) if (atMs !== undefined && (latest === undefined || atMs > latest)) latest = atMs;
  return latest;
}
