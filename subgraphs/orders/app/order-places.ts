import type { Collection, CollectionDefinition, Document, Documents } from '../../../kernel/ports/documents.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { OrderStatusChanged } from '../../../schema/events/orders.ts';
import type { Order } from '../domain/order.ts';

/** That an order has, or had, units at a location; what a list of a location's orders is made from. */
export interface OrderPlace extends Document {
  /** `<order>|<location>`, so that the places of an order stand together in every list. */
  readonly id: string;
  readonly order: string;
  readonly location: string;
  readonly channel: string;
  readonly customer: string | null;
  readonly placedAtMs: number;
  /** Follows the order by its published changes. */
  readonly status: string;
  /** The sequence of the change that the status is from; 0 is before any. */
  readonly seq: number;
}

const PLACES: CollectionDefinition = {
  name: 'orders-places',
  indexes: [
    { paths: ['location', 'placedAtMs'] },
    { paths: ['location', 'status', 'placedAtMs'] },
    { paths: ['location', 'channel', 'placedAtMs'] },
    { paths: ['location', 'customer', 'placedAtMs'] },
  ],
};

/**
 * Which orders are at which location. A place is written before the order that it tells of, so a list never misses an
 * order; a place whose order was not saved is skipped by readers.
 */
export class OrderPlaces {
  readonly #places: Collection<OrderPlace>;

  private constructor(places: Collection<OrderPlace>) {
    this.#places = places;
  }

  static async open(documents: Documents): Promise<OrderPlaces> {
    return new OrderPlaces(await documents.collection<OrderPlace>(PLACES));
  }

  get collection(): Pick<Collection<OrderPlace>, 'find'> {
    return this.#places;
  }

  /** Writes the places that `order` has and `before` had not. */
  async add(order: Order, before: readonly string[] = []): Promise<void> {
    const gained = order.locations.filter((location) => !before.includes(location));
    await Promise.all(gained.map((location) => this.#insert(placeOf(order, location))));
  }

  /** Takes in a published change. */
  async follow(change: OrderStatusChanged, seq: number): Promise<void> {
    for (const location of change.locations) {
      const place = await this.#places.get(placeId(change.order, location));
      if (!place || place.document.seq >= seq || place.document.status === change.status) continue;
      await this.#places.save({ ...place.document, status: change.status, seq }, place.version);
    }
  }

  async #insert(place: OrderPlace): Promise<void> {
    try {
      await this.#places.save(place, 0);
    } catch (error) {
      // It is there already, from a save that did not come to its end or from somebody who was quicker.
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }
}

const placeId = (order: string, location: string): string => `${order}|${location}`;

function placeOf({ id, channel, customer, placedAtMs, status }: Order, location: string): OrderPlace {
  return { id: placeId(id, location), order: id, location, channel, customer, placedAtMs, status, seq: 0 };
}
