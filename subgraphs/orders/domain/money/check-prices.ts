import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { NewLine } from '../capture-order.ts';
import type { OrderCharge, Tax } from '../order-line.ts';
import { ORDER_LIMITS } from '../order.ts';
import { amountOf, sumOf } from './totals.ts';

/** A decimal of at most four digits and six places. */
const RATE = /^\d{1,4}(\.\d{1,6})?$/;

/** Why discounts and taxes cannot be so; undefined when they can. */
export function checkPrices(lines: readonly NewLine[], charges: readonly OrderCharge[]): RefusalValue | undefined {
  for (const line of lines) {
    const refusal = checkDiscounts(line) ?? checkTaxes(line.taxes);
    if (refusal) return refusal;
  }
  return charges.map(({ taxes }) => checkTaxes(taxes)).find((refusal) => refusal !== undefined);
}

function checkDiscounts(line: NewLine): RefusalValue | undefined {
  const { discounts = [] } = line;
  const max = ORDER_LIMITS.discountsMax;
  if (discounts.length > max)
    return refuse('BAD_USER_INPUT', `discounts must be 0 to ${max}.`, { field: 'discounts', max });
  if (discounts.some(({ amountMinor }) => amountMinor <= 0)) {
    return refuse('BAD_USER_INPUT', 'A discount must be more than nothing.', { field: 'discounts' });
  }
  if (sumOf(discounts) <= amountOf(line, line.ordered)) return undefined;
  return refuse('BAD_USER_INPUT', 'More is taken off a line than it costs.', { field: 'discounts', sku: line.sku });
}

function checkTaxes(taxes: readonly Tax[] = []): RefusalValue | undefined {
  const max = ORDER_LIMITS.taxesMax;
  if (taxes.length > max) return refuse('BAD_USER_INPUT', `taxes must be 0 to ${max}.`, { field: 'taxes', max });
  const isFaulty = taxes.some(({ amountMinor, ratePercent }) => amountMinor < 0 || !RATE.test(ratePercent));
  return isFaulty
    ? refuse('BAD_USER_INPUT', 'A tax is not negative, and its rate is a decimal.', { field: 'taxes' })
    : undefined;
}
