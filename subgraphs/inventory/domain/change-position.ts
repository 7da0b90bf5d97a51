import type { Steps } from '../../../kernel/model/quantity.ts';
import { netOfNode } from './availability.ts';
import { COLUMN, NONE } from './bucket.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RuleScope } from './rule-table.ts';

export interface ChangeMoment {
  readonly seq: number;
  /** Epoch milliseconds of the recording. */
  readonly atMs: number;
}

/** Must come before any change of what concerns the SKU. */
export function touchSku(state: LedgerState, sku: number, seq: number): void {
  state.observer?.skuChanges(sku);
  state.skuSeqs[sku] = seq;
  // What may be sold of a kit follows from its components.
  for (const kit of state.kits.of(sku)) {
    state.observer?.skuChanges(kit);
    state.skuSeqs[kit] = seq;
  }
}

/** For what changes of a position beside its figures; the position is made when there is none. */
export function touchPosition(
  state: LedgerState,
  { sku, location }: { readonly sku: number; readonly location: number },
  { seq, atMs }: ChangeMoment,
): void {
  touchSku(state, sku, seq);
  state.observer?.positionChanges(sku, location);
  state.positions.date(state.positions.open(sku, location), NONE, { seq, recordedAtMs: atMs });
}

/** Adds to one figure of a position, which is made when there is none, and gives its row. */
export function changePosition(
  state: LedgerState,
  position: { readonly sku: number; readonly location: number; readonly column: number; readonly steps: Steps },
  { seq, atMs }: ChangeMoment,
): number {
  const { sku, location, column, steps } = position;
  touchSku(state, sku, seq);
  state.observer?.positionChanges(sku, location);
  const row = state.positions.open(sku, location);
  const isSummed =
    (column === COLUMN.SELLABLE || column === COLUMN.softReserved || column === COLUMN.allocated) &&
    state.nodeSums.knows(sku);
  if (isSummed) sumNode(state, row, -1);
  state.positions.add(row, column, steps);
  if (isSummed) sumNode(state, row, 1);
  state.positions.date(row, column, { seq, recordedAtMs: atMs });
  return row;
}

/** Must come right after a change of rules of these scopes. */
export function forgetSums({ nodeSums, skuIds }: LedgerState, scopes: readonly RuleScope[]): void {
  if (scopes.some(({ sku }) => sku === undefined)) nodeSums.forgetAll();
  else for (const { sku = '' } of scopes) nodeSums.forget(skuIds.find(sku) ?? NONE);
}

/** Takes the part of a location out of the sums that are known, or puts it in. */
function sumNode(state: LedgerState, row: number, sign: -1 | 1): void {
  const { positions, territory, nodeSums } = state;
  const sku = positions.skuOf(row);
  const networks = territory.networksOf(positions.locationOf(row));
  for (const channel of territory.channels.values()) {
    if (Number.isNaN(nodeSums.get(sku, channel.index))) continue;
    const isOfNetwork = (networks & (1 << territory.networkOf(channel).index)) !== 0;
    if (isOfNetwork) nodeSums.add(sku, channel.index, sign * netOfNode(state, row, channel.id));
  }
}
