import { parseAs } from '../../../kernel/model/json-schema.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { routeOrder, type RoutedOrder, type RouteOrder } from '../../../schema/commands/outbound-routing.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import { findLine, type Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import type { Cause } from './cause.ts';
import { workAddress } from './labels/work-address.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import type { OrdersServices } from './orders-services.ts';

type Routing = Extract<PendingCommand, { readonly name: 'route-order' }>;

/** Hands the order to the OMS that routes it, as it was when the command was decided, by way of the queue of the OMS. */
export async function submitRouting(
  services: Pick<OrdersServices, 'outbound' | 'store' | 'addresses' | 'marketplaces' | 'clock'>,
  { order, command }: { readonly order: Order; readonly command: Routing },
  cause: Cause,
): Promise<CommandOutcome | 'WAITING'> {
  const content: RouteOrder = {
    order: order.id,
    channel: order.channel,
    number: order.externalId,
    placedAt: new Date(order.placedAtMs).toISOString(),
    country: order.destination?.country ?? null,
    postalCode: order.destination?.postalCode ?? null,
    lines: command.lines.map(({ line: id, quantity, reservations }) => {
      const line = findLine(order, id);
      const { sku = '', decimals = 0 } = line ?? {};
      return { orderLine: id, sku, quantity: formatQuantity(quantity, decimals), reservations: [...reservations] };
    }),
  };
  const { id: key, name, system } = command;
  const ref = `${OUTBOUND_REF}${order.id}`;
  const address = await workAddress(services, { order, work: command }, cause);
  const submission = await services.outbound.submit({
    system,
    key,
    name,
    lane: 'FULFILMENT',
    group: order.id,
    ref,
    payload: { ...content, ...address },
    content,
    correlationId: cause.correlationId,
  });
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  const { document } = parseAs<RoutedOrder>(routeOrder.reply, submission.result, name);
  return { status: 'DONE', document };
}
