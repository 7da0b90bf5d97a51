import { HttpFailure } from '../runtime/http-failure.ts';

export interface Listing {
  readonly sku: string;
  readonly asin: string;
  readonly title: string;
  readonly priceMinor: number;
  /** What may be bought; null until the seller has said so. */
  readonly quantity: number | null;
}

/** What a seller offers. */
export class ListingBook {
  readonly #listings: Map<string, Listing>;

  constructor(listings: readonly Omit<Listing, 'quantity'>[]) {
    this.#listings = new Map(listings.map((listing) => [listing.sku, { ...listing, quantity: null }]));
  }

  all(): readonly Listing[] {
    return [...this.#listings.values()];
  }

  /** @throws {HttpFailure} 404 */
  get(sku: string): Listing {
    const listing = this.#listings.get(sku);
    if (listing) return listing;
    throw new HttpFailure(404, 'NOT_FOUND', `SKU ${sku} is not offered.`);
  }

  offer(sku: string, quantity: number): void {
    this.#listings.set(sku, { ...this.get(sku), quantity });
  }

  /** Customers buy from what was offered last, which may be more than there is. */
  sold(sku: string, quantity: number): void {
    const listing = this.get(sku);
    if (listing.quantity !== null) this.offer(sku, Math.max(0, listing.quantity - quantity));
  }
}
