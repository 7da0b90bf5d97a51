import type { PendingOf } from '../../domain/command-outcome.ts';
import type { Order } from '../../domain/order.ts';
import { limitsOf } from '../../domain/sourcing/node-outlook.ts';
import { loadKey } from '../../domain/sourcing/sourcing-policy.ts';
import type { OrdersServices } from '../orders-services.ts';

/**
 * Takes room in the days that an order needs. What was taken before is taken once.
 * @returns the days that have no room, by location and day
 */
export async function takeCapacity(
  { capacity, rules }: Pick<OrdersServices, 'capacity' | 'rules'>,
  { id: order }: Order,
  { id: command, takes }: PendingOf<'take-capacity'>,
): Promise<readonly string[]> {
  const { rulebook } = rules.current();
  const full: string[] = [];
  for (const claim of takes) {
    const node = rulebook.node(claim.location);
    const answer = await capacity.take({ command, order, claim }, (day) => limitsOf(node, day));
    if (answer === 'FULL') full.push(loadKey(claim.location, claim.day));
  }
  return full;
}
