import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { ChargeKind } from '../../../schema/events/fields.ts';
import type { DeliveryDates } from './sourcing/sourcing-policy.ts';
import type { Units } from './units.ts';

export interface OrderLine {
  readonly id: string;
  /** 1 for the first. */
  readonly lineNo: number;
  readonly sku: string;
  readonly decimals: StepDecimals;
  readonly ordered: Steps;
  /** Of `ordered`, what a change took out: CANCELLED or SUBSTITUTED units that bear nothing of the price. Absent: nothing. */
  readonly unbilled?: Steps;
  /** For one base unit, before discounts. */
  readonly unitPriceMinor: number;
  /** Taken off the price of the line. Absent: nothing. */
  readonly discounts?: readonly LineDiscount[];
  /** Of the whole line. Absent: none. */
  readonly taxes?: readonly Tax[];
  readonly units: Units;
  /** States that units went through without being told; a message that tells them later moves nothing. */
  readonly inferred: Units;
  /** What stands behind the RESERVED and BACKORDERED units; the quantities are theirs. */
  readonly claims: readonly Claim[];
  /** Locations that did not find or would not do it. */
  readonly declinedBy: readonly string[];
  /** How often a chosen location could not serve it. */
  readonly sourcingFailures: number;
  /** UNSOURCED: no location can serve it now, it is tried again. GIVEN_UP: too many failed it, a person has to decide. */
  readonly sourcing: 'OPEN' | 'UNSOURCED' | 'GIVEN_UP';
  /** What the customer was promised first; absent: nothing yet. */
  readonly promise?: DeliveryDates;
  /** As it looks by the newest decision; absent: not known. */
  readonly expected?: DeliveryDates;
  /** The newest decision about its location; absent: none. */
  readonly decision?: string;
  /** The location where the customer collects it; absent: it is sent. */
  readonly pickupAt?: string;
  /** Whether the customer takes something else in its place. Absent: as the rules of its channel say. */
  readonly allowsSubstitute?: boolean;
  /** What it was put in the place of. Absent: nothing. */
  readonly substituteFor?: SubstituteFor;
  /** How often locations had failed it when the ledger was asked to owe what no stock covers. Absent: it was not asked. */
  readonly owingAskedAfter?: number;
}

export type PriceRule = 'LOWER_OF' | 'SAME' | 'SUBSTITUTE_PRICE';

export interface SubstituteFor {
  readonly line: string;
  /** Of that line, how much it took the place of. */
  readonly quantity: Steps;
  readonly priceRule: PriceRule;
  /** Who proposed it. */
  readonly by: string;
}

export interface Claim {
  /** The reservation in the ledger; null while the ledger has not named it, or when it is lost. */
  readonly reservation: string | null;
  readonly quantity: Steps;
  /** The pending command that is about to name the reservation or to convert it. */
  readonly commandId: string | null;
  /** Where it is about to be allocated. */
  readonly location: string | null;
  /** The transfer that brings it, instead of a reservation; absent: none does. */
  readonly transfer?: string;
  /** Of `quantity`, the BACKORDERED units; absent: none. */
  readonly owed?: Steps;
}

export interface OrderCharge {
  readonly kind: ChargeKind;
  readonly description: string;
  readonly amountMinor: number;
  /** The promotion that a discount comes from. Absent: none. */
  readonly promotion?: string;
  /** Absent: none. */
  readonly taxes?: readonly Tax[];
}

export interface LineDiscount {
  /** Null: it comes from none. */
  readonly promotion: string | null;
  readonly description: string;
  /** More than zero, for the whole line. */
  readonly amountMinor: number;
}

export interface Tax {
  readonly jurisdiction: string;
  /** A decimal. */
  readonly ratePercent: string;
  /** Not negative. */
  readonly amountMinor: number;
}

/** A line is named by its order and its number, so that its order is found without an index. */
export const lineIdOf = (order: string, lineNo: number): string => `${order}.${lineNo}`;

/** The order of a line id, or undefined when it cannot be one. */
export function orderOfLineId(lineId: string): string | undefined {
  const dot = lineId.lastIndexOf('.');
  return dot > 0 && /^[1-9]\d*$/.test(lineId.slice(dot + 1)) ? lineId.slice(0, dot) : undefined;
}
