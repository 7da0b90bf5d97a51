import type { IngestMessage } from '../../scripts/client/hub-client.ts';

/** What a client asked for, and what it was told. A claim is a reservation or an order of some units of one SKU. */
export interface Claim {
  readonly kind: 'reservation' | 'order';
  readonly key: string;
  readonly sku: string;
  readonly units: number;
  /** Acknowledged. */
  id?: string;
  isRefused?: boolean;
  /** Asked: nobody knows yet. */
  cancelled?: 'ASKED' | 'DONE';
}

export interface Delivery {
  readonly messages: readonly IngestMessage[];
  isAnswered?: boolean;
}

/** Everything that the clients of a run remember. */
export interface Records {
  readonly claims: readonly Claim[];
  readonly deliveries: readonly Delivery[];
}

/** What the hub says of one claim. */
export interface HeldClaim {
  readonly id: string;
  readonly status: string;
  readonly units: number;
}

/** What the hub says of itself when nothing is under way. */
export interface Reading {
  /** By the key of the claim; absent: unknown to it. */
  readonly claims: ReadonlyMap<string, HeldClaim>;
  /** By location and SKU, joined by a space. */
  readonly onHand: ReadonlyMap<string, number>;
  /** By SKU, as each gateway tells it. */
  readonly available: readonly ReadonlyMap<string, number>[];
}

/** Location and SKU -> what all messages together say, each counted once. */
export function stockTold({ deliveries }: Records): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  for (const { type, data } of deliveries.flatMap(({ messages }) => messages)) {
    const { location, lines } = data as { location: string; lines: { sku: string; quantity: string }[] };
    const sign = type === 'goods-received' ? 1 : -1;
    for (const { sku, quantity } of lines) {
      const shelf = `${location} ${sku}`;
      told.set(shelf, (told.get(shelf) ?? 0) + sign * Number(quantity));
    }
  }
  return told;
}
