import type { OwnershipDomain } from '../../schema/events/fields.ts';

/** Of what domain a fact is, and where it belongs. */
export interface FactPlace {
  readonly domain: OwnershipDomain;
  readonly location: string | null;
  readonly channel: string | null;
}

/**
 * Facts by the domain of data that they write. Facts of stock are not among them: the ledger judges those quantity by
 * quantity, and compares what it does not apply. Nor is what an OMS decides: each order knows who orchestrates it, also
 * when somebody else orchestrates its channel by now.
 */
const DOMAINS: Readonly<Record<string, OwnershipDomain>> = {
  'item-recorded': 'ITEM',
  'location-recorded': 'LOCATION',
  'store-sale-recorded': 'SALE',
  'web-sale-recorded': 'ORDER',
  'order-placed-told': 'ORDER',
  'marketplace-order-pending': 'ORDER',
  'marketplace-order-received': 'ORDER',
  'marketplace-cancellation-told': 'ORDER',
  'order-change-told': 'ORDER',
  'return-recorded': 'RETURN',
  'return-announced': 'RETURN',
  'announced-return-received': 'RETURN',
  'supply-announced': 'SUPPLY',
  'supply-changed': 'SUPPLY',
  'supply-cancelled': 'SUPPLY',
  'pick-recorded': 'TASK',
  'short-pick-recorded': 'TASK',
  'pack-recorded': 'TASK',
  'release-ended': 'TASK',
  'cancellation-refused': 'TASK',
  'shipment-recorded': 'TASK',
  'delivery-recorded': 'TASK',
  'pickup-ready-recorded': 'TASK',
  'collection-recorded': 'TASK',
};

/** Undefined for a fact that nobody can own as a whole. */
export function placeOfFact(type: string, data: unknown): FactPlace | undefined {
  const domain = Object.hasOwn(DOMAINS, type) ? DOMAINS[type] : undefined;
  if (domain === undefined) return undefined;
  const { location, channel } = (data ?? {}) as { readonly location?: unknown; readonly channel?: unknown };
  return { domain, location: textOf(location), channel: textOf(channel) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
