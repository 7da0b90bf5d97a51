import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { formatQuantity, type Steps } from '../../../../kernel/model/quantity.ts';
import type { NewLine } from '../capture-order.ts';
import { DEAD_STATES, LEFT_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import type { LinePrice, OrderEdit } from './order-edit.ts';
import type { OrderLine } from '../order-line.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { countUnits } from '../units.ts';

/** What a platform tells of a change, in its own meaning. Lines are read in steps. */
export type ToldChange =
  /** The order as it is to be. */
  | { readonly meaning: 'WHOLE_ORDER'; readonly lines: readonly NewLine[]; readonly shipping?: Shipping }
  /** What differs; `ordered` below zero is so much less. */
  | { readonly meaning: 'LINE_DELTAS'; readonly lines: readonly NewLine[] };

type Shipping = NonNullable<OrderEdit['shipping']>;

export type Translated = Pick<OrderEdit, 'newLines' | 'addedUnits' | 'takenUnits' | 'prices' | 'shipping'>;

/** What a change means for the order as it is. Nothing of it: the order is so already. */
export function translateChange(order: Order, change: ToldChange): Translated | RefusalValue {
  return change.meaning === 'WHOLE_ORDER' ? wholeOrder(order, change) : lineDeltas(order, change.lines);
}

interface Draft {
  readonly newLines: NewLine[];
  readonly addedUnits: LineQuantity[];
  readonly takenUnits: LineQuantity[];
  readonly prices: LinePrice[];
}

const emptyDraft = (): Draft => ({ newLines: [], addedUnits: [], takenUnits: [], prices: [] });

/** Lines of the same SKU belong together, those of the same price before others; what is not told any more is taken out. */
function wholeOrder(order: Order, { lines, shipping }: Extract<ToldChange, { meaning: 'WHOLE_ORDER' }>): Translated {
  const draft = emptyDraft();
  const left = order.lines.filter((line) => aliveOf(line) > 0);
  const pairs = lines.map((wanted) => ({ wanted, line: takeLine(left, wanted, true) }));
  for (const { wanted, line: exact } of pairs) {
    const line = exact ?? takeLine(left, wanted, false);
    if (line) bringTo(draft, line, wanted);
    else draft.newLines.push(wanted);
  }
  for (const line of left) draft.takenUnits.push({ line: line.id, quantity: aliveOf(line) });
  return translated(draft, shipping && !isCharged(order, shipping) ? shipping : undefined);
}

function takeLine(left: OrderLine[], { sku, unitPriceMinor }: NewLine, isExact: boolean): OrderLine | undefined {
  const at = left.findIndex((line) => line.sku === sku && (!isExact || line.unitPriceMinor === unitPriceMinor));
  return at < 0 ? undefined : left.splice(at, 1)[0];
}

function bringTo(draft: Draft, line: OrderLine, wanted: NewLine): void {
  const change = wanted.ordered - aliveOf(line);
  if (change > 0) draft.addedUnits.push({ line: line.id, quantity: change });
  if (change < 0) draft.takenUnits.push({ line: line.id, quantity: -change });
  const { discounts = [], taxes, unitPriceMinor } = wanted;
  const isRepriced = unitPriceMinor !== line.unitPriceMinor;
  const isResized = change !== 0;
  const price: LinePrice = {
    line: line.id,
    ...(isRepriced && { unitPriceMinor }),
    ...((isResized || !isAlike(discounts, line.discounts ?? [])) && { discounts }),
    ...(taxes && (isResized || !isAlike(taxes, line.taxes ?? [])) && { taxes }),
  };
  // Of a line that has left in part the rest follows in proportion.
  const hasLeft = countUnits(line.units, { states: LEFT_STATES }) > 0;
  if (Object.keys(price).length > 1 && (isRepriced || !hasLeft)) draft.prices.push(price);
}

/** More goes to a line of the same price, or is a line of its own; less comes from the newest lines first. */
function lineDeltas(order: Order, lines: readonly NewLine[]): Translated | RefusalValue {
  const draft = emptyDraft();
  const left = new Map(order.lines.map((line) => [line.id, aliveOf(line)]));
  for (const delta of lines) {
    if (delta.ordered > 0) addMore(draft, order, delta);
    const missing = delta.ordered < 0 ? takeLess(draft, order, { delta, left }) : 0;
    if (missing === 0) continue;
    return refuse('ILLEGAL_TRANSITION', `The order has fewer units of ${delta.sku} than were taken away.`, {
      sku: delta.sku,
      missing: formatQuantity(missing, delta.decimals),
    });
  }
  return translated(draft);
}

function addMore({ addedUnits, newLines }: Draft, order: Order, delta: NewLine): void {
  const same = order.lines.find(({ sku, unitPriceMinor, ...line }) => {
    return (
      sku === delta.sku && unitPriceMinor === delta.unitPriceMinor && !addedUnits.some((each) => each.line === line.id)
    );
  });
  if (same) addedUnits.push({ line: same.id, quantity: delta.ordered });
  else newLines.push(delta);
}

/** @returns what could not be taken */
function takeLess(
  { takenUnits }: Draft,
  order: Order,
  { delta, left }: { readonly delta: NewLine; readonly left: Map<string, Steps> },
): Steps {
  let missing = -delta.ordered;
  for (const line of order.lines.toReversed()) {
    const quantity = line.sku === delta.sku ? Math.min(missing, left.get(line.id) ?? 0) : 0;
    if (quantity === 0) continue;
    missing -= quantity;
    left.set(line.id, (left.get(line.id) ?? 0) - quantity);
    const at = takenUnits.findIndex((each) => each.line === line.id);
    if (at < 0) takenUnits.push({ line: line.id, quantity });
    else takenUnits[at] = { line: line.id, quantity: (takenUnits[at]?.quantity ?? 0) + quantity };
  }
  return missing;
}

/** What of a line was not called off, also what has left already. */
const aliveOf = ({ ordered, units }: OrderLine): Steps => ordered - countUnits(units, { states: DEAD_STATES });

function isCharged({ charges }: Order, { amountMinor }: Shipping): boolean {
  const carriage = charges.filter(({ kind }) => kind === 'SHIPPING');
  return carriage.reduce((sum, charge) => sum + charge.amountMinor, 0) === amountMinor;
}

interface Amount {
  readonly amountMinor: number;
}

const isAlike = (a: readonly Amount[], b: readonly Amount[]): boolean =>
  a.length === b.length && a.every(({ amountMinor }, index) => amountMinor === b[index]?.amountMinor);

function translated({ newLines, addedUnits, takenUnits, prices }: Draft, shipping?: Shipping): Translated {
  return {
    ...(newLines.length > 0 && { newLines }),
    ...(addedUnits.length > 0 && { addedUnits }),
    ...(takenUnits.length > 0 && { takenUnits }),
    ...(prices.length > 0 && { prices }),
    ...(shipping && { shipping }),
  };
}
