import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import {
  orderExceptionCleared,
  orderExceptionRaised,
  orderPlaced,
  orderReleased,
  workRejected,
} from '../../../schema/events/orders.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import type { OrderEvent } from '../domain/order-command.ts';
import { findLine, type LineQuantity, type Order } from '../domain/order.ts';
import { stockLine } from '../domain/pending-command.ts';

type About = Omit<Parameters<typeof publicationOf>[1], 'data'>;

/** What others are told of one thing that happened to an order. */
export function eventPublicationOf(order: Order, event: OrderEvent, about: About): OutboxEvent {
  const { id, channel, externalId } = order;
  switch (event.type) {
    case 'order-placed': {
      const placedAt = new Date(order.placedAtMs).toISOString();
      return publicationOf(orderPlaced, { ...about, data: { order: id, channel, externalId, placedAt } });
    }
    case 'order-released': {
      const data = { order: id, location: event.location, lines: linesOf(order, event.lines) };
      return publicationOf(orderReleased, { ...about, data });
    }
    case 'work-rejected': {
      const { location, reason, lines } = event;
      return publicationOf(workRejected, {
        ...about,
        data: { order: id, location, reason, lines: linesOf(order, lines) },
      });
    }
    default:
      return exceptionOf(order, event, about);
  }
}

const linesOf = (order: Order, lines: readonly LineQuantity[]) => lines.map((line) => stockLine(order, line));

type Exception = Extract<OrderEvent, { readonly type: 'work-idle' | 'sourcing-given-up' | 'sourcing-resumed' }>;

/** Those of one cause have its id as their key, so that they keep their order. */
function exceptionOf(order: Order, event: Exception, about: About): OutboxEvent {
  const exceptionId = exceptionIdOf(order, event);
  const told = { ...about, key: exceptionId };
  if (event.type === 'sourcing-resumed') {
    const because = 'A location serves the order, it was called off, or somebody let it be sourced again.';
    return publicationOf(orderExceptionCleared, { ...told, data: { exceptionId, because } });
  }
  const common = { exceptionId, order: order.id, channel: order.channel };
  if (event.type === 'work-idle') {
    const { location } = event;
    const summary = `${location} has not begun the work of order ${order.externalId} in time.`;
    const data = { ...common, class: 'WORK_IDLE', severity: 'MEDIUM', location, evidence: order.id, summary } as const;
    return publicationOf(orderExceptionRaised, { ...told, data });
  }
  const lines = event.lines.map((line) => findLine(order, line)).filter((line) => line !== undefined);
  const [first] = lines;
  const failed = [...new Set(lines.flatMap(({ declinedBy }) => declinedBy))].join(', ');
  const summary = `Order ${order.externalId} finds no location for line ${lines.map(({ lineNo }) => lineNo).join(', ')}; tried: ${failed}.`;
  const sku = first ? { sku: first.sku } : {};
  const evidence = first?.decision ?? order.id;
  const data = { ...common, class: 'SOURCING_GIVEN_UP', severity: 'HIGH', ...sku, evidence, summary } as const;
  return publicationOf(orderExceptionRaised, { ...told, data });
}

function exceptionIdOf({ id }: Order, event: Exception): string {
  return event.type === 'work-idle' ? `idle-${id}-${event.location}` : `sourcing-${id}`;
}
