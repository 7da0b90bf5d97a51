import type { Disposition } from '../../../schema/events/fields.ts';
import type { ReturnCondition } from './return-state.ts';

/** When the money of a return is given back: before the goods come, with them, or when it is decided what becomes of them. */
export type RefundMoment = 'AUTHORIZATION' | 'RECEIPT' | 'DISPOSITION';

/** On what terms the money of a line is given back. Kept with the line, so that later rules change no old return. */
export interface RefundTerms {
  /** Of the rules that said so. */
  readonly rulesVersion: string;
  readonly refundAt: RefundMoment;
  /** Of what the goods cost; 0 to 100. */
  readonly restockingFeePercent: number;
  /** For the whole return, once: of several lines the highest counts. */
  readonly returnFeeMinor: number;
  /** How much of the price is given back by condition; 100 where it is not said. */
  readonly conditionPercent: Readonly<Partial<Record<ReturnCondition, number>>>;
  /** Whether carriage and other charges go back with the goods. */
  readonly refundsCharges: boolean;
  /** Ends that give no money back. */
  readonly unrefunded: readonly Disposition[];
}

/** What holds where nobody has decided otherwise: the price, once it is known what became of goods that are there. */
export const DEFAULT_TERMS: RefundTerms = {
  rulesVersion: 'built-in',
  refundAt: 'DISPOSITION',
  restockingFeePercent: 0,
  returnFeeMinor: 0,
  conditionPercent: {},
  refundsCharges: false,
  unrefunded: ['MISSING'],
};
