import type { TellCustomer } from '../../../schema/commands/outbound-messages.ts';
import { majorText } from '../../runtime/exact-decimal.ts';

/** What a template may name. Each is text in the customer's language, but for `units`, which is a number to choose by. */
export interface MessageValues {
  /** The number of the order, as the customer knows it. */
  readonly order: string;
  /** Pieces; what is weighed or measured counts as one each. */
  readonly units: number;
  /** What it is about, such as `2 × LAMP and 1 × MUG`. */
  readonly items: string;
  /** `whole` or `part` of the order. */
  readonly scope: string;
  /** These are `none` where there is none. */
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly location: string;
  readonly amount: string;
  readonly expectedOn: string;
}

const NONE = 'none';

export function messageValues(told: Pick<TellCustomer, 'number' | 'about'>, language: string): MessageValues {
  const { scope, lines, carrier, trackingNumber, location, amount, expectedOn } = told.about;
  return {
    order: told.number,
    units: lines.reduce((sum, { quantity }) => sum + piecesOf(quantity), 0),
    items: itemsIn(language, lines),
    scope: scope.toLowerCase(),
    carrier: carrier ?? NONE,
    trackingNumber: trackingNumber ?? NONE,
    location: location ?? NONE,
    amount: amount ? amountIn(language, amount) : NONE,
    expectedOn: expectedOn === undefined ? NONE : dayIn(language, expectedOn),
  };
}

function piecesOf(quantity: string): number {
  const count = Number(quantity);
  return Number.isInteger(count) ? count : 1;
}

function itemsIn(language: string, lines: TellCustomer['about']['lines']): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return list.format(lines.map(({ sku, quantity }) => `${number.format(quantity as `${number}`)} × ${sku}`));
}

/** Exact, because the amount is handed over as text. */
function amountIn(
  language: string,
  { amountMinor, currencyCode }: NonNullable<TellCustomer['about']['amount']>,
): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: currencyCode });
  return format.format(majorText(amountMinor, currencyCode) as `${number}`);
}

/** A calendar day, wherever this runs. */
function dayIn(language: string, day: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}
