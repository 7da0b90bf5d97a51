import { parseQuantity } from '../../../../kernel/model/quantity.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { OrderTransfer } from './order-transfer.ts';
import { enqueue } from '../pending-command.ts';
import { freeClaims } from '../claims/settle-allocation.ts';
import { note } from '../timeline.ts';

export type BringSettlement = Settlement<PendingOf<'bring-stock'>>;

/** The ledger brings the goods, or refused. What was called off meanwhile is given up by `withTransfers`. */
export function settleBring(order: Order, settlement: BringSettlement): Order {
  const { command, outcome, told } = settlement;
  if (outcome.status !== 'DONE') return freeClaims(order, settlement);
  const { transfer: id, from, to } = command.request;
  const lines: OrderTransfer['lines'][number][] = [];
  const lineNos: number[] = [];
  let state = order;
  for (const asked of command.request.lines) {
    const line = findLine(state, asked.orderLine);
    if (!line) continue;
    const quantity = parseQuantity(asked.quantity, line.decimals);
    lines.push({ line: line.id, coming: quantity, onTheWay: 0, arrived: 0 });
    const claim = line.claims.find(({ reservation }) => reservation === asked.reservation);
    if (!claim) continue;
    lineNos.push(line.lineNo);
    const rest = { ...claim, quantity: claim.quantity - quantity, commandId: null, location: null };
    const coming = { reservation: null, quantity, commandId: null, location: null, transfer: id };
    const claims = line.claims.flatMap((each) => {
      if (each !== claim) return [each];
      return rest.quantity > 0 ? [rest, coming] : [coming];
    });
    state = withLine(state, { ...line, sourcing: 'OPEN', claims });
  }
  const { isRunBySystem } = command;
  const transfer: OrderTransfer = { id, from, to, status: 'APPROVED', lines, ...(isRunBySystem && { isRunBySystem }) };
  state = { ...state, transfers: [...(state.transfers ?? []), transfer] };
  if (lineNos.length === 0) return state;
  const noted = note(state, {
    type: 'TRANSFER_PLANNED',
    summary: `${from} sends the goods to ${to}, where they are collected.`,
    told,
    visibility: 'AGENT',
    lineNos,
  });
  return isRunBySystem ? handOver(noted, transfer) : noted;
}

/** The system that runs the location has to be asked for it as for any work. */
function handOver(order: Order, { id: transfer, from: location, lines }: OrderTransfer): Order {
  const asked = lines.map(({ line, coming: quantity }) => ({ line, quantity }));
  return enqueue(order, (id) => ({ id, name: 'release-work', location, lines: asked, transfer }));
}
