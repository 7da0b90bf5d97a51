/** Where an order stands in every list: the newest first; of those of one instant the highest id first. */
export interface OrderKey {
  readonly placedAtMs: number;
  readonly order: string;
}

/** Everything that was placed before `placedAtMs`, or at it and has a lower id than `below`. */
export interface KeyPlace {
  readonly placedAtMs: number;
  readonly below: string;
}

/** Keys of orders in the order of lists, each once. */
export interface SortedKeys {
  /** The first of them that lies in `place`; undefined when there is none. Asked for places that never go back. */
  next(place: KeyPlace): Promise<OrderKey | undefined>;
}

/** Every order placed before an instant; absent: every order. */
export const placeBefore = (placedAtMs = Number.MAX_SAFE_INTEGER): KeyPlace => ({ placedAtMs, below: '' });

/** What comes after a key. */
export const placeAfter = ({ placedAtMs, order }: OrderKey): KeyPlace => ({ placedAtMs, below: order });

/** A key and what comes after it. All ids have one length, and what is put behind them begins with a bar. */
export const placeFrom = ({ placedAtMs, order }: OrderKey): KeyPlace => ({ placedAtMs, below: `${order}~` });

export function liesIn({ placedAtMs, order }: OrderKey, place: KeyPlace): boolean {
  return placedAtMs < place.placedAtMs || (placedAtMs === place.placedAtMs && order < place.below);
}

const isSame = (a: OrderKey, b: OrderKey): boolean => a.order === b.order;

/** Those that all parts have; at least one part. None is read further than to the next key that another part has. */
export function allOf(parts: readonly SortedKeys[]): SortedKeys {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return {
    async next(place) {
      let from = place;
      for (;;) {
        const found = await agreedOn(parts, from);
        if (!found || found.isAgreed) return found?.key;
        from = placeFrom(found.key);
      }
    },
  };
}

/** The first part that is further than the one before it tells where all have to go on. */
async function agreedOn(parts: readonly SortedKeys[], place: KeyPlace) {
  let agreed: OrderKey | undefined;
  for (const part of parts) {
    const key = await part.next(place);
    if (!key) return undefined;
    if (agreed && !isSame(key, agreed)) return { key: earlierPlaced(key, agreed), isAgreed: false };
    agreed = key;
  }
  return agreed && { key: agreed, isAgreed: true };
}

/** Those that any part has. */
export function anyOf(parts: readonly SortedKeys[]): SortedKeys {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return {
    async next(place) {
      const keys = await Promise.all(parts.map((part) => part.next(place)));
      return keys
        .filter((key) => key !== undefined)
        .reduce<OrderKey | undefined>(
          (first, key) => (first && liesIn(key, placeFrom(first)) ? first : key),
          undefined,
        );
    },
  };
}

/** The one that stands later in lists. */
const earlierPlaced = (a: OrderKey, b: OrderKey): OrderKey => (liesIn(a, placeFrom(b)) ? a : b);
