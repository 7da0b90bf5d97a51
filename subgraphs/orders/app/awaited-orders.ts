import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { orderPlaced, type OrderStatusChanged } from '../../../schema/events/orders.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { OrdersServices } from './orders-services.ts';
import { recordChangeFact, waitsForPlacing } from './record-change-fact.ts';
import type { Subscription } from './subscription.ts';

/** Takes up what platforms told of an order before it was placed. */
export function awaitPlacedOrders(services: OrdersServices): Subscription {
  return {
    durable: 'orders-awaited',
    stream: streamOf('orders'),
    types: [orderPlaced.type],
    // Nothing waited for an order of that number before the first start.
    from: 'new',
    handle: ({ envelope }) => takeUp(services, readEvent(orderPlaced, envelope)),
  };
}

/** What was told of an order that came to nothing before it was placed fits it no more, which people are to hear. */
export async function takeUpRefused(services: OrdersServices, changed: OrderStatusChanged): Promise<void> {
  const { status } = changed;
  if (status === 'REJECTED' || status === 'CANCELLED') await takeUp(services, changed);
}

interface Numbered {
  readonly channel: string;
  readonly externalId: string;
}

const takeUp = (services: OrdersServices, { channel, externalId }: Numbered): Promise<void> =>
  services.parked.resume(waitsForPlacing(channel, externalId), (fact: EventEnvelope) =>
    recordChangeFact(services, fact),
  );
