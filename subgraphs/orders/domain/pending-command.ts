import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { isTakenOn } from './acceptance.ts';
import { priorityOfClaim } from './claims/priority-of-claim.ts';
import { findLine, type Order } from './order.ts';
import type { PendingCommand } from './commands-of-order.ts';
import type { LineQuantity } from './parcels/shipment.ts';

/** Decides a command: it is saved with the order and sent until it is answered. */
export function enqueue(order: Order, build: (id: string) => PendingCommand): Order {
  const commandCount = order.commandCount + 1;
  const command = build(`${order.id}/${commandCount}`);
  return { ...order, commandCount, pending: [...order.pending, command] };
}

export function withoutCommand(order: Order, id: string): Order {
  return { ...order, pending: order.pending.filter((command) => command.id !== id) };
}

/** Gives reservations up; none makes no command. */
export function enqueueCancelReservations(order: Order, reservations: readonly string[]): Order {
  if (reservations.length === 0) return order;
  return enqueue(order, (id) => ({
    id,
    name: 'cancel-reservations',
    request: { commandId: id, reservations: [...reservations] },
  }));
}

export interface Deallocation {
  readonly lines: readonly (LineQuantity & { readonly location: string })[];
  /** What becomes of the claim: nothing, or a new reservation. */
  readonly into: 'NOTHING' | 'RESERVE';
}

/** Takes allocations back; none makes no command. */
export function enqueueDeallocation(order: Order, deallocation: Deallocation): Order {
  if (deallocation.lines.length === 0) return order;
  return enqueue(order, (id) => deallocationOf(order, id, deallocation));
}

export function deallocationOf(order: Order, id: string, { lines, into }: Deallocation): PendingCommand {
  return {
    id,
    name: 'deallocate-stock',
    request: {
      commandId: id,
      order: order.id,
      channel: order.channel,
      lines: lines.map(({ location, ...line }) => ({ ...stockLine(order, line), location })),
      // oxlint-disable-next-line unicorn/no-thenable -- the contract's own word; the request is never awaited
      afterwards: into,
    },
  };
}

/** Claims stock for RESERVED units whose claim is gone. */
export function enqueueReservation(order: Order, lines: readonly LineQuantity[]): Order {
  if (lines.length === 0) return order;
  return enqueue(order, (id) => ({
    id,
    name: 'reserve-stock',
    request: {
      commandId: id,
      kind: 'ORDER',
      channel: order.channel,
      owner: order.id,
      ...(isTakenOn(order) && { isAccepted: true as const }),
      ...priorityOfClaim(order),
      lines: lines.map((line) => {
        const { orderLine, sku, quantity } = stockLine(order, line);
        return { lineRef: orderLine, sku, quantity };
      }),
    },
  }));
}

/** A line as the ledger is told about it. */
export function stockLine(order: Order, { line, quantity }: LineQuantity) {
  const found = findLine(order, line);
  return { orderLine: line, sku: found?.sku ?? '', quantity: formatQuantity(quantity, found?.decimals ?? 0) };
}
