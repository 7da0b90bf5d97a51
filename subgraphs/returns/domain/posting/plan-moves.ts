import { isLive, type PostingState, type ShelfMove } from './posting-state.ts';
import { quantityText, scaledQuantity } from './scaled-quantity.ts';

/** The limit of the command `change-condition`. */
const LINES_PER_MOVE_MAX = 500;

/**
 * Plans the movements that bring the goods to where the books leave them: what is on the shelf by a disposition that finally
 * failed to be booked is held, and what is held for no such reason any more is for sale again.
 */
export function planMoves(state: PostingState): PostingState {
  const target = goodsToHold(state);
  const held = goodsHeld(state);
  const differences = new Map<string, bigint>();
  for (const key of new Set([...target.keys(), ...held.keys()])) {
    differences.set(key, (target.get(key) ?? 0n) - (held.get(key) ?? 0n));
  }
  const moves = [...movesOf(differences, 'RELEASE'), ...movesOf(differences, 'HOLD')];
  if (moves.length === 0) return state;
  const numbered = moves.map((move, index) => ({
    ...move,
    id: `${state.id}/shelf/${state.moves.length + index + 1}`,
    isDone: false,
    reason: null,
  }));
  return { ...state, moves: [...state.moves, ...numbered] };
}

/** What is held, or going to be, by location and SKU in ten-thousandths. */
export function goodsHeld({ moves }: Pick<PostingState, 'moves'>): ReadonlyMap<string, bigint> {
  const held = new Map<string, bigint>();
  for (const { direction, location, lines } of moves) {
    for (const { sku, quantity } of lines) {
      const scaled = scaledQuantity(quantity);
      add(held, keyOf(location, sku), direction === 'HOLD' ? scaled : -scaled);
    }
  }
  return held;
}

/**
 * What has to be held: goods that lie on the shelf by dispositions of entries that failed, less what was taken from there
 * since, whatever became of that in the books.
 */
export function goodsToHold({ goods, entries }: Pick<PostingState, 'goods' | 'entries'>): ReadonlyMap<string, bigint> {
  const failed = new Set(entries.filter((entry) => isLive(entry) && entry.isHeld).flatMap(({ covers }) => covers));
  const shelves = new Map<string, Shelf>();
  for (const { eventId, lines } of goods) {
    for (const { returnLine, sku, location, quantity, disposition, revises } of lines) {
      if (location === '') continue;
      const key = keyOf(location, sku);
      const lineKey = JSON.stringify([key, returnLine]);
      const shelf = shelves.get(lineKey) ?? { key, unbooked: 0n, lies: 0n };
      const scaled = scaledQuantity(quantity);
      const came = disposition === 'RESTOCK' ? scaled : 0n;
      const left = revises === 'RESTOCK' ? scaled : 0n;
      const unbooked = shelf.unbooked + (failed.has(eventId) ? came : 0n);
      shelves.set(lineKey, { key, unbooked, lies: shelf.lies + came - left });
    }
  }
  return heldOf([...shelves.values()]);
}

/** Of one line of a return. */
interface Shelf {
  readonly key: string;
  /** Came on the shelf by dispositions that are not booked. */
  readonly unbooked: bigint;
  /** Lies there now; less than nothing where it came there as another line. */
  readonly lies: bigint;
}

function heldOf(shelves: readonly Shelf[]): ReadonlyMap<string, bigint> {
  const held = new Map<string, bigint>();
  for (const { key, unbooked, lies } of shelves) add(held, key, least(unbooked, lies < 0n ? 0n : lies));
  for (const { key, lies } of shelves) {
    if (lies < 0n) held.set(key, most(0n, (held.get(key) ?? 0n) + lies));
  }
  return held;
}

function movesOf(
  differences: ReadonlyMap<string, bigint>,
  direction: ShelfMove['direction'],
): readonly Pick<ShelfMove, 'direction' | 'location' | 'lines'>[] {
  const byLocation = new Map<string, { readonly sku: string; readonly quantity: string }[]>();
  for (const [key, difference] of differences) {
    const scaled = direction === 'HOLD' ? difference : -difference;
    if (scaled <= 0n) continue;
    const [location, sku] = JSON.parse(key) as [string, string];
    byLocation.set(location, [...(byLocation.get(location) ?? []), { sku, quantity: quantityText(scaled) }]);
  }
  return [...byLocation].flatMap(([location, lines]) =>
    partsOf(lines).map((part) => ({ direction, location, lines: part })),
  );
}

/** As many at a time as the ledger takes. */
function partsOf<Line>(lines: readonly Line[]): readonly (readonly Line[])[] {
  const count = Math.ceil(lines.length / LINES_PER_MOVE_MAX);
  return Array.from({ length: count }, (_, index) =>
    lines.slice(index * LINES_PER_MOVE_MAX, (index + 1) * LINES_PER_MOVE_MAX),
  );
}

const keyOf = (location: string, sku: string): string => JSON.stringify([location, sku]);
const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);
const most = (left: bigint, right: bigint): bigint => (left > right ? left : right);

function add(sums: Map<string, bigint>, key: string, value: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + value);
}
