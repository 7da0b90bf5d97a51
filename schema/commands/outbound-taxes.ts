import { Type } from '@sinclair/typebox';
import { closed, CurrencyCode, Id, SafeInteger } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What tax systems are asked to do, by way of their queues. */

export const confirmTax = defineCommand({
  context: 'outbound',
  name: 'confirm-tax',
  version: 1,
  meaning: 'Books the taxes of an order of which everything that is going to leave has left.',
  request: closed({
    order: Id,
    /** The system's id of the quote that the taxes are by; absent: there was none. */
    quote: Type.Optional(Id),
    currency: CurrencyCode,
    lines: Type.Array(
      closed({
        /** The order line; `charge-<n>` for the n-th charge. */
        ref: Id,
        /** What was charged for it, taxes included if the prices include them. */
        amountMinor: SafeInteger,
        taxMinor: SafeInteger,
      }),
      { minItems: 1, maxItems: 600 },
    ),
  }),
  reply: closed({ document: Id }),
});

export type ConfirmTax = RequestOf<typeof confirmTax>;
export type ConfirmedTax = ReplyOf<typeof confirmTax>;
