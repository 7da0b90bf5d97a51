import { invariant } from '../../../kernel/model/errors.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import {
  orderExceptionCleared,
  orderExceptionRaised,
  orderPlaced,
  orderReleased,
  parcelReturning,
  refundChanged,
  workRejected,
} from '../../../schema/events/orders.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import type { OrderEvent } from '../domain/order-command.ts';
import { findLine, type Order } from '../domain/order.ts';
import type { ExceptionEvent } from '../domain/order-exception.ts';
import type { LineQuantity } from '../domain/parcels/shipment.ts';
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
    case 'refund-changed': {
      const { refund, progress } = event;
      return publicationOf(refundChanged, {
        ...about,
        data: { order: id, return: refund.return, commandId: refund.id, ...progress },
      });
    }
    case 'parcel-returning': {
      const shipment = order.shipments.find((each) => each.id === event.shipment);
      invariant(shipment, 'A parcel that comes back is one of the order.', { shipment: event.shipment });
      const { location, lines } = shipment;
      const data = { order: id, shipment: shipment.id, location, lines: linesOf(order, lines) };
      return publicationOf(parcelReturning, { ...about, data });
    }
    case 'exception-raised': {
      const { id: exceptionId, ...shown } = event.exception;
      const data = { exceptionId, order: id, channel, ...shown };
      return publicationOf(orderExceptionRaised, { ...about, key: exceptionId, data });
    }
    case 'exception-cleared': {
      const { exceptionId, because } = event;
      return publicationOf(orderExceptionCleared, { ...about, key: exceptionId, data: { exceptionId, because } });
    }
    default:
      return exceptionOf(order, event, about);
  }
}

const linesOf = (order: Order, lines: readonly LineQuantity[]) => lines.map((line) => stockLine(order, line));

type Exception = Exclude<
  OrderEvent,
  | { readonly type: 'order-placed' | 'order-released' | 'work-rejected' | 'refund-changed' | 'parcel-returning' }
  | ExceptionEvent
>;

/** Those of one cause have its id as their key, so that they keep their order. */
function exceptionOf(order: Order, event: Exception, about: About): OutboxEvent {
  const exceptionId = 'location' in event ? `${causeOf(event)}-${order.id}-${event.location}` : `sourcing-${order.id}`;
  const told = { ...about, key: exceptionId };
  const because = BECAUSE[event.type];
  if (because !== undefined) return publicationOf(orderExceptionCleared, { ...told, data: { exceptionId, because } });
  const common = { exceptionId, order: order.id, channel: order.channel };
  const data = { ...common, ...describe(order, event) };
  return publicationOf(orderExceptionRaised, { ...told, data });
}

const causeOf = ({ type }: Exception): string =>
  type === 'pickup-expiring' || type === 'pickup-ended' ? 'pickup' : 'idle';

function describe(order: Order, event: Exception) {
  if (event.type === 'pickup-expiring') return expiring(order, event.location);
  return 'lines' in event ? givenUp(order, event.lines) : idle(order, event);
}

/** What is not collected goes back to the shelf; until then somebody may remind the customer. */
function expiring({ id, externalId, pickups = [] }: Order, location: string) {
  const until = pickups.find((pickup) => pickup.location === location)?.expiresAtMs ?? 0;
  const summary = `Order ${externalId} waits at ${location} to be collected, until ${new Date(until).toISOString()}.`;
  return { class: 'PICKUP_EXPIRING', severity: 'LOW', location, evidence: id, summary } as const;
}

const BECAUSE: Partial<Record<Exception['type'], string>> = {
  'sourcing-resumed': 'A location serves the order, it was called off, or somebody let it be sourced again.',
  'pickup-ended': 'The goods were collected, called off, or given more time.',
  'work-begun': 'The work was begun, or is no longer to be done there.',
};

function idle({ id, externalId }: Order, event: Exception) {
  const location = 'location' in event ? event.location : '';
  const isSoon = event.type === 'work-idle-soon';
  const late = isSoon ? 'yet, and has to soon' : 'in time';
  const summary = `${location} has not begun the work of order ${externalId} ${late}.`;
  return { class: 'WORK_IDLE', severity: isSoon ? 'LOW' : 'MEDIUM', location, evidence: id, summary } as const;
}

/** What shows why is the newest decision, with every location that was looked at. */
function givenUp(order: Order, ids: readonly string[]) {
  const lines = ids.map((line) => findLine(order, line)).filter((line) => line !== undefined);
  const [first] = lines;
  const failed = [...new Set(lines.flatMap(({ declinedBy }) => declinedBy))].join(', ');
  const numbers = lines.map(({ lineNo }) => lineNo).join(', ');
  const summary = `Order ${order.externalId} finds no location for line ${numbers}; tried: ${failed}.`;
  const about = {
    class: 'SOURCING_GIVEN_UP',
    severity: 'HIGH',
    evidence: first?.decision ?? order.id,
    summary,
  } as const;
  return first ? { ...about, sku: first.sku } : about;
}
