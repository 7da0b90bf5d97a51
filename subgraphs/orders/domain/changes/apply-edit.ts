import { isRefusal, refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Steps } from '../../../../kernel/model/quantity.ts';
import { repriced } from '../money/billed-units.ts';
import { newLine, type NewLine } from '../capture-order.ts';
import { capturedUnits } from '../money/captured-units.ts';
import { checkPrices } from '../money/check-prices.ts';
import { followMoney } from '../money/follow-money.ts';
import { DEAD_STATES, LINE_STATES } from '../line-state.ts';
import { findLine, ORDER_LIMITS, withLine, type Order } from '../order.ts';
import type { OpenEdit, OrderEdit } from './order-edit.ts';
import type { OrderLine } from '../order-line.ts';
import { readdress } from './readdress.ts';
import { redirect } from './redirect.ts';
import { substitute } from './substitute.ts';
import { takeUnits } from './take-units.ts';
import { checkTaxesAgain } from '../money/tax-check.ts';
import { note } from '../timeline.ts';
import { totalsOf } from '../money/totals.ts';
import { addCell, countUnits } from '../units.ts';

type Applied = Pick<OpenEdit, 'edit' | 'wmsLocations' | 'redirectable' | 'told'>;

/**
 * The order as the change leaves it. Units that are new are CAPTURED until their claim is put behind them; the command that
 * claims them is not made here.
 */
export function applyEdit(
  order: Order,
  { edit, wmsLocations, redirectable = [], told }: Applied,
): Order | RefusalValue {
  const taken = takeUnits(order, edit.takenUnits ?? [], { into: 'CANCELLED', wmsLocations });
  const grown = (edit.addedUnits ?? []).reduce(addUnits, (edit.newLines ?? []).reduce(addLine, taken));
  const replaced = edit.substitution
    ? substitute(grown, edit.substitution, { by: edit.by, wmsLocations, told })
    : grown;
  const priced = withPrices(replaced, edit);
  if (!priced.lines.some(isAlive)) {
    return refuse('ILLEGAL_TRANSITION', 'Nothing would be left of the order; call it off instead.', {
      order: order.id,
    });
  }
  const mispriced = checkPrices(priced.lines, priced.charges) ?? checkTotal(priced);
  if (mispriced) return mispriced;
  const elsewhere = readdress(redirect(priced, edit.destination), { before: priced, edit, redirectable, told });
  const paid = followMoney(checkTaxesAgain(elsewhere, told), edit.tenders, told);
  if (isRefusal(paid)) return paid;
  const revision = (order.revision ?? 1) + 1;
  return note(
    { ...paid, revision },
    { type: 'ORDER_CHANGED', summary: summaryOf(edit), told, visibility: 'CUSTOMER', lineNos: lineNosOf(order, edit) },
  );
}

const isAlive = ({ units }: OrderLine): boolean =>
  countUnits(units, { states: LINE_STATES.filter((state) => !DEAD_STATES.includes(state)) }) > 0;

function addLine(order: Order, line: NewLine): Order {
  const lineNo = order.lines.length + 1;
  const added = newLine(line, { order: order.id, lineNo, unitsOf: capturedUnits });
  return { ...order, lines: [...order.lines, added] };
}

function addUnits(order: Order, { line: id, quantity }: { readonly line: string; readonly quantity: Steps }): Order {
  const line = findLine(order, id) as OrderLine;
  const units = addCell(line.units, { state: 'CAPTURED', location: null, quantity });
  return withLine(order, repriced({ ...line, units }, { ordered: line.ordered + quantity }));
}

function withPrices(order: Order, { prices = [], shipping }: OrderEdit): Order {
  const priced = prices.reduce((state, { line: id, ...pricing }) => {
    return withLine(state, repriced(findLine(state, id) as OrderLine, pricing));
  }, order);
  if (!shipping) return priced;
  const others = priced.charges.filter(({ kind }) => kind !== 'SHIPPING');
  return {
    ...priced,
    charges: [...others, { kind: 'SHIPPING' as const, ...shipping }].slice(-ORDER_LIMITS.chargesMax),
  };
}

function checkTotal(order: Order): RefusalValue | undefined {
  const { grandMinor } = totalsOf(order);
  if (grandMinor >= 0) return undefined;
  return refuse('TOTALS_MISMATCH', 'More would be taken off the order than it costs.', { grandMinor });
}

function summaryOf({ by, reason, authority, substitution }: OrderEdit): string {
  const allowed = authority === undefined ? '' : ` ${authority} allows it.`;
  const what = substitution ? `${substitution.by.sku} takes the place of what cannot be had` : 'The order was changed';
  return `${what}, by ${by}: ${reason}${allowed}`;
}

/** Nothing: the change is about the whole order. */
function lineNosOf(
  order: Order,
  { addedUnits = [], takenUnits = [], prices = [], newLines = [], substitution }: OrderEdit,
) {
  const told = [...addedUnits, ...takenUnits, ...prices, ...(substitution ? [substitution] : [])];
  const known = told.map(({ line }) => findLine(order, line)?.lineNo ?? 0);
  const fresh = [...newLines, ...(substitution ? [substitution.by] : [])].map(
    (_, index) => order.lines.length + index + 1,
  );
  return [...known, ...fresh];
}
