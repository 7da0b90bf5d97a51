import { withLine, type Order } from '../order.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { findLine } from '../order.ts';
import { enqueueDeallocation, type Deallocation } from '../pending-command.ts';
import { withStopped } from './partial-stop.ts';
import { takeBack } from './take-back.ts';

type AtLocation = Deallocation['lines'][number];

export interface EndedWork {
  readonly state: Order;
  /** Units taken back, whichever way. */
  readonly moved: number;
}

/**
 * A location will not do work: units that were to be called off are, the others are to be sourced anew, and their
 * allocations become a reservation again.
 */
export function endWork(order: Order, location: string, lines: readonly LineQuantity[]): EndedWork {
  let state = order;
  const cancelled: AtLocation[] = [];
  const reserved: AtLocation[] = [];
  for (const { line: lineId, quantity } of lines) {
    const line = findLine(state, lineId);
    if (!line) continue;
    const back = takeBack(line, location, quantity);
    state = withLine(state, back.line);
    if (back.cancelled > 0) cancelled.push({ line: lineId, location, quantity: back.cancelled });
    if (back.reserved > 0) reserved.push({ line: lineId, location, quantity: back.reserved });
  }
  state = withStopped(state, location, cancelled);
  state = enqueueDeallocation(state, { lines: cancelled, into: 'NOTHING' });
  state = enqueueDeallocation(state, { lines: reserved, into: 'RESERVE' });
  const commandId = state.pending.at(-1)?.id ?? null;
  for (const { line, quantity } of reserved) state = awaitClaim(state, { line, quantity, commandId });
  return { state, moved: [...cancelled, ...reserved].reduce((sum, each) => sum + each.quantity, 0) };
}

export interface AwaitedClaim extends LineQuantity {
  readonly commandId: string | null;
}

/** RESERVED units whose reservation a pending command will name. */
export function awaitClaim(order: Order, { line: lineId, quantity, commandId }: AwaitedClaim): Order {
  const line = findLine(order, lineId);
  if (!line || quantity === 0) return order;
  const claims = [...line.claims, { reservation: null, quantity, commandId, location: null }];
  return withLine(order, { ...line, claims });
}
