/*
 * Lots and serials as one would explain them to a person: a list of what moved, and whatever is asked is added up from it.
 */

export const LOTS = ['N1', 'N2', 'N3'] as const;
export const SERIALS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const;

interface Place {
  readonly location: string;
  readonly bucket: string;
}

interface TrackedFact {
  readonly type: string;
  readonly sku: string;
  readonly at: string;
  readonly units: number;
  readonly lot: string | undefined;
  readonly serials: readonly string[] | undefined;
  readonly minute: number;
}

interface Move extends Omit<TrackedFact, 'type' | 'at'> {
  readonly from: Place | undefined;
  readonly to: Place | undefined;
}

export class ModelTracking {
  readonly #moves: Move[] = [];

  tell(fact: TrackedFact): void {
    const [from, to] = routeOf(fact);
    this.#moves.push({ ...fact, from, to });
  }

  /** Units by lot or serial; those of no known one have the empty name. */
  heldAt(sku: 'LOT' | 'SERIAL', place: Place): Record<string, number> {
    const moves = this.#moves.filter((move) => move.sku === sku);
    const units = new Map<string, number>();
    const add = (name: string, count: number) => units.set(name, (units.get(name) ?? 0) + count);
    for (const move of moves) {
      const count = (isSame(move.to, place) ? move.units : 0) - (isSame(move.from, place) ? move.units : 0);
      add(sku === 'LOT' ? (move.lot ?? '') : '', count);
    }
    for (const serial of sku === 'SERIAL' ? SERIALS : []) {
      if (!isSame(lastPlaceOf(moves, serial), place)) continue;
      add(serial, 1);
      add('', -1);
    }
    return Object.fromEntries([...units].filter(([, count]) => count !== 0));
  }
}

/** Of moves at the same instant the one that was told last counts. */
function lastPlaceOf(moves: readonly Move[], serial: string): Place | undefined {
  const seen = moves.filter((move) => move.serials?.includes(serial));
  return seen.toSorted((a, b) => a.minute - b.minute).at(-1)?.to;
}

function routeOf({ type, at, units }: TrackedFact): [Place | undefined, Place | undefined] {
  const shelf = { location: at, bucket: 'SELLABLE' };
  switch (type) {
    case 'goods-received':
    case 'transfer-received':
      return [undefined, shelf];
    case 'return-recorded':
      return [undefined, { location: at, bucket: 'RETURN_PENDING' }];
    case 'stock-adjusted':
      return units % 2 === 0 ? [undefined, shelf] : [shelf, undefined];
    case 'condition-changed':
      return [shelf, { location: at, bucket: 'DAMAGED' }];
    case 'stock-disposed':
      return [{ location: at, bucket: 'RETURN_PENDING' }, shelf];
    default:
      return [shelf, undefined];
  }
}

const isSame = (one: Place | undefined, other: Place): boolean =>
  one?.location === other.location && one.bucket === other.bucket;
