import type { ChargeKind, MovementReason, ReturnReason, Tender } from '../../../schema/events/fields.ts';

/** A word in a description, and what it says about why stock left. */
export interface ReasonWord {
  /** Lower case; looked for anywhere in the description. */
  readonly word: string;
  readonly reason: MovementReason;
}

/** What the columns of the file do not say. */
export interface OnlineRetailOptions {
  /** Where goods of invoices without a customer leave, and stock is adjusted; its store channel sells them. */
  readonly storeLocation: string;
  /** Where goods of invoices with a customer leave. */
  readonly webLocation: string;
  /** The channel that sells to customers. */
  readonly webChannel: string;
  readonly currency: string;
  /** The clock on the wall where invoices are written. */
  readonly timeZone: string;
  /** Codes that are no goods, in upper case, by what they charge for. */
  readonly chargeCodes: Readonly<Record<string, ChargeKind>>;
  /** Beginnings of codes that are no goods, in upper case. */
  readonly chargePrefixes: Readonly<Record<string, ChargeKind>>;
  /** The first word that stands in a description wins. */
  readonly adjustmentReasons: readonly ReasonWord[];
  /** For descriptions without any of these words, which most are. */
  readonly otherAdjustmentReason: MovementReason;
  /** The file does not say how an invoice was paid. */
  readonly tender: Tender;
  /** The file does not say why goods came back. */
  readonly returnReason: ReturnReason;
}

/**
 * For the published set. Gift vouchers (`GIFT_0001_20` and the like) are money to be redeemed later, not goods, so they
 * are charges. `PADS` ("pads to match all cushions") and the `DCGS...` codes are goods, priced or not. Stock that leaves
 * without a price and without a word is taken for lost.
 */
export const ONLINE_RETAIL_DEFAULTS = {
  currency: 'GBP',
  timeZone: 'Europe/London',
  chargeCodes: {
    POST: 'SHIPPING',
    DOT: 'SHIPPING',
    C2: 'SHIPPING',
    D: 'DISCOUNT',
    AMAZONFEE: 'FEE',
    'BANK CHARGES': 'FEE',
    CRUK: 'FEE',
    M: 'OTHER',
    S: 'OTHER',
    B: 'OTHER',
  },
  chargePrefixes: { GIFT_: 'OTHER' },
  adjustmentReasons: [
    { word: 'damage', reason: 'DAMAGE' },
    { word: 'broken', reason: 'DAMAGE' },
    { word: 'crush', reason: 'DAMAGE' },
    { word: 'smash', reason: 'DAMAGE' },
    { word: 'wet', reason: 'DAMAGE' },
    { word: 'rust', reason: 'DAMAGE' },
    { word: 'mould', reason: 'DAMAGE' },
    { word: 'faulty', reason: 'QC_FAIL' },
    { word: 'check', reason: 'CYCLE_COUNT' },
    { word: 'count', reason: 'CYCLE_COUNT' },
    { word: 'sample', reason: 'SAMPLE' },
    { word: 'display', reason: 'PROMOTION' },
    { word: 'donat', reason: 'DONATION' },
    { word: 'charity', reason: 'DONATION' },
    { word: 'wrongly', reason: 'SYSTEM_RECONCILE' },
    { word: 'adjust', reason: 'SYSTEM_RECONCILE' },
  ],
  otherAdjustmentReason: 'LOST',
  tender: 'CARD',
  returnReason: 'OTHER',
} as const satisfies Omit<OnlineRetailOptions, 'storeLocation' | 'webLocation' | 'webChannel'>;
