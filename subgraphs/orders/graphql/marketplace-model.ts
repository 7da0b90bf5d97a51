import type { Order } from '../domain/order.ts';

/** How an order stands with the marketplace that took it; null where none did. */
export function marketplaceModel({ marketplace, acknowledgeByMs, acknowledgedAtMs }: Order) {
  if (!marketplace) return null;
  const { system, shipByMs, words, isUnpaid = false } = marketplace;
  return {
    system,
    isPaid: !isUnpaid,
    acknowledgeDueAt: dateTime(acknowledgeByMs),
    acknowledgedAt: dateTime(acknowledgedAtMs),
    shipDueAt: dateTime(shipByMs),
    words: words.map(({ about, shipment = null, state, reason = null }) => ({ about, shipment, state, reason })),
  };
}

const dateTime = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
