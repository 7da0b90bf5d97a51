import { invariant } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import {
  acknowledgeOrder,
  type AcknowledgeOrder,
  type MarketplaceDone,
  type TellCancellation,
  type TellShipment,
} from '../../../schema/commands/outbound-marketplace.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import { linesTold } from '../domain/marketplace/tell-marketplace.ts';
import { findLine, type Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import type { LineQuantity } from '../domain/parcels/shipment.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import type { OrdersServices } from './orders-services.ts';

type Telling = Extract<PendingCommand, { readonly name: 'acknowledge-order' | 'tell-cancellation' | 'tell-shipment' }>;

interface About<Command extends Telling = Telling> {
  readonly order: Order;
  readonly command: Command;
}

/** Tells the marketplace of an order by way of its queue, where the command is durable. */
export async function submitToMarketplace(
  { outbound }: Pick<OrdersServices, 'outbound'>,
  { order, command }: About,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const { system, id: key, name } = command;
  const ref = `${OUTBOUND_REF}${order.id}`;
  const payload = payloadOf({ order, command });
  const submission = await outbound.submit({
    system,
    key,
    name,
    lane: 'ORDERS',
    group: order.id,
    ref,
    payload,
    correlationId,
  });
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  const { status } = parseAs<MarketplaceDone>(acknowledgeOrder.reply, submission.result, name);
  return { status: 'DONE', operation: status };
}

function payloadOf({ order, command }: About): AcknowledgeOrder | TellCancellation | TellShipment {
  const ofOrder = { order: order.id, channel: order.channel, externalId: order.externalId };
  switch (command.name) {
    case 'acknowledge-order':
      return ofOrder;
    case 'tell-cancellation': {
      const { lines, reason } = command;
      return { ...ofOrder, lines: linesTold(order, { lines }).map((line) => wireLine(order, line)), reason };
    }
    case 'tell-shipment': {
      const index = order.shipments.findIndex(({ id }) => id === command.shipment);
      const shipment = order.shipments[index];
      invariant(shipment, 'An order has lost a shipment.', { shipment: command.shipment });
      const { id, carrier, trackingNumber, shippedAtMs } = shipment;
      return {
        ...ofOrder,
        shipment: id,
        packageNo: index + 1,
        ...(carrier !== null && { carrier }),
        ...(trackingNumber !== null && { trackingNumber }),
        shippedAt: new Date(shippedAtMs).toISOString(),
        lines: linesTold(order, shipment).map((line) => wireLine(order, line)),
      };
    }
  }
}

function wireLine(order: Order, { line, quantity, lineId }: LineQuantity & { readonly lineId: string }) {
  return { lineId, quantity: formatQuantity(quantity, findLine(order, line)?.decimals ?? 0) };
}
