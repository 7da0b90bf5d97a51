import { invariant } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import {
  recordSalesOrder,
  requestInvoice,
  type RecordedSalesOrder,
  type RecordSalesOrder,
  type RequestedInvoice,
  type RequestInvoice,
} from '../../../schema/commands/outbound-sales-orders.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import { findLine, type Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import type { OrderLine } from '../domain/order-line.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import type { OrdersServices } from './orders-services.ts';

type OnSale<Name> = Extract<PendingCommand, { readonly name: Name }>;

interface About<Name> {
  readonly order: Order;
  readonly command: OnSale<Name>;
}

type Outbound = Pick<OrdersServices, 'outbound'>;

/**
 * Has the ERP keep the order as it was when the command was decided, by way of the ERP's queue. Orders go before what is
 * only for the books.
 */
export async function submitSalesOrder(
  { outbound }: Outbound,
  { order, command }: About<'record-sales-order'>,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const payload: RecordSalesOrder = {
    order: order.id,
    channel: order.channel,
    number: order.externalId,
    customer: order.customer,
    currency: order.currency,
    placedAt: new Date(order.placedAtMs).toISOString(),
    lines: command.lines.map(({ line: id, quantity, unitPriceMinor, reservations }) => {
      const line = lineOf(order, id);
      const own = order.sale?.reservations?.filter((each) => each.line === id) ?? [];
      return {
        ...named(line),
        unitPriceMinor,
        quantity: formatQuantity(quantity, line.decimals),
        reservations: [...(reservations ?? own.map(({ reservation }) => reservation))],
      };
    }),
    totalMinor: command.totalMinor,
  };
  const submission = await outbound.submit(commandOf({ order, command }, { lane: 'ORDERS', payload, correlationId }));
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  const { document } = parseAs<RecordedSalesOrder>(recordSalesOrder.reply, submission.result, command.name);
  return { status: 'DONE', ...(document !== null && { document }) };
}

/** Has the ERP invoice a parcel, by way of the ERP's queue. */
export async function submitInvoice(
  { outbound }: Outbound,
  { order, command }: About<'request-invoice'>,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const shipment = order.shipments.find(({ id }) => id === command.shipment);
  invariant(shipment, 'An order has lost a shipment.', { shipment: command.shipment });
  const payload: RequestInvoice = {
    order: order.id,
    channel: order.channel,
    shipment: shipment.id,
    shippedAt: new Date(shipment.shippedAtMs).toISOString(),
    location: shipment.location,
    currency: order.currency,
    lines: shipment.lines.map(({ line: id, quantity }) => {
      const line = lineOf(order, id);
      const { unitPriceMinor, decimals } = line;
      return { ...named(line), unitPriceMinor, quantity: formatQuantity(quantity, decimals) };
    }),
    amountMinor: command.amountMinor,
    totalMinor: command.totalMinor,
  };
  const submission = await outbound.submit(commandOf({ order, command }, { lane: 'FINANCE', payload, correlationId }));
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  const { invoice } = parseAs<RequestedInvoice>(requestInvoice.reply, submission.result, command.name);
  return { status: 'DONE', invoice };
}

interface Submitted {
  readonly lane: 'ORDERS' | 'FINANCE';
  readonly payload: RecordSalesOrder | RequestInvoice;
  readonly correlationId: string;
}

function commandOf(
  { order, command }: About<'record-sales-order' | 'request-invoice'>,
  { lane, payload, correlationId }: Submitted,
) {
  const { system, id: key, name } = command;
  return { system, key, name, lane, group: order.id, ref: `${OUTBOUND_REF}${order.id}`, payload, correlationId };
}

const named = ({ id, lineNo, sku }: OrderLine) => ({ orderLine: id, lineNo, sku });

function lineOf(order: Order, id: string): OrderLine {
  const line = findLine(order, id);
  invariant(line, 'An order has lost a line.', { line: id });
  return line;
}
