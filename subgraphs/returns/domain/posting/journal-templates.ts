import type { Booking } from '../../../../schema/commands/journals.ts';
import type { Tender } from '../../../../schema/events/fields.ts';

/*
 * The entries of returns, as rules of accounts. Debits are more than nothing, credits less; each entry adds up to nothing, for
 * any amounts. What is negative swaps its sides.
 */

/** What an amount is made of, as `return-refund-changed` tells it. */
export interface RefundParts {
  readonly goodsMinor: number;
  readonly shippingMinor: number;
  readonly otherMinor: number;
  /** Of these three, tax. */
  readonly taxMinor: number;
  readonly feesMinor: number;
  readonly withheldMinor: number;
  readonly offsetMinor: number;
}

type TenderAmount = { readonly tender: Tender; readonly amountMinor: number };

/** Goods are in stock again, at what they cost. */
export function restock(valueMinor: number, location: string): readonly Booking[] {
  return [
    { account: 'INVENTORY', dimension: location, amountMinor: valueMinor },
    { account: 'COGS', amountMinor: 0 - valueMinor },
  ];
}

/** Goods came back and are worth nothing any more. */
export function unsaleable(valueMinor: number, reason: string): readonly Booking[] {
  return [
    { account: 'RETURN_LOSS', dimension: reason, amountMinor: valueMinor },
    { account: 'COGS', amountMinor: 0 - valueMinor },
  ];
}

/**
 * The customer is owed money: the amount of the refund. What it is smaller by because the customer has that already is no
 * return of goods twice. Tax that is told as one sum is taken from goods and carriage in proportion.
 */
export function refundAccrual(parts: RefundParts): readonly Booking[] {
  const { goodsMinor, shippingMinor, otherMinor, taxMinor, feesMinor } = parts;
  const lessMinor = parts.withheldMinor + parts.offsetMinor;
  const goods = goodsMinor + otherMinor;
  const shippingTax = shareOf(taxMinor, shippingMinor, goods + shippingMinor);
  const owed = goods + shippingMinor - feesMinor - lessMinor;
  return [
    { account: 'RETURNS', amountMinor: goods - (taxMinor - shippingTax) - lessMinor },
    { account: 'SHIPPING_REVENUE', amountMinor: shippingMinor - shippingTax },
    { account: 'TAX_PAYABLE', amountMinor: taxMinor },
    { account: 'RETURN_FEES', amountMinor: 0 - feesMinor },
    { account: 'CUSTOMER_LIABILITY', amountMinor: 0 - owed },
  ];
}

/** The customer has the money: by tender, and what no tender is told of by the payments of the order. */
export function refundPaid(amountMinor: number, tenders: readonly TenderAmount[]): readonly Booking[] {
  const told = tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  const rest: Booking = { account: 'CLEARING', amountMinor: 0 - (amountMinor - told) };
  const paid = [...tenders.map(paidBy), rest];
  const toCustomer = 0 - paid.reduce((sum, booking) => sum + booking.amountMinor, 0);
  return [{ account: 'CUSTOMER_LIABILITY', amountMinor: toCustomer }, ...paid];
}

/** The customer owes what was given back and was not due after all. */
export function charge(amountMinor: number): readonly Booking[] {
  return [
    { account: 'CUSTOMER_LIABILITY', amountMinor },
    { account: 'RETURNS', amountMinor: 0 - amountMinor },
  ];
}

/** The customer has paid what was owed. */
export function chargePaid(amountMinor: number): readonly Booking[] {
  return [
    { account: 'CLEARING', amountMinor },
    { account: 'CUSTOMER_LIABILITY', amountMinor: 0 - amountMinor },
  ];
}

/** On account nothing is paid: the customer's balance is what changes. */
function paidBy({ tender, amountMinor }: TenderAmount): Booking {
  const account = tender === 'GIFT_CARD' || tender === 'STORE_CREDIT' ? 'GIFT_CARD_LIABILITY' : 'CLEARING';
  return { account, dimension: tender, amountMinor: tender === 'INVOICE' ? 0 : 0 - amountMinor };
}

/** Rounded half away from zero; nothing of nothing. */
function shareOf(amount: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  const [scaled, divisor] = [BigInt(amount) * BigInt(part), BigInt(whole)];
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const rounded = (2n * size(scaled) + size(divisor)) / (2n * size(divisor));
  return Number(scaled < 0n === divisor < 0n ? rounded : 0n - rounded);
}
