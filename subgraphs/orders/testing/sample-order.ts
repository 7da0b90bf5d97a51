import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { captureOrder, type NewOrder } from '../domain/capture-order.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { Told } from '../domain/told.ts';
import { transition } from '../domain/transition.ts';
import type { InventoryModel } from './inventory-model.ts';
import { Refusal } from '../../../kernel/model/errors.ts';

/** When the sample order was placed. */
export const NOW_MS = Date.UTC(2026, 0, 5, 9);

export function told(evidence: string, afterMs = 0): Told {
  return { source: 'wms-north', evidence, occurredAtMs: NOW_MS + afterMs, recordedAtMs: NOW_MS + afterMs + 5 };
}

/** Two lines of 3 and 2 pieces at 1.00 and 2.50, carriage 1.01, paid by card and gift card: 9.01 in all. */
export function sampleOrder(changes: Partial<NewOrder> = {}): Order {
  const order = captureOrder({
    id: 'order-1',
    channel: 'WEB',
    externalId: 'W-1',
    contentHash: 'hash',
    currency: 'GBP',
    customer: 'ann',
    lines: [
      { sku: 'MUG', decimals: 0, ordered: 3, unitPriceMinor: 100 },
      { sku: 'JUG', decimals: 0, ordered: 2, unitPriceMinor: 250 },
    ],
    charges: [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 101 }],
    tenders: [
      { tender: 'CARD', amountMinor: 700 },
      { tender: 'GIFT_CARD', amountMinor: 201 },
    ],
    told: told('placed'),
    ...changes,
  });
  if (isRefusal(order)) throw new Error(order.message);
  return order;
}

/** Applies a command that must not be refused. */
export function apply(order: Order, command: OrderCommand): Order {
  const result = transition(order, command);
  if (isRefusal(result)) throw new Error(`${command.type} was refused: ${result.message}`);
  return result.state;
}

export function refusalOf(order: Order, command: OrderCommand): RefusalValue {
  const result = transition(order, command);
  if (!isRefusal(result)) throw new Error(`${command.type} was not refused.`);
  return result;
}

/** Has the ledger answer the oldest pending command for it, if there is one. */
export function settleNext(order: Order, inventory: InventoryModel): Order {
  const command = order.pending.find((each) => 'request' in each);
  if (!command || !('request' in command)) return order;
  const settle = { type: 'SettleCommand', commandId: command.id, told: told(command.id) } as const;
  try {
    const reply = inventory.answer(command.name, command.request) as { reservations?: [] };
    const { reservations } = reply;
    return apply(order, { ...settle, outcome: { status: 'DONE', ...(reservations && { reservations }) } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, details } = error;
    return apply(order, { ...settle, outcome: { status: 'REFUSED', code, message, details } });
  }
}

/** Has the ledger answer everything that is pending for it. */
export function settleAll(order: Order, inventory: InventoryModel): Order {
  let settled = order;
  for (let round = 0; settled.pending.some((each) => 'request' in each); round++) {
    if (round > 100) throw new Error('The order never comes to rest.');
    settled = settleNext(settled, inventory);
  }
  return settled;
}

/** Allocates every free claim at a location. */
export function allocateAt(order: Order, location: string, inventory: InventoryModel): Order {
  const choices = order.lines.flatMap((line) =>
    line.claims
      .filter((claim) => claim.reservation !== null && claim.commandId === null)
      .map((claim) => ({ line: line.id, reservation: claim.reservation as string, location })),
  );
  const plan = { type: 'PlanAllocation', choices, unsourced: [], givenUp: [], told: told('sourcing') } as const;
  return settleAll(apply(order, plan), inventory);
}

/** Releases what is allocated at a location, its system saying yes. */
export function releaseAt(order: Order, location: string, byHub = false): Order {
  const planned = apply(order, { type: 'PlanRelease', location, byHub, told: told('release') });
  const release = planned.pending.find((each) => each.name === 'release-work');
  if (!release) return planned;
  return apply(planned, {
    type: 'SettleCommand',
    commandId: release.id,
    outcome: { status: 'DONE' },
    told: told(release.id),
  });
}

/** State -> quantity of a line, such as `{ RELEASED: 3 }`. */
export function statesOf(order: Order, lineNo: number): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state, quantity } of order.lines[lineNo - 1]?.units ?? []) {
    counts[state] = (counts[state] ?? 0) + quantity;
  }
  return counts;
}

export const entriesOf = (order: Order): readonly string[] => order.timeline.map((entry) => entry.type);
