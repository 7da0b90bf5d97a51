import { DEAD_STATES, LEFT_STATES } from '../domain/line-state.ts';
import { keepableOf } from '../domain/money/due-money.ts';
import { authorizedOf, capturedOf, refundableOf, refundedOf } from '../domain/money/payment.ts';
import { totalsOf } from '../domain/money/totals.ts';
import { awaitsReferences } from '../domain/hand-offs/line-references.ts';
import type { SaleHandOff } from '../domain/hand-offs/sale-hand-off.ts';
import { statusOf } from '../domain/order-status.ts';
import type { Order } from '../domain/order.ts';
import { countUnits } from '../domain/units.ts';
import type { LineState } from '../../../schema/events/fields.ts';

/* What holds of every order after every step, whatever came in (I24-I26, I32, the caps of money). */

const TERMINAL: readonly LineState[] = ['CANCELLED', 'REJECTED', 'SUBSTITUTED', 'CLOSED'];
const RULES = ['LOWER_OF', 'SAME', 'SUBSTITUTE_PRICE'];

/** @throws {Error} naming what does not hold */
export function assertWhole(before: Order, after: Order): void {
  assertUnits(before, after);
  must(after.status === statusOf(after.lines), 'the status is that of the units', after.status);
  for (const payment of after.payments) {
    must(capturedOf(payment) <= authorizedOf(payment), 'no more is captured than authorised', payment);
    must(refundedOf(payment) <= capturedOf(payment), 'no more is given back than captured', payment);
    must(refundableOf(payment) >= 0, 'what may be given back is not negative', payment);
  }
  assertCaptured(after);
  assertChanges(after);
  assertHandedOver(after);
}

/** Such as `must(sum === 3, 'three units', sum)`; quicker than a matcher, of which a run would take a hundred thousand. */
export function must(isSo: boolean, what: string, found: unknown): void {
  if (!isSo) throw new Error(`Not so: ${what}. Found ${JSON.stringify(found)}.`);
}

function assertUnits(before: Order, after: Order): void {
  for (const [index, line] of after.lines.entries()) {
    const former = before.lines[index]?.units ?? [];
    const { id, units, ordered } = line;
    must(countUnits(units) === ordered, `${id} has the units that were ordered`, units);
    must(
      units.every((cell) => cell.quantity > 0),
      `${id} has no empty cell`,
      units,
    );
    for (const state of TERMINAL) {
      const isKept = countUnits(units, { states: [state] }) >= countUnits(former, { states: [state] });
      must(isKept, `${id} keeps what is ${state}`, { former, units });
    }
    const left = countUnits(units, { states: LEFT_STATES });
    must(left + countUnits(units, { states: DEAD_STATES }) <= ordered, `${id} loses nothing that has left`, units);
    const inParcels = after.shipments.flatMap((each) => each.lines).filter((each) => each.line === id);
    const parcelled = inParcels.reduce((sum, each) => sum + each.quantity, 0);
    must(parcelled === left, `what has left of ${id} is in parcels`, { parcelled, left });
  }
}

/** Each milestone is told once; the ERP knows what is left of the order, and invoices what has left, once. */
function assertHandedOver({ noticePlan, sale, ...order }: Order): void {
  const keys = noticePlan?.notices.map(({ key }) => key) ?? [];
  must(new Set(keys).size === keys.length, 'each milestone is told once', keys);
  if (!sale || sale.state === 'NEW') return;
  const alive = order.lines.map(({ ordered, units }) => ordered - countUnits(units, { states: DEAD_STATES }));
  const told = order.lines.map(({ id }) => sale.lines?.find(({ line }) => line === id)?.quantity ?? 0);
  must(isSame(told, alive), 'the ERP knows what is left', { told, alive });
  assertReferences(order, sale);
  const invoiced = sale.invoices.map(({ shipment }) => shipment);
  const sent = order.shipments.map(({ id }) => id);
  must(isSame(invoiced, sent), 'each parcel is invoiced once', { invoiced, sent });
  const isOver = order.lines.every(({ units }, index) => countUnits(units, { states: LEFT_STATES }) === alive[index]);
  const invoicedMinor = sale.invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (isOver) must(invoicedMinor === keepableOf(order), 'all parcels are invoiced as what is kept', invoicedMinor);
}

/** Once it has answered, and the ledger has named all claims, the ERP knows each of them. */
function assertReferences({ lines, pending }: Pick<Order, 'lines' | 'pending'>, sale: SaleHandOff): void {
  if (awaitsReferences({ lines }) || pending.some(({ name }) => name === 'record-sales-order')) return;
  for (const { id, claims } of lines) {
    const known = sale.lines?.find(({ line }) => line === id)?.reservations ?? [];
    const named = claims.flatMap(({ reservation }) => (reservation === null ? [] : [reservation]));
    must(
      named.every((name) => known.includes(name)),
      `the ERP knows the claims of ${id}`,
      { known, named },
    );
  }
}

/** What is out of the price is out of the order, and each substitute takes the place of units that were replaced (I32). */
function assertChanges({ lines }: Order): void {
  for (const { id, units, unbilled = 0, substituteFor } of lines) {
    const replaced = countUnits(units, { states: ['SUBSTITUTED'] });
    const out = replaced + countUnits(units, { states: ['CANCELLED'] });
    must(unbilled >= replaced && unbilled <= out, `what ${id} is not charged is out of it`, { unbilled, units });
    const substitutes = lines.flatMap((line) => (line.substituteFor?.line === id ? [line.substituteFor] : []));
    const put = substitutes.reduce((sum, { quantity }) => sum + quantity, 0);
    must(put === replaced, `what was replaced of ${id} has its substitutes`, { put, replaced });
    if (substituteFor) must(RULES.includes(substituteFor.priceRule), 'a substitute has its price rule', substituteFor);
  }
}

function assertCaptured(order: Order): void {
  const captured = order.payments.reduce((sum, payment) => sum + capturedOf(payment), 0);
  const left = order.lines.map((line) => countUnits(line.units, { states: LEFT_STATES }));
  if (order.lines.every((line, index) => left[index] === line.ordered)) {
    must(captured === totalsOf(order).grandMinor, 'what has left altogether is captured altogether', captured);
  }
  if (left.every((quantity) => quantity === 0)) must(captured === 0, 'nothing is captured before it leaves', captured);
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);
