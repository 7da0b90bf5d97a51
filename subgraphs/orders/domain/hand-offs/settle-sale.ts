import type { PendingOf, Settlement } from '../command-outcome.ts';
import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { routeAgain } from '../routing/settle-routing.ts';
import type { SaleHandOff, SaleInvoice } from './sale-hand-off.ts';
import { answeredBy, note } from '../timeline.ts';

/** The ERP keeps the order as it was told, or will not. */
export function settleRecording(
  order: Order,
  { command, outcome, told }: Settlement<PendingOf<'record-sales-order'>>,
): Order {
  const { sale } = order;
  if (!sale) return order;
  const { system } = command;
  if (outcome.status === 'REFUSED') {
    const summary = `${system} does not keep the order: ${outcome.message}`;
    return note(withoutHandOvers(order, sale), { type: 'SALES_ORDER_REFUSED', summary, told, visibility: 'AGENT' });
  }
  const document = outcome.document ?? sale.document;
  const isFirst = sale.document === undefined;
  const isMore = order.pending.some(({ name }) => name === 'record-sales-order');
  const state: Order = {
    ...order,
    sale: { ...sale, state: isMore ? 'ASKED' : 'RECORDED', ...(document !== undefined && { document }) },
  };
  return note(state, {
    type: isFirst ? 'SALES_ORDER_RECORDED' : 'SALES_ORDER_CHANGED',
    summary: isFirst ? `${system} keeps the order as ${document}.` : `${system} has brought ${document} up to date.`,
    told: answeredBy(system, document, told),
    visibility: 'AGENT',
  });
}

/** What follows could not be done for an order that the ERP does not have as it is. */
function withoutHandOvers(order: Order, sale: SaleHandOff): Order {
  const { lines: _lines, totalMinor: _totalMinor, ...rest } = sale;
  const pending = order.pending.filter(({ name }) => name !== 'record-sales-order' && name !== 'request-invoice');
  const invoices = sale.invoices.filter(({ state }) => state === 'DONE');
  return { ...order, pending, sale: { ...rest, state: 'REFUSED', invoices } };
}

/** The ERP has invoiced a parcel, or will not. */
export function settleInvoice(
  order: Order,
  { command, outcome, told }: Settlement<PendingOf<'request-invoice'>>,
): Order {
  const { sale } = order;
  if (!sale) return order;
  const { system, shipment } = command;
  const lineNos = lineNosOf(order, shipment);
  if (outcome.status === 'REFUSED') {
    const summary = `${system} does not invoice parcel ${shipment}: ${outcome.message}`;
    const state = withInvoice(order, sale, { shipment, state: 'REFUSED' });
    return note(state, { type: 'INVOICE_REFUSED', summary, told, visibility: 'AGENT', lineNos });
  }
  const { invoice = '' } = outcome;
  const state = withInvoice(order, sale, { shipment, state: 'DONE', invoice });
  const summary = `${system} has invoiced parcel ${shipment} as ${invoice}.`;
  return note(state, {
    type: 'INVOICED',
    summary,
    told: answeredBy(system, invoice, told),
    visibility: 'AGENT',
    lineNos,
  });
}

function withInvoice(order: Order, sale: SaleHandOff, settled: Omit<SaleInvoice, 'amountMinor'>): Order {
  const invoices = sale.invoices.map((each) => (each.shipment === settled.shipment ? { ...each, ...settled } : each));
  return { ...order, sale: { ...sale, invoices } };
}

function lineNosOf({ shipments, lines }: Order, id: string): readonly number[] {
  const inside = shipments.find((shipment) => shipment.id === id)?.lines ?? [];
  return lines.filter(({ id: line }) => inside.some((each) => each.line === line)).map(({ lineNo }) => lineNo);
}

/** Somebody has seen to what the ERP refused: it is told everything again, which it knows by the hub's keys. */
export function handOverAgain(order: Order, command: CommandOf<'HandOverAgain'>): Transition | RefusalValue {
  const routed = routeAgain(order, command);
  if (routed) return routed;
  const { told } = command;
  const { sale } = order;
  const refused = sale?.invoices.filter(({ state }) => state === 'REFUSED') ?? [];
  if (!sale || (sale.state !== 'REFUSED' && refused.length === 0)) {
    return refuse('ILLEGAL_TRANSITION', 'No system has refused anything of the order.', { order: order.id });
  }
  const invoices = sale.invoices.filter(({ state }) => state !== 'REFUSED');
  const state = sale.state === 'REFUSED' ? 'NEW' : sale.state;
  const summary = `${sale.system} is asked again.`;
  const again: Order = { ...order, sale: { ...sale, state, invoices } };
  return { state: note(again, { type: 'HANDED_OVER_AGAIN', summary, told, visibility: 'AGENT' }), events: [] };
}
