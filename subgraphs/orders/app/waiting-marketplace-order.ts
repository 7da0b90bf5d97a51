import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import type { Ids } from '../../../kernel/ports/ids.ts';
import { marketplaceOrderPending, marketplaceOrderReceived } from '../../../schema/events/inbox-marketplace.ts';
import { orderExceptionCleared, orderExceptionRaised } from '../../../schema/events/orders.ts';
import { publicationOf } from '../../../schema/events/publication.ts';

/** What an order of a marketplace may wait for that comes by itself, perhaps too late for the marketplace. */
const NOT_REGISTERED: Readonly<Record<string, string>> = { sku: 'The SKU', channel: 'The channel' };

const SOLD: readonly string[] = [marketplaceOrderPending.type, marketplaceOrderReceived.type];

export interface WaitingOrder {
  readonly envelope: EventEnvelope;
  /** Such as `sku:84406B`. */
  readonly waitsFor: string;
  readonly ids: Ids;
  readonly nowMs: number;
}

/** Tells people of an order that a marketplace has sold and that waits for a code; nothing for any other fact. */
export function waitingOrderPublications(waiting: WaitingOrder): readonly OutboxEvent[] {
  const { envelope, waitsFor } = waiting;
  const [kind = '', name = ''] = waitsFor.split(':', 2);
  const what = NOT_REGISTERED[kind];
  if (!SOLD.includes(envelope.type) || what === undefined) return [];
  const { system, eventId } = envelope.source;
  const data = {
    exceptionId: exceptionIdOf(envelope),
    class: 'MARKETPLACE_ORDER_UNCLAIMED',
    severity: 'HIGH',
    source: system,
    evidence: eventId,
    summary: `An order of ${system} (${eventId}) waits. ${what} ${name} is not registered.`,
  } as const;
  return [publicationOf(orderExceptionRaised, { ...aboutOf(waiting), data })];
}

/** Tells that it waits no more. */
export function takenOrderPublications(waiting: WaitingOrder): readonly OutboxEvent[] {
  const { envelope } = waiting;
  if (waitingOrderPublications(waiting).length === 0) return [];
  const data = {
    exceptionId: exceptionIdOf(envelope),
    because: 'What it waited for is registered, and it is taken on.',
  };
  return [publicationOf(orderExceptionCleared, { ...aboutOf(waiting), data })];
}

const exceptionIdOf = ({ source: { system, eventId } }: EventEnvelope): string => `order-waits-${system}-${eventId}`;

function aboutOf({ envelope, ids, nowMs }: WaitingOrder) {
  const id = ids.next();
  return {
    id,
    key: exceptionIdOf(envelope),
    source: { system: 'orders', eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId: envelope.correlationId,
    causationId: envelope.id,
  };
}
