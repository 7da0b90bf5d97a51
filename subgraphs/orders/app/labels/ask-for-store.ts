import type { Order } from '../../domain/order.ts';
import { sendsFrom } from '../../domain/labels/parcel-label.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { fetchAddress } from './fetch-address.ts';

type Services = Pick<OrdersServices, 'store' | 'addresses' | 'marketplaces' | 'labelRules' | 'clock'>;

/**
 * Asks the marketplace that took an order where it goes before a store is given the work that makes the label itself. A
 * marketplace that does not say keeps nobody from the work.
 * @returns whether it was asked
 * @throws {Obstacle} when the marketplace does not answer
 */
export async function askForStore(
  services: Services,
  { order, location }: { readonly order: Order; readonly location: string },
  cause: Cause,
): Promise<boolean> {
  if (!mayAskForStore(services, { order, location })) return false;
  await fetchAddress(services, order, cause);
  return true;
}

/** Whether somebody else knows where it goes, and a store that gets the work needs to. */
export function mayAskForStore(
  { labelRules }: Pick<OrdersServices, 'labelRules'>,
  { order, location }: { readonly order: Order; readonly location: string },
): boolean {
  const isLabelled = labelRules.locations.some((rule) => rule.location === location);
  return order.marketplace !== undefined && !order.hasAddress && !isLabelled && sendsFrom(order, location);
}
