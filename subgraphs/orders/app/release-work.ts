import type { PendingCommand } from '../domain/commands-of-order.ts';
import { blockedBy } from '../domain/holds/hold.ts';
import { sendsFrom } from '../domain/labels/parcel-label.ts';
import type { CommandOf } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import { countUnits } from '../domain/units.ts';
import { isHandingOver } from '../domain/work/plan-release.ts';
import { mayAskForStore } from './labels/ask-for-store.ts';
import type { OrderChange } from './order-store.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<OrdersServices, 'wms' | 'clock' | 'labelRules'>;

type PlanRelease = CommandOf<'PlanRelease'>;

/** The locations that can have their work now, and whether they do it with the hub itself. */
export function releasable(services: Services, order: Order): readonly Pick<PlanRelease, 'location' | 'byHub'>[] {
  return order.locations.flatMap((location) => releaseOf(services, order, location) ?? []);
}

/** Gives a location the work that it can have by then. */
export const releaseAt =
  (services: Services, location: string): OrderChange =>
  (order) =>
    releaseOf(services, order, location);

/**
 * What gives locations their work in the same save that hears of their allocation, so that no order is saved and told twice
 * where nobody has to be asked in between.
 */
export function releasesAfter(services: Services, command: PendingCommand): readonly OrderChange[] {
  if (command.name !== 'allocate-stock') return [];
  const locations = new Set(command.request.lines.map(({ location }) => location));
  return [...locations].map((location) => (order: Order) => {
    const release = releaseOf(services, order, location);
    return release?.byHub && mayAskForStore(services, { order, location }) ? undefined : release;
  });
}

/** @returns undefined when there is nothing that it may have now */
function releaseOf({ wms, clock }: Services, order: Order, location: string): PlanRelease | undefined {
  // An outside OMS that routes an order hands over its work.
  if (order.routing || blockedBy(order, 'RELEASE')) return undefined;
  const isAllocated = order.lines.some(
    ({ id, units }) => countUnits(units, { states: ['ALLOCATED'], location }) > 0 && !blockedBy(order, 'RELEASE', id),
  );
  const isOnItsWay = order.pending.some((command) => isHandingOver(command, location));
  const byHub = !wms.some((system) => system.locations.includes(location));
  // A system sends it where it is told to, and cannot ask.
  const isAddressed = byHub || !order.isMisaddressed || !sendsFrom(order, location);
  if (!isAllocated || isOnItsWay || !isAddressed) return undefined;
  const told = toldByHub(clock.nowMs(), `release/${order.id}/${location}`);
  return { type: 'PlanRelease', location, byHub, told };
}
