import { isRefusal } from '../../../../kernel/model/errors.ts';
import { cancelOrder } from '../calling-off/cancel-order.ts';
import { noteIfRefused, type PendingOf, type Settlement } from '../command-outcome.ts';
import { isAccepted, isOpen } from './due-money.ts';
import { addHold, BY_HUB, endAwaiting } from '../holds/hold.ts';
import { LEFT_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import type { Told } from '../told.ts';
import { lineMoneyOf, shareOfUnits } from './order-money.ts';
import { enqueue } from '../pending-command.ts';
import { note } from '../timeline.ts';
import { billedOf, sumOf, totalsOf } from './totals.ts';
import { countUnits } from '../units.ts';

/** What becomes of an order whose taxes are not those of the tax system. */
export type TaxMismatch = 'NOTE' | 'HOLD' | 'REFUSE';

/** How the taxes of an order are checked. JSON data. */
export interface TaxCheck {
  /** The tax system, by its name as a source. */
  readonly system: string;
  /** Where the goods are taxed, ISO 3166 alpha-2. */
  readonly country: string;
  readonly onMismatch: TaxMismatch;
  /** FAILED: the system could not say. */
  readonly state: 'NEW' | 'ASKED' | 'MATCHED' | 'DIFFERS' | 'FAILED';
  /** The system's id of its quote; null before it. */
  readonly quote: string | null;
  /** The taxes of the whole order by the quote. Absent: there is none, or it was not kept. */
  readonly quotedMinor?: number;
  /** True once the taxes are to be booked. */
  readonly isBooked: boolean;
  /** What the system calls the booking. Absent: it has not said. */
  readonly document?: string;
  /** Why the system does not book. Absent: it has not said no. */
  readonly notBookedBecause?: string;
}

/** A tax system's taxes in minor units, by line id and `charge-<n>`. */
export interface QuotedTaxes {
  readonly quote: string;
  readonly minorByRef: Readonly<Record<string, number>>;
}

export interface TaxedItem {
  readonly ref: string;
  readonly sku: string | null;
  readonly amountMinor: number;
}

/** What a hold awaits until the tax system has answered. */
const TAXES = 'taxes';

const chargeRef = (index: number): string => `charge-${index + 1}`;

/** What is taxed: lines with everything taken off that is taken off them, and charges that are no discount. */
export function taxedItems(order: Order): readonly TaxedItem[] {
  const money = lineMoneyOf(order);
  const lines = order.lines.map(({ id, sku }, index) => {
    const { itemsMinor = 0, discountsMinor = 0 } = money[index] ?? {};
    return { ref: id, sku, amountMinor: itemsMinor - discountsMinor };
  });
  const charges = order.charges.flatMap(({ kind, amountMinor }, index) =>
    kind === 'DISCOUNT' ? [] : [{ ref: chargeRef(index), sku: null, amountMinor }],
  );
  return [...lines, ...charges];
}

/** What of the order left, as its taxes are booked: amounts with tax where the prices include it. */
export function bookedItems(order: Order): readonly (Omit<TaxedItem, 'sku'> & { readonly taxMinor: number })[] {
  const { pricesIncludeTax = true } = order;
  const money = lineMoneyOf(order);
  return order.lines.flatMap((line, index) => {
    const { id, units } = line;
    const ordered = billedOf(line);
    const quantity = countUnits(units, { states: LEFT_STATES });
    const { grandMinor = 0, taxMinor: wholeTaxMinor = 0 } = money[index] ?? {};
    if (quantity === 0) return [];
    const part = (minor: number): number => shareOfUnits(minor, { from: 0, quantity, ordered });
    const taxMinor = part(wholeTaxMinor);
    return [{ ref: id, amountMinor: part(grandMinor) - (pricesIncludeTax ? 0 : taxMinor), taxMinor }];
  });
}

/** Has the taxes checked once the stock is claimed, and booked once nothing is left to be sent. */
export function settleTaxes(order: Order, told: Told): Order {
  const { taxCheck } = order;
  if (!taxCheck) return order;
  if (taxCheck.state === 'NEW') return isAccepted(order) ? ask(order, taxCheck, told) : order;
  const hasLeft = order.lines.some(({ units }) => countUnits(units, { states: LEFT_STATES }) > 0);
  if (taxCheck.isBooked || taxCheck.state === 'ASKED' || isOpen(order) || !hasLeft) return order;
  const booking = enqueue(order, (id) => ({ id, name: 'confirm-tax', system: taxCheck.system }));
  return { ...booking, taxCheck: { ...taxCheck, isBooked: true } };
}

/**
 * The order costs something else: its taxes are checked anew, and an answer to the question before says nothing any more. An
 * order that was taken on is not called off for its taxes, but held.
 */
export function checkTaxesAgain(order: Order, told: Told): Order {
  const { taxCheck } = order;
  if (!taxCheck || taxCheck.state === 'NEW' || taxCheck.isBooked) return order;
  const { system, onMismatch } = taxCheck;
  const pending = order.pending.filter(({ name }) => name !== 'quote-tax');
  const again = { ...taxCheck, state: 'NEW', onMismatch: onMismatch === 'REFUSE' ? 'HOLD' : onMismatch } as const;
  const reason = 'The order was changed; its taxes are checked anew.';
  const end = { state: 'RESOLVED', by: BY_HUB, authority: system, reason, told } as const;
  return endAwaiting({ ...order, pending, taxCheck: again }, TAXES, end);
}

function ask(order: Order, taxCheck: TaxCheck, told: Told): Order {
  const { system } = taxCheck;
  const asked = enqueue(order, (id) => ({ id, name: 'quote-tax', system }));
  const reason = `${system} has not confirmed the taxes yet.`;
  const hold = { type: 'TAX_PENDING', placedBy: BY_HUB, authority: system, reason, awaits: TAXES } as const;
  return addHold({ ...asked, taxCheck: { ...taxCheck, state: 'ASKED' } }, hold, told);
}

/** The tax system has answered, or cannot say. */
export function settleQuote(order: Order, { outcome, told }: Settlement<PendingOf<'quote-tax'>>): Order {
  const { taxCheck } = order;
  if (taxCheck?.state !== 'ASKED') return order;
  const { system } = taxCheck;
  const answered = {
    state: 'RESOLVED',
    by: BY_HUB,
    authority: system,
    reason: `${system} has answered.`,
    told,
  } as const;
  const free = endAwaiting(order, TAXES, answered);
  const quoted = outcome.status === 'DONE' ? outcome.taxes : undefined;
  if (!quoted) {
    const words = outcome.status === 'REFUSED' ? outcome.message : 'it gave no answer';
    const failed = { ...free, taxCheck: { ...taxCheck, state: 'FAILED' as const } };
    return differing(failed, { taxCheck, told, reason: `${system} cannot tell the taxes: ${words}`, details: {} });
  }
  const { quote, minorByRef } = quoted;
  const quotedMinor = Object.values(minorByRef).reduce((sum, minor) => sum + minor, 0);
  const { taxMinor } = totalsOf(order);
  const isSame = taxMinor === quotedMinor && taxesByRef(order).every(([ref, minor]) => minorByRef[ref] === minor);
  const state = isSame ? 'MATCHED' : 'DIFFERS';
  const checked: Order = { ...free, taxCheck: { ...taxCheck, state, quote, quotedMinor } };
  if (isSame) return checked;
  const reason = `The taxes are ${taxMinor}, and ${quotedMinor} by ${system} (minor units), or lie on other lines.`;
  return differing(checked, { taxCheck, told, reason, details: { taxMinor, quotedMinor } });
}

/** The tax system has booked the taxes, or will not. */
export function settleBooking(order: Order, settlement: Settlement<PendingOf<'confirm-tax'>>): Order {
  const { outcome } = settlement;
  const { taxCheck } = order;
  const state = noteIfRefused(order, settlement);
  if (!taxCheck) return state;
  if (outcome.status === 'REFUSED') return { ...state, taxCheck: { ...taxCheck, notBookedBecause: outcome.message } };
  return outcome.document === undefined ? state : { ...state, taxCheck: { ...taxCheck, document: outcome.document } };
}

/** OPEN: something of the order is still to leave, or nothing has left. */
export function bookingOf({ taxCheck, pending }: Order): 'OPEN' | 'ASKED' | 'BOOKED' | 'REFUSED' {
  if (!taxCheck?.isBooked) return 'OPEN';
  if (taxCheck.notBookedBecause !== undefined) return 'REFUSED';
  return pending.some(({ name }) => name === 'confirm-tax') ? 'ASKED' : 'BOOKED';
}

function taxesByRef(order: Order): readonly (readonly [ref: string, minor: number])[] {
  const lines = order.lines.map(({ id, taxes }) => [id, sumOf(taxes)] as const);
  const charges = order.charges.flatMap(({ kind, taxes }, index) =>
    kind === 'DISCOUNT' ? [] : [[chargeRef(index), sumOf(taxes)] as const],
  );
  return [...lines, ...charges];
}

interface Difference {
  readonly taxCheck: TaxCheck;
  readonly told: Told;
  readonly reason: string;
  readonly details: Readonly<Record<string, number>>;
}

function differing(order: Order, { taxCheck, told, reason, details }: Difference): Order {
  const { system, onMismatch } = taxCheck;
  const noted = note(order, { type: 'TAXES_DIFFER', summary: reason, told, visibility: 'AGENT' });
  if (onMismatch === 'NOTE') return noted;
  if (onMismatch === 'REFUSE') {
    const off = cancelOrder(noted, { type: 'CancelOrder', reason: 'PRICE_ERROR', wmsLocations: [], told });
    if (!isRefusal(off)) return { ...off.state, rejection: { code: 'TOTALS_MISMATCH', message: reason, details } };
  }
  return addHold(noted, { type: 'TAX_PENDING', placedBy: BY_HUB, authority: system, reason }, told);
}
