/** An order as a customer of the marketplace placed it. Amounts are minor units. */
export interface MarketOrder {
  /** 3-7-7 digits. */
  readonly id: string;
  readonly marketplaceId: string;
  readonly currency: string;
  status: MarketOrderStatus;
  readonly purchasedAtMs: number;
  /** Rises with every change. */
  updatedAtMs: number;
  readonly latestShipAtMs: number;
  readonly destination: MarketDestination;
  items: MarketItem[];
  /** What the seller said of it: it takes the order on, or not. */
  acknowledgement: 'NONE' | 'SUCCESS' | 'FAILURE';
  /** By the seller's reference of the package. */
  readonly packages: Map<string, MarketPackage>;
}

export type MarketOrderStatus = 'Pending' | 'Unshipped' | 'PartiallyShipped' | 'Shipped' | 'Canceled';

export interface MarketDestination {
  readonly name: string;
  readonly street: string;
  readonly phone?: string;
  readonly city: string;
  readonly postalCode: string;
  readonly countryCode: string;
}

export interface MarketItem {
  readonly id: string;
  readonly asin: string;
  readonly sku: string;
  readonly title: string;
  /** What is left of it after cancellations. */
  quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly promotion: string | null;
  readonly shippingMinor: number;
  /** In the words of the customer; null: they have not asked. */
  cancelAsked: string | null;
}

export interface MarketPackage {
  readonly reference: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shippedAt: string;
  readonly items: readonly { readonly id: string; readonly quantity: number }[];
}

/** How much of an item is in packages. */
export function shippedOf({ packages }: Pick<MarketOrder, 'packages'>, itemId: string): number {
  return [...packages.values()]
    .flatMap(({ items }) => items)
    .reduce((sum, { id, quantity }) => sum + (id === itemId ? quantity : 0), 0);
}

/** Of all its items. */
export function countsOf(order: MarketOrder): { readonly shipped: number; readonly unshipped: number } {
  const shipped = order.items.reduce((sum, { id }) => sum + shippedOf(order, id), 0);
  const ordered = order.items.reduce((sum, { quantity }) => sum + quantity, 0);
  return { shipped, unshipped: Math.max(0, ordered - shipped) };
}

/** What the customer pays; a discount was given on what is left as on the rest. */
export function totalOf({ items }: MarketOrder): number {
  return items
    .filter(({ quantity }) => quantity > 0)
    .reduce((sum, item) => sum + item.quantity * item.unitPriceMinor - item.discountMinor + item.shippingMinor, 0);
}
