import type { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import { findLine, type Order } from '../../domain/order.ts';
import type { LineQuantity } from '../../domain/parcels/shipment.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { fetchAddress } from './fetch-address.ts';

type Services = Pick<OrdersServices, 'store' | 'addresses' | 'marketplaces' | 'clock'>;

interface Work {
  readonly lines: readonly LineQuantity[];
  /** The goods go to another location. Absent: to the customer. */
  readonly transfer?: string;
}

/**
 * Where the goods of a piece of work are sent, read when it is handed over: what a system is told is durable in its queue,
 * and nothing of it stands in the order. Nothing where they are collected, go to another location, or nobody knows.
 * @throws {Obstacle} when a marketplace that knows does not answer
 */
export async function workAddress(
  services: Services,
  { order, work }: { readonly order: Order; readonly work: Work },
  cause: Cause,
): Promise<{ readonly shipTo?: ParcelAddress }> {
  const isSent = work.lines.some(({ line }) => findLine(order, line)?.pickupAt === undefined);
  if (work.transfer !== undefined || !isSent) return {};
  const fetched = await fetchAddress(services, order, cause);
  return fetched && 'address' in fetched ? { shipTo: fetched.address } : {};
}
