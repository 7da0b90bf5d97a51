import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import type { ListingBook } from './listing-book.ts';
import {
  countsOf,
  shippedOf,
  type MarketDestination,
  type MarketItem,
  type MarketOrder,
  type MarketPackage,
} from './market-order.ts';

export interface Purchase {
  readonly lines: readonly PurchasedLine[];
  /** Default: London. */
  readonly destination?: MarketDestination;
  /** The customer has not paid yet, so that prices and addresses are not told. Default false. */
  readonly isPending?: boolean;
}

export interface PurchasedLine {
  readonly sku: string;
  readonly quantity: number;
  /** Off the whole line. Default 0. */
  readonly discountMinor?: number;
  /** For the whole line. Default 0. */
  readonly shippingMinor?: number;
}

export interface OrderBookOptions {
  readonly marketplaceId: string;
  readonly currency: string;
  /** How long the seller has to ship. */
  readonly shipWithinMs: number;
}

const LONDON: MarketDestination = {
  name: 'Sam Buyer',
  street: '7 Market Row',
  city: 'London',
  postalCode: 'N1 7AA',
  countryCode: 'GB',
  phone: '+44 20 7946 0000',
};
const ORDERS_MAX = 1_000_000;

/** All orders of a seller at a marketplace, and who is told when one changes. */
export class OrderBook {
  readonly #core: SimulatorCore;
  readonly #listings: ListingBook;
  readonly #options: OrderBookOptions;
  readonly #orders = new Map<string, MarketOrder>();
  readonly #changed: (order: MarketOrder, reason: string) => void;
  #number: number;
  #updatedAtMs = 0;

  constructor(
    core: SimulatorCore,
    parts: {
      readonly listings: ListingBook;
      readonly options: OrderBookOptions;
      readonly numbersFrom: number;
      readonly changed: (order: MarketOrder, reason: string) => void;
    },
  ) {
    this.#core = core;
    this.#listings = parts.listings;
    this.#options = parts.options;
    this.#number = parts.numbersFrom;
    this.#changed = parts.changed;
  }

  /** Those that changed last come last. */
  all(): readonly MarketOrder[] {
    return [...this.#orders.values()].sort((a, b) => a.updatedAtMs - b.updatedAtMs);
  }

  /** @throws {HttpFailure} 404 */
  get(id: string): MarketOrder {
    const order = this.#orders.get(id);
    if (order) return order;
    throw new HttpFailure(404, 'NotFound', `There is no order ${id}.`);
  }

  buy({ lines, destination = LONDON, isPending = false }: Purchase): MarketOrder {
    if (this.#orders.size >= ORDERS_MAX) throw new RangeError('The simulator keeps no more orders.');
    const { marketplaceId, currency, shipWithinMs } = this.#options;
    const nowMs = this.#core.nowMs();
    const order: MarketOrder = {
      id: this.#nextId(),
      marketplaceId,
      currency,
      status: isPending ? 'Pending' : 'Unshipped',
      purchasedAtMs: nowMs,
      updatedAtMs: nowMs,
      latestShipAtMs: nowMs + shipWithinMs,
      destination,
      items: lines.map((line) => this.#itemOf(line)),
      acknowledgement: 'NONE',
      packages: new Map(),
    };
    for (const { sku, quantity } of lines) this.#listings.sold(sku, quantity);
    this.#orders.set(order.id, order);
    this.#touch(order, 'Order Placed');
    return order;
  }

  /** An order that is there already, such as one of the vendor's own examples. */
  adopt(order: MarketOrder): void {
    this.#orders.set(order.id, order);
  }

  pay(id: string): void {
    const order = this.get(id);
    if (order.status !== 'Pending') return;
    order.status = 'Unshipped';
    this.#touch(order, 'Payment Verified');
  }

  /** The customer asks for it; the seller has to say so. */
  askToCancel(id: string, reason: string, itemIds?: readonly string[]): void {
    const order = this.get(id);
    for (const item of order.items) if (!itemIds || itemIds.includes(item.id)) item.cancelAsked = reason;
    this.#touch(order, 'Buyer Requested Cancel');
  }

  /** The marketplace calls it off by itself. */
  callOff(id: string): void {
    const order = this.get(id);
    if (order.status === 'Shipped' || order.status === 'Canceled') return;
    order.status = 'Canceled';
    this.#touch(order, 'Order Canceled');
  }

  /** The seller takes it on. */
  acknowledge(id: string): void {
    const order = this.get(id);
    if (order.acknowledgement === 'FAILURE') throw new HttpFailure(400, '18028', 'The order was called off before.');
    order.acknowledgement = 'SUCCESS';
  }

  /** The seller calls units off. @throws {HttpFailure} 400 for what has left */
  cancelUnits(id: string, units: ReadonlyMap<string, number>): void {
    const order = this.get(id);
    if (order.status === 'Canceled') return;
    const asked = [...units].map(([itemId, quantity]) => ({ item: itemOf(order, itemId), quantity }));
    for (const { item, quantity } of asked) {
      const open = item.quantity - shippedOf(order, item.id);
      if (quantity > open) throw new HttpFailure(400, '18027', `Of ${item.id} only ${open} can be called off.`);
    }
    for (const { item, quantity } of asked) item.quantity -= quantity;
    if (order.items.every(({ quantity }) => quantity === 0)) {
      order.acknowledgement = 'FAILURE';
      order.status = 'Canceled';
    } else {
      order.status = statusOf(order);
    }
    this.#touch(order, 'Seller Canceled');
  }

  /** The same reference again takes the place of the former. @throws {HttpFailure} 400 for more than was ordered */
  ship(id: string, shipped: MarketPackage): void {
    const order = this.get(id);
    if (order.status === 'Canceled' || order.status === 'Pending') {
      throw new HttpFailure(400, 'InvalidInput', `The order ${id} is ${order.status}.`);
    }
    const before = order.packages.get(shipped.reference);
    order.packages.set(shipped.reference, shipped);
    const isTooMuch = shipped.items.some(({ id: itemId }) => shippedOf(order, itemId) > itemOf(order, itemId).quantity);
    if (isTooMuch) {
      if (before) order.packages.set(shipped.reference, before);
      else order.packages.delete(shipped.reference);
      throw new HttpFailure(400, 'InvalidInput', 'More is in the packages than was ordered.');
    }
    order.status = statusOf(order);
    this.#touch(order, 'Shipment Confirmed');
  }

  #itemOf({ sku, quantity, discountMinor = 0, shippingMinor = 0 }: PurchasedLine): MarketItem {
    const { asin, title, priceMinor } = this.#listings.get(sku);
    return {
      id: String(50_000_000_000_000 + ++this.#number),
      asin,
      sku,
      title,
      quantity,
      unitPriceMinor: priceMinor,
      discountMinor,
      promotion: discountMinor > 0 ? 'SPRING-SALE' : null,
      shippingMinor,
      cancelAsked: null,
    };
  }

  #nextId(): string {
    const digits = String(++this.#number).padStart(14, '0').slice(-14);
    return `202-${digits.slice(0, 7)}-${digits.slice(7)}`;
  }

  /** No two changes have the same time, so that whoever reads by time can go on after each. */
  #touch(order: MarketOrder, reason: string): void {
    this.#updatedAtMs = Math.max(this.#core.nowMs(), this.#updatedAtMs + 1);
    order.updatedAtMs = this.#updatedAtMs;
    this.#changed(order, reason);
  }
}

function itemOf(order: MarketOrder, id: string): MarketItem {
  const item = order.items.find((each) => each.id === id);
  if (item) return item;
  throw new HttpFailure(400, 'InvalidInput', `The order ${order.id} has no item ${id}.`);
}

function statusOf(order: MarketOrder): MarketOrder['status'] {
  const { shipped, unshipped } = countsOf(order);
  if (shipped === 0) return 'Unshipped';
  return unshipped === 0 ? 'Shipped' : 'PartiallyShipped';
}
