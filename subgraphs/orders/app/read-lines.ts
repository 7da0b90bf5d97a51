import { Refusal } from '../../../kernel/model/errors.ts';
import { parsePositiveInUnit } from '../../../kernel/model/convert-quantity.ts';
import type { TellsLines } from '../domain/order-command.ts';
import { findLine, type Order } from '../domain/order.ts';
import type { LineQuantity } from '../domain/parcels/shipment.ts';
import type { KnownSku } from './registry.ts';

export interface LineText {
  readonly orderLine: string;
  readonly quantity: string;
}

/** A line of a fact, in any unit of its SKU. */
interface ToldLine extends LineText {
  readonly sku: string;
  readonly unit?: string;
}

const NOTHING_KNOWN: ReadonlyMap<string, KnownSku> = new Map();

/**
 * Lines of a command in the steps of the order's SKUs.
 * @throws {Refusal} UNKNOWN_ORDER_LINE, INVALID_QUANTITY
 */
export function readLines(
  order: Order,
  lines: readonly (LineText & Partial<ToldLine>)[],
  known = NOTHING_KNOWN,
): readonly LineQuantity[] {
  return lines.map((told) => {
    const { orderLine, sku = '', unit } = told;
    const line = findLine(order, orderLine);
    if (!line) throw new Refusal('UNKNOWN_ORDER_LINE', `The order has no line ${orderLine}.`, { line: orderLine });
    const measured = (unit === undefined ? undefined : known.get(sku)) ?? line;
    return { line: orderLine, quantity: parsePositiveInUnit(told, { ...measured, decimals: line.decimals }) };
  });
}

/** Lines of a fact: what does not fit the order is kept as words, because a fact is never refused. */
export function readToldLines(
  order: Order,
  lines: readonly ToldLine[],
  known: ReadonlyMap<string, KnownSku>,
): TellsLines {
  const read: LineQuantity[] = [];
  const misfits: string[] = [];
  for (const line of lines) {
    try {
      read.push(...readLines(order, [line], known));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      misfits.push(error.message);
    }
  }
  return { lines: read, misfits };
}
