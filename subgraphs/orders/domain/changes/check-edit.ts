import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { formatQuantity, type Steps } from '../../../../kernel/model/quantity.ts';
import { checkPrices } from '../money/check-prices.ts';
import { LEFT_STATES, OPEN_STATES } from '../line-state.ts';
import { checkDestination } from './check-destination.ts';
import { findLine, ORDER_LIMITS, type Order } from '../order.ts';
import type { LinePrice, OpenEdit, OrderEdit } from './order-edit.ts';
import type { OrderLine } from '../order-line.ts';
import { hasLeft } from '../calling-off/partial-stop.ts';
import { busyOf, takeableOf, type TakeRules } from './take-units.ts';
import { stateVector, countUnits } from '../units.ts';

/** Why an order cannot be changed so; undefined when it can, as far as can be said without a claim. */
export function checkEdit(
  order: Order,
  edit: OrderEdit,
  systems: Pick<OpenEdit, 'wmsLocations' | 'redirectable'>,
): RefusalValue | undefined {
  if (order.origin !== 'PLACED') return refuse('ILLEGAL_TRANSITION', 'The sale was completed outside of the hub.');
  const isOpen = order.lines.some(({ units }) => countUnits(units, { states: OPEN_STATES }) > 0);
  if (!isOpen || order.status === 'RECEIVED') {
    return refuse('ILLEGAL_TRANSITION', `Nothing of an order that is ${order.status} can be changed.`, {
      status: order.status,
    });
  }
  return (
    checkSize(order, edit) ??
    checkMarketplace(order, edit) ??
    checkLines(order, edit) ??
    checkTaken(order, edit, systems.wmsLocations) ??
    checkPricing(order, edit) ??
    checkDestination(order, edit, systems)
  );
}

function checkSize(order: Order, edit: OrderEdit): RefusalValue | undefined {
  const { newLines = [], addedUnits = [], takenUnits = [], prices = [], substitution, shipping } = edit;
  const isElsewhere = edit.destination !== undefined || edit.addressId !== undefined;
  const parts = newLines.length + addedUnits.length + takenUnits.length + prices.length;
  if (parts === 0 && !substitution && !shipping && !isElsewhere) {
    return refuse('BAD_USER_INPUT', 'The change changes nothing.', { field: 'input' });
  }
  const { linesMax, revisionsMax } = ORDER_LIMITS;
  if (order.lines.length + newLines.length + (substitution ? 1 : 0) > linesMax || parts > 2 * linesMax) {
    return refuse('LIMIT_EXCEEDED', 'The order would have too many lines.', { linesMax });
  }
  if ((order.revision ?? 1) < revisionsMax) return undefined;
  return refuse('LIMIT_EXCEEDED', 'The order was changed too often.', { revisionsMax });
}

/** What a marketplace has sold only the marketplace can sell otherwise; the retailer can no more than call units off. */
function checkMarketplace({ marketplace }: Order, edit: OrderEdit): RefusalValue | undefined {
  if (!marketplace || edit.by === marketplace.system) return undefined;
  const { newLines, addedUnits, prices, shipping, destination, addressId, substitution } = edit;
  const isMore = [newLines, addedUnits, prices].some((parts) => parts && parts.length > 0);
  if (!isMore && !shipping && !destination && addressId === undefined && !substitution) return undefined;
  const { system } = marketplace;
  return refuse('ILLEGAL_TRANSITION', `${system} has sold it so; units can be taken out, and nothing else.`, {
    system,
  });
}

function checkLines(order: Order, { addedUnits = [], takenUnits = [], prices = [], substitution }: OrderEdit) {
  const quantities = [...addedUnits, ...takenUnits].map(({ line }) => line);
  const lists = [quantities, prices.map(({ line }) => line)];
  for (const ids of lists) {
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice === undefined) continue;
    return refuse('BAD_USER_INPUT', `Line ${twice} comes twice.`, { field: 'lines', line: twice });
  }
  const unknown = [...lists.flat(), ...(substitution ? [substitution.line] : [])].find((id) => !findLine(order, id));
  if (unknown === undefined) return undefined;
  return refuse('UNKNOWN_ORDER_LINE', `The order has no line ${unknown}.`, { line: unknown });
}

/** Units that have gone too far cannot be taken out any more. */
function checkTaken(order: Order, edit: OrderEdit, wmsLocations: readonly string[]): RefusalValue | undefined {
  for (const { line, quantity, rules } of takingsOf(order, edit, wmsLocations)) {
    const takeable = takeableOf(order, line, rules) + (rules.location === undefined ? busyOf(line) : 0);
    if (quantity <= takeable) continue;
    const states = stateVector(line.units).map((cell) => ({
      state: cell.state,
      quantity: formatQuantity(cell.quantity, line.decimals),
    }));
    return refuse('ILLEGAL_TRANSITION', `Fewer units of line ${line.lineNo} can still be taken out.`, {
      line: line.id,
      takeable: formatQuantity(takeable, line.decimals),
      states,
    });
  }
  return undefined;
}

/** Whether units that are to be taken out are just being claimed or bound. */
export function isBusyFor(order: Order, edit: OrderEdit, wmsLocations: readonly string[]): boolean {
  return takingsOf(order, edit, wmsLocations).some(
    ({ line, quantity, rules }) => quantity > takeableOf(order, line, rules),
  );
}

interface TakingOf {
  readonly line: OrderLine;
  readonly quantity: Steps;
  readonly rules: TakeRules;
}

function takingsOf(order: Order, edit: OrderEdit, wmsLocations: readonly string[]): readonly TakingOf[] {
  const { takenUnits = [], substitution } = edit;
  const taken = takenUnits.flatMap(({ line: id, quantity }): TakingOf[] => {
    const line = findLine(order, id);
    return line ? [{ line, quantity, rules: { into: 'CANCELLED', wmsLocations } }] : [];
  });
  const replaced = substitution && findLine(order, substitution.line);
  if (!replaced) return taken;
  const { quantity, location } = substitution;
  return [
    ...taken,
    {
      line: replaced,
      quantity,
      rules: { into: 'SUBSTITUTED', wmsLocations, ...(location !== undefined && { location }) },
    },
  ];
}

/** What has left was sold at its price: money for it goes back by a return. */
function checkPricing(order: Order, { prices = [], newLines = [], shipping, authority, substitution }: OrderEdit) {
  if ((prices.length > 0 || shipping) && !authority) {
    return refuse('BAD_USER_INPUT', 'Other prices need somebody who allows them.', { field: 'authority' });
  }
  for (const price of prices) {
    const line = findLine(order, price.line) as OrderLine;
    if (countUnits(line.units, { states: LEFT_STATES }) === 0) continue;
    return refuse('ILLEGAL_TRANSITION', `Units of line ${line.lineNo} have left at their price.`, { line: line.id });
  }
  if (shipping && hasLeft(order)) {
    return refuse('ILLEGAL_TRANSITION', 'A part of the carriage was charged with what has left.', {});
  }
  const fresh = [...newLines, ...(substitution ? [substitution.by] : [])];
  if ([...fresh, ...prices].some(({ unitPriceMinor = 0 }: Partial<LinePrice>) => unitPriceMinor < 0)) {
    return refuse('BAD_USER_INPUT', 'A unit price must not be negative.', { field: 'unitPriceMinor' });
  }
  if (shipping && shipping.amountMinor < 0) {
    return refuse('BAD_USER_INPUT', 'A charge for carriage must not be negative.', { field: 'shipping' });
  }
  return checkPrices(fresh, shipping ? [{ kind: 'SHIPPING', ...shipping }] : []);
}
