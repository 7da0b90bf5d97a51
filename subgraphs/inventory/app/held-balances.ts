import { Refusal } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { HeldBalances, HeldBalancesReply } from '../../../schema/commands/balances.ts';
import { BUCKETS, COLUMN, NONE, type Bucket } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';

/** Rows of a location that one page walks over; the ledger decides nothing meanwhile. */
const ROWS_MAX = 5_000;
const SELLABLE: readonly Bucket[] = ['SELLABLE'];
type Held = HeldBalancesReply['balances'][number];

/**
 * How much the ledger held at a location at an instant, by when movements happened and not by when it heard of them. A page
 * is told by the place of its last position: positions stay where they are for as long as the log is the same.
 * @throws {Refusal} BAD_USER_INPUT for a place that is none of the location's
 */
export function heldBalances(
  state: LedgerState,
  { location, asOf, figure, after, skus, limit = ROWS_MAX }: HeldBalances,
): HeldBalancesReply {
  const at = state.locationIds.find(location);
  if (at === undefined) return { balances: [] };
  const instant = { buckets: figure === 'SELLABLE' ? SELLABLE : BUCKETS, asOfMs: Date.parse(asOf) };
  if (skus) {
    const rows = skus.map((sku) => state.positions.find(state.skuIds.find(sku) ?? NONE, at));
    return { balances: rows.filter((row) => row !== NONE).map((row) => held(state, row, instant)) };
  }
  const { positions } = state;
  if (after !== undefined && !(after >= 0 && after < positions.size && positions.locationOf(after) === at)) {
    throw new Refusal('BAD_USER_INPUT', `after is no place of ${location}.`, { field: 'after' });
  }
  const balances: Held[] = [];
  let last = NONE;
  let row = after === undefined ? positions.firstOfLocation(at) : positions.nextOfLocation(after);
  for (let walked = 0; row !== NONE && walked < limit; walked++) {
    const balance = held(state, row, instant);
    if (balance.quantity !== '0') balances.push(balance);
    last = row;
    row = positions.nextOfLocation(row);
  }
  return { balances, ...(row !== NONE && { next: last }) };
}

interface Instant {
  readonly buckets: readonly Bucket[];
  readonly asOfMs: number;
}

function held(state: LedgerState, row: number, { buckets, asOfMs }: Instant): Held {
  const { positions, skuIds, skus } = state;
  const index = positions.skuOf(row);
  const sku = skuIds.textOf(index);
  let steps = 0;
  for (const bucket of buckets) {
    const later = movedAfter(state, row, { bucket, asOfMs });
    if (later === undefined) return { sku, quantity: null };
    steps += positions.get(row, COLUMN[bucket]) - later;
  }
  return { sku, quantity: formatQuantity(steps, skus[index]?.decimals ?? 0) };
}

function movedAfter(
  { history, bucketHistory }: LedgerState,
  row: number,
  { bucket, asOfMs }: { readonly bucket: Bucket; readonly asOfMs: number },
): number | undefined {
  return bucket === 'SELLABLE' ? history.stepsAfter(row, asOfMs) : bucketHistory.stepsAfter(row, bucket, asOfMs);
}
