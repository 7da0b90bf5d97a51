import { isRefusal } from '../../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../../kernel/model/read-told.ts';
import { nodeCapacityChanged, workRejected } from '../../../../schema/events/orders.ts';
import { streamOf } from '../../../../schema/events/subjects.ts';
import { findLine, type Order } from '../../domain/order.ts';
import type { OrderCommand } from '../../domain/order-command.ts';
import { isMissing, notBegunAt } from '../../domain/work/reject-work.ts';
import { transition } from '../../domain/transition.ts';
import type { OrdersServices } from '../orders-services.ts';
import type { Subscription } from '../subscription.ts';
import { toldBy } from '../told-by.ts';
import { sweepLocation } from './sweep-location.ts';

type Services = Pick<OrdersServices, 'store' | 'limits' | 'telemetry' | 'rules' | 'wms'>;

/** What a location rejects or cannot take any more may concern other orders as well. */
export function consumeRejections(services: Services): readonly Subscription[] {
  return [
    {
      durable: 'orders-cascade',
      stream: streamOf('orders'),
      types: [workRejected.type],
      handle: ({ envelope }) => cascade(services, envelope),
    },
    {
      durable: 'orders-capacity-loss',
      stream: streamOf('orders'),
      types: [nodeCapacityChanged.type],
      handle: ({ envelope }) => shed(services, envelope),
    },
  ];
}

/** What one order did not find there, others will not find either, where the rules say so. */
async function cascade(services: Services, envelope: EventEnvelope): Promise<void> {
  const { order: id, location, reason, lines } = readEvent(workRejected, envelope);
  const { cascadesRejections } = services.rules.current().rulebook.rules;
  if (!cascadesRejections || !isMissing(reason)) return;
  const skus = new Set(lines.map(({ sku }) => sku));
  const decide = (order: Order) => (order.id === id ? 'SKIP' : commandFor(order, { location, skus, envelope }));
  await sweepLocation(services, { location, decide }, causeOf(envelope));
}

interface Cascading {
  readonly location: string;
  readonly skus: ReadonlySet<string>;
  readonly envelope: EventEnvelope;
}

function commandFor(order: Order, { location, skus, envelope }: Cascading) {
  const lines = notBegunAt(order, location).filter(({ line }) => skus.has(findLine(order, line)?.sku ?? ''));
  if (lines.length === 0) return 'SKIP';
  const once = { key: `cascade/${envelope.id}`, contentHash: '' };
  return ifAllowed({ type: 'RejectWork', location, reason: 'CASCADE_SAME_SKU', lines, told: toldBy(envelope), once });
}

/** Gives work to others until what is left can be done; of a location that is closed, all that was not begun. */
async function shed(services: Services, envelope: EventEnvelope): Promise<void> {
  const { location, day, ...said } = readEvent(nodeCapacityChanged, envelope);
  const isClosed = said.ordersPerDay === 0 || said.unitsPerDay === 0;
  // Work that a system has can only be stopped by it.
  if (services.wms.some((system) => system.locations.includes(location))) return;
  const key = `capacity/${envelope.id}`;
  let { excessOrders, excessUnits } = said;
  const decide = (order: Order) => {
    if (!isClosed && excessOrders <= 0 && excessUnits <= 0) return undefined;
    const done = Object.hasOwn(order.applied, key) ? order.applied[key] : undefined;
    const held = (order.capacity ?? []).filter((claim) => claim.location === location && claim.day === day);
    const lines = notBegunAt(order, location);
    const units = done === undefined ? held.reduce((sum, claim) => sum + claim.units, 0) : Number(done);
    if (done === undefined && (lines.length === 0 || (!isClosed && held.length === 0))) return 'SKIP';
    excessOrders -= 1;
    excessUnits -= units;
    if (done !== undefined) return 'SKIP';
    const reason = isClosed ? 'STORE_CLOSED' : 'CAPACITY';
    // Remembered, so that an event that comes again counts what it has done already.
    const once = { key, contentHash: String(units) };
    return ifAllowed({ type: 'RejectWork', location, reason, lines, told: toldBy(envelope), once });
  };
  await sweepLocation(services, { location, decide }, causeOf(envelope));
}

/** Work that was begun in between stays where it is. */
const ifAllowed =
  (command: OrderCommand) =>
  (order: Order): OrderCommand | undefined =>
    isRefusal(transition(order, command)) ? undefined : command;

const causeOf = ({ correlationId, id: causationId }: EventEnvelope) => ({ correlationId, causationId });
