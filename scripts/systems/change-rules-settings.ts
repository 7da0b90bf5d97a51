import { Type } from '@sinclair/typebox';
import { oneOf } from '../../schema/events/fields.ts';

const Code = Type.String({ minLength: 1, maxLength: 64 });
const Units = Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }));

/** What may take the place of something else; see docs/order-changes.md. */
export const SubstitutionRuleSettings = Type.Object(
  {
    channel: Type.Optional(Code),
    sku: Type.Optional(Code),
    substitutes: Type.Optional(
      Type.Array(Type.Object({ sku: Code, units: Units, for: Units }, { additionalProperties: false }), {
        maxItems: 100,
      }),
    ),
    withinCategory: Type.Boolean(),
    allowed: oneOf('UNLESS_REFUSED', 'WHEN_ALLOWED'),
    priceRule: oneOf('LOWER_OF', 'SAME', 'SUBSTITUTE_PRICE'),
  },
  { additionalProperties: false },
);

/** What becomes of orders that are placed while the ledger is away; see docs/order-deadlines.md. */
export const PlacementRuleSettings = Type.Object(
  { channel: Type.Optional(Code), whenLedgerIsAway: oneOf('REFUSE', 'ACCEPT') },
  { additionalProperties: false },
);

/** What becomes of units that no location has any more; see docs/order-changes.md. */
export const ShortRuleSettings = Type.Object(
  { channel: Type.Optional(Code), policy: oneOf('SOURCE_AGAIN', 'CANCEL') },
  { additionalProperties: false },
);
