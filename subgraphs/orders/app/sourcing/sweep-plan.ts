import { isRefusal } from '../../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../../kernel/model/read-told.ts';
import { nodeCapacityChanged, workRejected } from '../../../../schema/events/orders.ts';
import { findLine, type Order } from '../../domain/order.ts';
import type { OrderCommand } from '../../domain/order-command.ts';
import { isMissing, notBegunAt } from '../../domain/work/reject-work.ts';
import { transition } from '../../domain/transition.ts';
import type { OrdersServices } from '../orders-services.ts';
import type { OrderChange } from '../order-store.ts';
import { toldBy } from '../told-by.ts';

type Services = Pick<OrdersServices, 'rules' | 'wms'>;

/** How much a location is to do beyond what it can. */
export interface Excess {
  readonly orders: number;
  readonly units: number;
}

/** What becomes of the orders of a location one by one, the newest first. */
export interface SweepPlan {
  readonly location: string;
  /** SKIP: nothing; END: of this order and of all others. */
  decide(order: Order): OrderChange | 'SKIP' | 'END';
  /** What is left to be given to others so far. */
  left(): Excess;
}

/** @param left what the sweep had left; absent: it begins */
export function sweepPlanOf(services: Pick<Services, 'wms'>, envelope: EventEnvelope, left?: Excess): SweepPlan {
  return envelope.type === workRejected.type ? cascade(envelope) : shed(services, envelope, left);
}

/** Whether a change at a location concerns other orders than its own. */
export function concernsOthers({ rules }: Pick<Services, 'rules'>, envelope: EventEnvelope): boolean {
  if (envelope.type !== workRejected.type) return true;
  return rules.current().rulebook.rules.cascadesRejections && isMissing(readEvent(workRejected, envelope).reason);
}

/** What one order did not find there, others will not find either, where the rules say so. */
function cascade(envelope: EventEnvelope): SweepPlan {
  const { order: id, location, lines } = readEvent(workRejected, envelope);
  const skus = new Set(lines.map(({ sku }) => sku));
  const left = () => ({ orders: 0, units: 0 });
  const decide = (order: Order) => {
    if (order.id === id) return 'SKIP';
    const same = notBegunAt(order, location).filter(({ line }) => skus.has(findLine(order, line)?.sku ?? ''));
    if (same.length === 0) return 'SKIP';
    const once = { key: `cascade/${envelope.id}`, contentHash: '' };
    const told = toldBy(envelope);
    return ifAllowed({ type: 'RejectWork', location, reason: 'CASCADE_SAME_SKU', lines: same, told, once });
  };
  return { location, decide, left };
}

/** Gives work to others until what is left can be done; of a location that is closed, all that was not begun. */
function shed({ wms }: Pick<Services, 'wms'>, envelope: EventEnvelope, before?: Excess): SweepPlan {
  const { location, day, ...said } = readEvent(nodeCapacityChanged, envelope);
  const isClosed = said.ordersPerDay === 0 || said.unitsPerDay === 0;
  const isRunBySystem = wms.some((system) => system.locations.includes(location));
  const reason = isClosed ? 'STORE_CLOSED' : 'CAPACITY';
  const key = `capacity/${envelope.id}`;
  let { orders, units } = before ?? { orders: said.excessOrders, units: said.excessUnits };
  const decide = (order: Order) => {
    if (!isClosed && orders <= 0 && units <= 0) return 'END';
    // An outside OMS alone may take back what it has given.
    if (order.routing) return 'SKIP';
    const done = Object.hasOwn(order.applied, key) ? order.applied[key] : undefined;
    const held = (order.capacity ?? []).filter((claim) => claim.location === location && claim.day === day);
    const shedUnits = done === undefined ? held.reduce((sum, claim) => sum + claim.units, 0) : Number(done);
    if (done === undefined && !isClosed && held.length === 0) return 'SKIP';
    // Remembered, so that an event that comes again counts what it has done already.
    const about = { location, reason, told: toldBy(envelope), once: { key, contentHash: String(shedUnits) } } as const;
    const command = isRunBySystem
      ? ({ type: 'ShedWork', ...about } as const)
      : ({ type: 'RejectWork', ...about } as const);
    if (done === undefined && isRefusal(transition(order, command))) return 'SKIP';
    orders -= shedUnits > 0 ? 1 : 0;
    units -= shedUnits;
    return done === undefined ? ifAllowed(command) : 'SKIP';
  };
  return { location, decide, left: () => ({ orders, units }) };
}

/** Work that was begun in between stays where it is. */
const ifAllowed =
  (command: OrderCommand) =>
  (order: Order): OrderCommand | undefined =>
    isRefusal(transition(order, command)) ? undefined : command;
