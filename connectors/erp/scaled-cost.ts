import { dividedRounded, minorUnits, scaledInteger, type VendorDecimal } from '../runtime/exact-decimal.ts';
import { COST_SCALE } from './journal-ledger.ts';

/** Costs have more places than prices, and an average may have many. */
const COST_PLACES = 12;

/** A cost in major units as the port tells it, rounded half away from zero. */
export function scaledCost(value: VendorDecimal, currency: string): number {
  const minorOfMajor = BigInt(minorUnits('1', currency, 'currency unit'));
  const exact = scaledInteger(value, COST_PLACES, 'unit cost') * minorOfMajor * BigInt(COST_SCALE);
  return Number(dividedRounded(exact, 10n ** BigInt(COST_PLACES)));
}
