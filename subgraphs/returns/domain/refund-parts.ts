import type { ReturnLine, ReturnState } from './return-state.ts';
import { unitWorth } from './line-worth.ts';
import { shareOfStretch } from './refund-value.ts';
import { DEFAULT_TERMS } from './refund-terms.ts';

/** What money is made of, in minor units, before what is withheld or offset. */
export interface RefundParts {
  /** The goods with their tax. */
  readonly goodsMinor: number;
  readonly shippingMinor: number;
  readonly otherMinor: number;
  /** Of these three, tax. */
  readonly taxMinor: number;
  /** Kept by the retailer. */
  readonly feesMinor: number;
}

export const NO_PARTS: RefundParts = { goodsMinor: 0, shippingMinor: 0, otherMinor: 0, taxMinor: 0, feesMinor: 0 };

/** What they come to. */
export const netOf = ({ goodsMinor, shippingMinor, otherMinor, feesMinor }: RefundParts): number =>
  goodsMinor + shippingMinor + otherMinor - feesMinor;

export function partsBetween(before: RefundParts, after: RefundParts): RefundParts {
  return {
    goodsMinor: after.goodsMinor - before.goodsMinor,
    shippingMinor: after.shippingMinor - before.shippingMinor,
    otherMinor: after.otherMinor - before.otherMinor,
    taxMinor: after.taxMinor - before.taxMinor,
    feesMinor: after.feesMinor - before.feesMinor,
  };
}

/** Whether money of a line is due as it stands, by its terms. */
export function isDue({ status, disposition, terms = DEFAULT_TERMS }: ReturnLine): boolean {
  switch (status) {
    case 'AUTHORIZED':
      return terms.refundAt === 'AUTHORIZATION';
    case 'RECEIVED':
    case 'INSPECTED':
      return terms.refundAt !== 'DISPOSITION';
    case 'DISPOSITIONED':
    case 'CLOSED':
      return disposition !== null && !terms.unrefunded.includes(disposition);
    case 'REQUESTED':
    case 'REJECTED':
    case 'CANCELLED':
      return false;
  }
}

/**
 * All money that is due for a return as it stands, whatever was given back before. It depends on nothing but the lines,
 * so whichever way they came there, the same money is due.
 */
export function refundDueOf({ lines }: Pick<ReturnState, 'lines'>): RefundParts {
  const due = lines.filter((line) => isDue(line) && line.orderLine !== null);
  const sums = due.map(partsOfLine).reduce((sum, parts) => partsBetween(negated(parts), sum), NO_PARTS);
  const onceMinor = Math.max(0, ...due.map(({ terms = DEFAULT_TERMS }) => terms.returnFeeMinor));
  const roomMinor = netOf(sums);
  return { ...sums, feesMinor: sums.feesMinor + Math.min(onceMinor, Math.max(0, roomMinor)) };
}

function partsOfLine(line: ReturnLine): RefundParts {
  const { stretch, unitPriceMinor, decimals, condition, terms = DEFAULT_TERMS } = line;
  if (!stretch) return NO_PARTS;
  const { ordered, ...paid } = line.worth ?? unitWorth(unitPriceMinor, decimals);
  const of = (amountMinor: number, ...percents: number[]): number =>
    shareOfStretch(stretch, { amountMinor, ordered, percents });
  const charges = (amountMinor: number): number => (terms.refundsCharges ? of(amountMinor) : 0);
  const percent = (condition && terms.conditionPercent[condition]) ?? 100;
  return {
    goodsMinor: of(paid.goodsMinor, percent),
    shippingMinor: charges(paid.shippingMinor),
    otherMinor: charges(paid.otherMinor),
    taxMinor: of(paid.goodsTaxMinor, percent) + charges(paid.shippingTaxMinor) + charges(paid.otherTaxMinor),
    feesMinor: of(paid.goodsMinor, percent, terms.restockingFeePercent),
  };
}

const negated = (parts: RefundParts): RefundParts => partsBetween(parts, NO_PARTS);
