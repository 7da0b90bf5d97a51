import { Refusal } from './errors.ts';

/** An amount in the minor unit of its currency (pence, yen, fils). Never a float. */
export interface Money {
  /** A safe integer; negative amounts are credits. */
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currencyCode: string;
}

/**
 * @throws {Refusal} BAD_USER_INPUT when the amount is no safe integer or the currency no ISO 4217 code
 */
export function money(amountMinor: number, currencyCode: string): Money {
  if (!Number.isSafeInteger(amountMinor)) {
    throw new Refusal('BAD_USER_INPUT', 'amountMinor must be an integer of minor units.', { field: 'amountMinor' });
  }
  if (!/^[A-Z]{3}$/.test(currencyCode)) {
    throw new Refusal('BAD_USER_INPUT', 'currencyCode must be an ISO 4217 code.', { field: 'currencyCode' });
  }
  return { amountMinor, currencyCode };
}

/** @throws {Refusal} CURRENCY_MISMATCH when the amounts are not all in `currencyCode` */
export function sumMoney(amounts: readonly Money[], currencyCode: string): Money {
  let total = 0;
  for (const amount of amounts) {
    if (amount.currencyCode !== currencyCode) {
      throw new Refusal(
        'CURRENCY_MISMATCH',
        `An amount in ${amount.currencyCode} cannot be added to ${currencyCode}.`,
        {
          expected: currencyCode,
          found: amount.currencyCode,
        },
      );
    }
    total += amount.amountMinor;
  }
  return money(total, currencyCode);
}
