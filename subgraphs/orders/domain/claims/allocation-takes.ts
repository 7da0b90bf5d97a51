import type { CapacityClaim } from './capacity-claim.ts';
import type { Order } from '../order.ts';
import type { Day } from '../sourcing/working-calendar.ts';

interface Need {
  readonly location: string;
  /** Absent or null: the location has no limit. */
  readonly capacityDay?: Day | null;
  readonly units?: number;
}

/** What of the capacity of locations choices need, one for each location and day. */
export function allocationTakes(order: Order, choices: readonly Need[]): readonly CapacityClaim[] {
  const takes = new Map<string, CapacityClaim>();
  for (const { location, capacityDay, units = 0 } of choices) {
    if (capacityDay === undefined || capacityDay === null) continue;
    const key = `${location}|${capacityDay}`;
    const take = takes.get(key) ?? { location, day: capacityDay, orders: 0, units: 0 };
    const isNew = !holdsPlace(order, take);
    takes.set(key, { ...take, orders: isNew ? 1 : 0, units: take.units + units });
  }
  return [...takes.values()];
}

/** Whether the order has a place in this day already. */
function holdsPlace({ capacity = [] }: Order, { location, day }: CapacityClaim): boolean {
  return capacity.some((claim) => claim.location === location && claim.day === day && claim.orders > 0);
}
