import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import { BUCKETS, NONE, type Bucket, type VirtualLocation } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { SerialRecord } from '../domain/serial-register.ts';
import type { TrackedPosition } from '../domain/tracked-position.ts';

type FigureName = 'onHand' | 'sellable' | 'qcHold' | 'returnPending' | 'damaged' | 'quarantine' | 'suspect';
export type StockByBucket = Readonly<Record<FigureName, string>>;

export interface PositionKey {
  readonly sku: string;
  readonly location: string;
}

export interface LotAnswer {
  readonly lot: string;
  readonly expiresOn: string | null;
  readonly stock: StockByBucket;
}

export interface SerialAnswer {
  readonly sku: string;
  readonly serial: string;
  /** Null when it was never told to be at a location. */
  readonly location: string | null;
  readonly bucket: Bucket | null;
  readonly gone: VirtualLocation | null;
  readonly sinceAt: string;
  readonly document: string | null;
}

/** The lots of a position, those that expire first; null when its SKU is not tracked by lots. */
export function lotsOf(state: LedgerState, key: PositionKey): readonly LotAnswer[] | null {
  const found = findTracked(state, key, 'LOT');
  if (!found) return null;
  const { sku, position } = found;
  const lots = [...(position?.lots ?? [])].map(([lot, balances]): LotAnswer => {
    const expiresOn = state.tracked.lots.get(sku, lot)?.expiresOn ?? null;
    return { lot, expiresOn, stock: textsOf(state, sku, balances) };
  });
  return lots.toSorted((a, b) => compare(expiryKey(a), expiryKey(b)) || compare(a.lot, b.lot));
}

/** Sorts by the day; who knows no day comes last. */
export const expiryKey = ({ expiresOn }: LotAnswer): string => expiresOn ?? '~';

/** The serials of a position in their order; null when its SKU is not tracked by serials. */
export function serialsOf(state: LedgerState, key: PositionKey): readonly SerialAnswer[] | null {
  const found = findTracked(state, key, 'SERIAL');
  if (!found) return null;
  const serials = [...(found.position?.serials.keys() ?? [])].toSorted(compare);
  return serials.flatMap((serial) => serialOf(state, { sku: key.sku, serial }) ?? []);
}

/** What of a position goes with nothing that was told; null when its SKU is not tracked. */
export function unidentifiedOf(state: LedgerState, key: PositionKey): StockByBucket | null {
  const found = findTracked(state, key);
  return found && textsOf(state, found.sku, found.position?.unidentified ?? []);
}

/** Where a serial was last seen; null when nobody has told of it, or it is forgotten. */
export function serialOf(
  state: LedgerState,
  { sku, serial }: { readonly sku: string; readonly serial: string },
): SerialAnswer | null {
  const index = state.skuIds.find(sku);
  const record = index === undefined ? undefined : state.tracked.serials.get(index, serial);
  return record ? answerOf(state, sku, record) : null;
}

function answerOf({ positions, locationIds }: LedgerState, sku: string, record: SerialRecord): SerialAnswer {
  const { serial, row, bucket, gone = null, sinceMs, document = null } = record;
  return {
    sku,
    serial,
    location: row === NONE ? null : locationIds.textOf(positions.locationOf(row)),
    bucket: BUCKETS[bucket] ?? null,
    gone,
    sinceAt: new Date(sinceMs).toISOString(),
    document,
  };
}

function findTracked(
  state: LedgerState,
  key: PositionKey,
  tracking?: 'LOT' | 'SERIAL',
): { readonly sku: number; readonly position: TrackedPosition | undefined } | null {
  const sku = state.skuIds.find(key.sku) ?? NONE;
  const tracked = state.skus[sku]?.tracking;
  if (!tracked || (tracking && tracked !== tracking)) return null;
  const row = state.positions.find(sku, state.locationIds.find(key.location) ?? NONE);
  return { sku, position: state.tracked.at(row) };
}

function textsOf({ skus }: LedgerState, sku: number, balances: readonly Steps[]): StockByBucket {
  const text = (steps: Steps): string => formatQuantity(steps, skus[sku]?.decimals ?? 0);
  const of = (bucket: Bucket): string => text(balances[BUCKETS.indexOf(bucket)] ?? 0);
  return {
    onHand: text(balances.reduce((sum, steps) => sum + steps, 0)),
    sellable: of('SELLABLE'),
    qcHold: of('QC_HOLD'),
    returnPending: of('RETURN_PENDING'),
    damaged: of('DAMAGED'),
    quarantine: of('QUARANTINE'),
    suspect: of('SUSPECT'),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
