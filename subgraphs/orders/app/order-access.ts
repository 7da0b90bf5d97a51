import { Refusal } from '../../../kernel/model/errors.ts';
import { hasScope, type Identity } from '../../../kernel/model/identity.ts';
import { sendsFrom } from '../domain/labels/parcel-label.ts';
import type { Order, Visibility } from '../domain/order.ts';
import type { OrderFilter } from './find-orders.ts';

/** How much of an order a caller sees. LOOK_UP: lines, amounts and kinds of tender, in order to take goods back. */
export type OrderAccess = 'FULL' | 'LOOK_UP';

const isStore = ({ stores }: Identity): boolean => stores === '*' || stores.length > 0;

/** A customer sees its own orders, a store those with a line that it serves or served, an agent all. */
export function maySee(identity: Identity, { customer, locations }: Order): boolean {
  const { stores } = identity;
  if (stores === '*') return true;
  if (identity.customer !== undefined && identity.customer === customer) return true;
  return locations.some((location) => stores.includes(location));
}

/** A customer sees itself, and an agent all. */
export const maySeeCustomer = ({ stores, customer: own }: Identity, customer: string): boolean =>
  stores === '*' || own === customer;

/** Who names an order by its exact channel and number: a store may take back what another has sold. */
export function lookUpAccess(identity: Identity, order: Order): OrderAccess | undefined {
  if (maySee(identity, order)) return 'FULL';
  return isStore(identity) ? 'LOOK_UP' : undefined;
}

/** Where an order goes is for its customer, for whoever may act on any, and for the stores that send a part of it now. */
export function maySeeAddress(identity: Identity, order: Order): boolean {
  const { stores, customer } = identity;
  if (customer !== undefined && customer === order.customer) return true;
  if (stores === '*') return hasScope(identity, 'orders:act');
  return hasScope(identity, 'orders:fulfil') && stores.some((location) => sendsFrom(order, location));
}

/** May the caller act on an order, beside seeing it: its customer may, and whoever may act on any. */
export function mayCancel(identity: Identity, order: Order): boolean {
  const isOwn = identity.customer !== undefined && identity.customer === order.customer;
  return isOwn || (hasScope(identity, 'orders:act') && maySee(identity, order));
}

/**
 * For whom an order is placed.
 * @throws {Refusal} FORBIDDEN when it is neither the caller's own nor may the caller place orders for others
 */
export function customerOfOrder(identity: Identity, asked: string | null | undefined): string | null {
  if (hasScope(identity, 'orders:act')) return asked ?? identity.customer ?? null;
  const own = identity.customer;
  if (own !== undefined && (asked === undefined || asked === null || asked === own)) return own;
  throw new Refusal('FORBIDDEN', 'The token may place orders for its own customer alone.', { claim: 'customer' });
}

/**
 * Narrows a list to what the caller may see; undefined when that is nothing.
 * @throws {Refusal} FORBIDDEN when it names a location or a customer that is not the caller's
 */
export function narrow<Filter extends Pick<OrderFilter, 'locations' | 'customers'>>(
  identity: Identity,
  filter: Filter,
): Filter | undefined {
  const { stores, customer } = identity;
  if (stores === '*') return filter;
  if (stores.length > 0) {
    if (filter.locations?.some((location) => !stores.includes(location))) {
      throw new Refusal('FORBIDDEN', 'The token is for other stores.', { claim: 'stores' });
    }
    return { ...filter, locations: filter.locations ?? stores };
  }
  if (customer === undefined) return undefined;
  if (filter.customers?.some((asked) => asked !== customer)) {
    throw new Refusal('FORBIDDEN', 'The token is for another customer.', { claim: 'customer' });
  }
  return { ...filter, customers: [customer] };
}

/** The timeline entries that the caller may see. */
export function visibilitiesFor(identity: Identity): readonly Visibility[] {
  if (hasScope(identity, 'operations:read')) return ['CUSTOMER', 'AGENT', 'INTERNAL'];
  return isStore(identity) ? ['CUSTOMER', 'AGENT'] : ['CUSTOMER'];
}
