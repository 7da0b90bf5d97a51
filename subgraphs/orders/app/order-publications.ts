import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import type { Ids } from '../../../kernel/ports/ids.ts';
import { orderStatusChanged, type OrderStatusChanged } from '../../../schema/events/orders.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { isTakenOn } from '../domain/acceptance.ts';
import { locationOf } from '../domain/work/line-location.ts';
import type { OrderEvent } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import { stateVector } from '../domain/units.ts';
import type { Cause } from './cause.ts';
import { eventPublicationOf } from './event-publication.ts';

/** The first claim is made by whoever places the order, unless it is taken on already: then nobody waits for it. */
const isWorkDue = (order: Order): boolean =>
  (order.status !== 'RECEIVED' || isTakenOn(order)) && order.pending.length > 0;

/** The record of an order in the change log. */
export function statusRecordOf(order: Order): OrderStatusChanged {
  return {
    order: order.id,
    channel: order.channel,
    externalId: order.externalId,
    customer: order.customer,
    locations: [...order.locations],
    status: order.status,
    changedAt: new Date(order.changedAtMs).toISOString(),
    ...(isWorkDue(order) && { isWorkDue: true as const }),
    lines: order.lines.map((line) => ({
      line: line.id,
      lineNo: line.lineNo,
      sku: line.sku,
      location: locationOf(line),
      states: stateVector(line.units).map(({ state, quantity }) => ({
        state,
        quantity: formatQuantity(quantity, line.decimals),
      })),
    })),
  };
}

export interface PublicationParts {
  readonly ids: Ids;
  readonly recordedAtMs: number;
  readonly cause: Cause;
}

/** What is published with a save: the new states always, and what else happened. */
export function publicationsOf(order: Order, events: readonly OrderEvent[], parts: PublicationParts): OutboxEvent[] {
  const about = () => {
    const id = parts.ids.next();
    return {
      id,
      key: order.id,
      source: { system: 'orders', eventId: id },
      occurredAtMs: order.changedAtMs,
      recordedAtMs: parts.recordedAtMs,
      ...parts.cause,
    };
  };
  const changed = publicationOf(orderStatusChanged, { ...about(), data: statusRecordOf(order) });
  const others = events.map((event) => eventPublicationOf(order, event, about()));
  return [changed, ...others];
}
