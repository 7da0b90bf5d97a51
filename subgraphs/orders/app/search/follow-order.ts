import { setTimeout as sleep } from 'node:timers/promises';
import type { OrdersServices } from '../orders-services.ts';

type Services = Pick<OrdersServices, 'search' | 'limits'>;

/**
 * Takes in an order of which a change was published, together with what changes within a moment. The wait is Node's own: no
 * other time has anything to do with it.
 */
export async function followOrder({ search, limits }: Services, order: string): Promise<void> {
  if (await search.isUpToDate(order)) return;
  await sleep(limits.searchLingerMs);
  await search.takeIn(order);
}
