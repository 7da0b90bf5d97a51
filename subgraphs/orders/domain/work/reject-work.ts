import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../../kernel/model/quantity.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import { endWork } from '../calling-off/end-work.ts';
import { findLine, type Order } from '../order.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { enqueue, stockLine } from '../pending-command.ts';
import { note } from '../timeline.ts';
import { countUnits } from '../units.ts';

/** Why a location does not do what it was given. */
export type RejectionReason =
  | 'NOT_FOUND'
  | 'DAMAGED'
  | 'MISPLACED'
  | 'CAPACITY'
  | 'STORE_CLOSED'
  | 'IDLE_TIMEOUT'
  | 'AVOID_SPLIT'
  | 'CASCADE_SAME_SKU';

/** Work that nobody has begun. */
const NOT_BEGUN: readonly LineState[] = ['RELEASED', 'ALLOCATED'];

/** The goods are not fit to be found there by others either. */
const MISSING: readonly RejectionReason[] = ['NOT_FOUND', 'DAMAGED', 'MISPLACED'];

export const isMissing = (reason: RejectionReason): boolean => MISSING.includes(reason);

/**
 * A location does not do work that it has not begun: the units go back to be sourced from others, all lines or none. What
 * is missing there is set apart in the ledger, so that nobody else is promised it. Lines that need no goods from there any
 * more, because they are of the same SKU, are rejected along where `cascades` says so.
 */
export function rejectWork(order: Order, command: CommandOf<'RejectWork'>): Transition | RefusalValue {
  const { location, reason, told } = command;
  const lines = command.lines ?? notBegunAt(order, location);
  if (lines.length === 0)
    return refuse('ILLEGAL_TRANSITION', `Nothing at ${location} waits to be begun.`, { location });
  const refusal = findExcess(order, location, lines);
  if (refusal) return refusal;
  const cascaded = command.cascades && isMissing(reason) ? sameSkuAt(order, location, lines) : [];
  const { state } = endWork(order, location, [...lines, ...cascaded]);
  const moved = isMissing(reason) ? setApart(state, command, lines) : state;
  const all = [...lines, ...cascaded];
  const noted = note(moved, {
    type: 'WORK_REJECTED',
    summary: `${location} does not do the work (${reason}); the units are to come from elsewhere.`,
    told,
    visibility: 'AGENT',
    lineNos: all.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  return { state: noted, events: [{ type: 'work-rejected', location, reason, lines }] };
}

/** What of an order a location has been given and has not begun. */
export function notBegunAt(order: Order, location: string): readonly LineQuantity[] {
  return order.lines
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states: NOT_BEGUN, location }) }))
    .filter(({ quantity }) => quantity > 0);
}

function findExcess(order: Order, location: string, lines: readonly LineQuantity[]): RefusalValue | undefined {
  for (const { line: id, quantity } of lines) {
    const line = findLine(order, id);
    if (!line) return refuse('UNKNOWN_ORDER_LINE', `The order has no line ${id}.`, { line: id });
    const available = countUnits(line.units, { states: NOT_BEGUN, location });
    if (quantity <= available) continue;
    return refuse('ILLEGAL_TRANSITION', `Fewer units of line ${line.lineNo} wait to be begun at ${location}.`, {
      line: id,
      available: formatQuantity(available, line.decimals),
    });
  }
  return undefined;
}

/** What else of the same SKUs waits there. */
function sameSkuAt(order: Order, location: string, lines: readonly LineQuantity[]): readonly LineQuantity[] {
  const skus = new Set(lines.map(({ line }) => findLine(order, line)?.sku));
  return notBegunAt(order, location).flatMap(({ line: id, quantity }) => {
    if (!skus.has(findLine(order, id)?.sku)) return [];
    const rejected = lines.find(({ line }) => line === id)?.quantity ?? 0;
    return quantity > rejected ? [{ line: id, quantity: quantity - rejected }] : [];
  });
}

/** Tells the ledger that goods are missing at a location, so that nobody is promised them. */
export function setApart(
  order: Order,
  { location, told }: Pick<CommandOf<'RejectWork'>, 'location' | 'told'>,
  lines: readonly LineQuantity[],
): Order {
  return enqueue(order, (id) => ({
    id,
    name: 'record-movement',
    request: {
      commandId: id,
      kind: 'SHORT_PICK',
      location,
      occurredAt: new Date(told.occurredAtMs).toISOString(),
      document: order.id,
      lines: lines.map((line) => {
        const { orderLine, sku, quantity } = stockLine(order, line);
        return { documentLine: orderLine, sku, quantity };
      }),
    },
  }));
}
