import { nodeCapacityChanged, workRejected } from '../../../../schema/events/orders.ts';
import { streamOf } from '../../../../schema/events/subjects.ts';
import type { OrdersServices } from '../orders-services.ts';
import type { Subscription } from '../subscription.ts';
import { concernsOthers } from './sweep-plan.ts';

/** What a location rejects or cannot take any more may concern other orders as well. */
export function consumeRejections(services: Pick<OrdersServices, 'sweeps' | 'rules'>): readonly Subscription[] {
  const { sweeps } = services;
  return [
    {
      durable: 'orders-cascade',
      stream: streamOf('orders'),
      types: [workRejected.type],
      handle: async ({ envelope }) => {
        if (concernsOthers(services, envelope)) await sweeps.begin(envelope);
      },
    },
    {
      durable: 'orders-capacity-loss',
      stream: streamOf('orders'),
      types: [nodeCapacityChanged.type],
      handle: ({ envelope }) => sweeps.begin(envelope),
    },
  ];
}
