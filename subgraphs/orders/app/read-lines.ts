import { Refusal } from '../../../kernel/model/errors.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import type { TellsLines } from '../domain/order-command.ts';
import { findLine, type LineQuantity, type Order } from '../domain/order.ts';

export interface LineText {
  readonly orderLine: string;
  readonly quantity: string;
}

/**
 * Lines of a command in the steps of the order's SKUs.
 * @throws {Refusal} UNKNOWN_ORDER_LINE, INVALID_QUANTITY
 */
export function readLines(order: Order, lines: readonly LineText[]): readonly LineQuantity[] {
  return lines.map(({ orderLine, quantity }) => {
    const line = findLine(order, orderLine);
    if (!line) throw new Refusal('UNKNOWN_ORDER_LINE', `The order has no line ${orderLine}.`, { line: orderLine });
    return { line: orderLine, quantity: parsePositiveQuantity(quantity, line.decimals) };
  });
}

/** Lines of a fact: what does not fit the order is kept as words, because a fact is never refused. */
export function readToldLines(order: Order, lines: readonly LineText[]): TellsLines {
  const read: LineQuantity[] = [];
  const misfits: string[] = [];
  for (const line of lines) {
    try {
      read.push(...readLines(order, [line]));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      misfits.push(error.message);
    }
  }
  return { lines: read, misfits };
}
