import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, CurrencyCode, Id, SafeInteger, Text } from './fields.ts';

/* Whether the ERP holds what stores sold; a part of the events of what leaves the hub. */

const compared = {
  /** Follows from the ERP, the store, the business day, the currency and the register. */
  exceptionId: Id,
  /** The ERP. */
  system: Text,
  location: Code,
  businessDay: Type.String({ format: 'date' }),
  currency: CurrencyCode,
  register: Id,
};

export const postedSalesDiffered = defineEvent({
  context: 'outbound',
  type: 'posted-sales-differed',
  version: 1,
  meaning: 'What a register sold on a business day is not the same for the POS, the hub and the ERP.',
  data: closed({
    ...compared,
    /** For people: what each side says. */
    summary: Text,
    /** The largest difference of the totals, without a sign. */
    differenceMinor: SafeInteger,
  }),
});

export const postedSalesAgreed = defineEvent({
  context: 'outbound',
  type: 'posted-sales-agreed',
  version: 1,
  meaning: 'What a register sold on a business day is the same for all sides now, where it was not.',
  data: closed(compared),
});

export const OUTBOUND_SALES_EVENTS = [postedSalesDiffered, postedSalesAgreed] as const;

export type PostedSalesDiffered = DataOf<typeof postedSalesDiffered>;
