import type { Steps } from '../../../kernel/model/quantity.ts';
import { BUCKETS, COLUMN, NONE } from './bucket.ts';
import type { LedgerEventOf, MovementLine, Place } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { SerialRecord } from './serial-register.ts';

/** When and with what a line moved. */
type Circumstance = Pick<LedgerEventOf<'stock-moved'>, 'atMs' | 'occurredAtMs' | 'document'>;

interface Shelf {
  readonly row: number;
  readonly bucket: number;
}

const SELLABLE = BUCKETS.indexOf('SELLABLE');

/** Follows a movement of a tracked SKU, after its positions were changed: sums of lots stay what their bucket holds. */
export function evolveTrackedLine(
  state: LedgerState,
  { sku, line }: { readonly sku: number; readonly line: MovementLine },
  circumstance: Circumstance,
): void {
  const { steps, lot, expiresOn } = line;
  const occurredAtMs = instantOf(circumstance);
  const ends = [
    { shelf: shelfOf(state, sku, line.from), gained: -steps },
    { shelf: shelfOf(state, sku, line.to), gained: steps },
  ];
  for (const { shelf, gained } of ends) {
    if (!shelf) continue;
    if (lot === undefined) state.tracked.open(shelf.row).addUnidentified(shelf.bucket, gained);
    else addLot(state, { ...shelf, sku, lot }, { steps: gained, occurredAtMs });
  }
  if (lot !== undefined && expiresOn !== undefined) {
    state.tracked.lots.tell(sku, lot, { expiresOn, toldAtMs: occurredAtMs });
  }
  for (const serial of line.serials ?? []) moveSerial(state, { sku, serial, line }, circumstance);
}

/** The lots or serials of SELLABLE are those that were counted. */
export function evolveTrackedCount(state: LedgerState, event: LedgerEventOf<'tracked-stock-counted'>): void {
  const sku = state.skuIds.intern(event.sku);
  const row = state.positions.open(sku, state.locationIds.intern(event.location));
  const position = state.tracked.open(row);
  const { asOfMs, lots, serials } = event;
  if (lots) {
    for (const lot of position.lots.keys()) setLot(state, { row, sku, lot }, 0);
    for (const { lot, steps, expiresOn } of lots) {
      setLot(state, { row, sku, lot }, steps);
      if (expiresOn !== undefined) state.tracked.lots.tell(sku, lot, { expiresOn, toldAtMs: asOfMs });
    }
    position.countedAtMs = asOfMs;
  }
  if (!serials) return;
  position.countedAtMs = asOfMs;
  const found = new Set(serials);
  for (const [serial, bucket] of position.serials) {
    const record = state.tracked.serials.get(sku, serial);
    if (bucket !== SELLABLE || found.has(serial) || !record || record.sinceMs > asOfMs) continue;
    placeSerial(state, { sku, serial, row, bucket: NONE, sinceMs: asOfMs });
  }
  for (const serial of found) {
    if ((state.tracked.serials.get(sku, serial)?.sinceMs ?? asOfMs) > asOfMs) continue;
    placeSerial(state, { sku, serial, row, bucket: SELLABLE, sinceMs: asOfMs });
  }
}

/** What lies there already when a SKU begins to be tracked is of no known lot. */
export function evolveTracking(state: LedgerState, sku: number, before: 'LOT' | 'SERIAL' | undefined): void {
  const now = state.skus[sku]?.tracking;
  if (now === before) return;
  const rows = rowsOf(state, sku);
  if (before) state.tracked.forget(sku, rows);
  if (!now) return;
  for (const row of rows) {
    const position = state.tracked.open(row);
    BUCKETS.forEach((bucket, index) => position.addUnidentified(index, state.positions.get(row, COLUMN[bucket])));
  }
}

/** A clock that runs ahead must not make what its system tells newer than all that others tell. */
function instantOf({ atMs, occurredAtMs }: Circumstance): number {
  return Math.min(atMs, occurredAtMs);
}

/** What one serial stands for. */
export function stepsOfSerial(state: LedgerState, sku: number): Steps {
  return 10 ** (state.skus[sku]?.decimals ?? 0);
}

function rowsOf({ positions }: LedgerState, sku: number): readonly number[] {
  const rows: number[] = [];
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) rows.push(row);
  return rows;
}

function addLot(
  state: LedgerState,
  { row, bucket, sku, lot }: Shelf & { readonly sku: number; readonly lot: string },
  { steps, occurredAtMs }: { readonly steps: Steps; readonly occurredAtMs: number },
): void {
  const position = state.tracked.open(row);
  const { isHeld, wasHeld } = position.addLot(lot, bucket, steps);
  if (isHeld !== wasHeld) state.tracked.lots.occupy(sku, lot, isHeld ? 1 : -1);
  if (bucket === SELLABLE) position.remember({ lot, steps, occurredAtMs });
}

/** What the lot gains, the units without a lot lose, and the other way round: the bucket itself stays as it is. */
function setLot(
  state: LedgerState,
  { row, sku, lot }: { readonly row: number; readonly sku: number; readonly lot: string },
  balance: Steps,
): void {
  const position = state.tracked.open(row);
  const steps = balance - position.balanceOf(lot, SELLABLE);
  const { isHeld, wasHeld } = position.addLot(lot, SELLABLE, steps);
  if (isHeld !== wasHeld) state.tracked.lots.occupy(sku, lot, isHeld ? 1 : -1);
  position.addUnidentified(SELLABLE, -steps);
}

/** A serial is where it was last seen, however late that is told. */
function moveSerial(
  state: LedgerState,
  { sku, serial, line }: { readonly sku: number; readonly serial: string; readonly line: MovementLine },
  circumstance: Circumstance,
): void {
  const { document } = circumstance;
  const occurredAtMs = instantOf(circumstance);
  const known = state.tracked.serials.get(sku, serial);
  if (known && known.sinceMs > occurredAtMs) return;
  const to = shelfOf(state, sku, line.to);
  const from = shelfOf(state, sku, line.from);
  const went = document === undefined ? {} : { document };
  const seen = { sku, serial, sinceMs: occurredAtMs, ...went };
  const countedAtMs = to?.bucket === SELLABLE ? state.tracked.open(to.row).countedAtMs : occurredAtMs - 1;
  // A later count of the serials that lay there has not found it.
  if (to && occurredAtMs <= countedAtMs)
    return placeSerial(state, { ...seen, ...to, bucket: NONE, sinceMs: countedAtMs });
  if (to) return placeSerial(state, { ...seen, ...to });
  const gone = 'virtual' in line.to ? { gone: line.to.virtual } : {};
  placeSerial(state, { ...seen, row: from?.row ?? known?.row ?? NONE, bucket: NONE, ...gone });
}

function placeSerial(state: LedgerState, record: SerialRecord): void {
  const { sku, serial } = record;
  const steps = stepsOfSerial(state, sku);
  const former = state.tracked.serials.get(sku, serial);
  if (former && former.bucket !== NONE) {
    const position = state.tracked.open(former.row);
    position.serials.delete(serial);
    position.addUnidentified(former.bucket, steps);
  }
  state.tracked.serials.set(record);
  if (record.bucket === NONE) return;
  const position = state.tracked.open(record.row);
  position.serials.set(serial, record.bucket);
  position.addUnidentified(record.bucket, -steps);
}

function shelfOf({ positions, locationIds }: LedgerState, sku: number, place: Place): Shelf | undefined {
  if ('virtual' in place) return undefined;
  return {
    row: positions.open(sku, locationIds.intern(place.location)),
    bucket: BUCKETS.indexOf(place.bucket),
  };
}
