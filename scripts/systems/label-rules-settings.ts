import { Type } from '@sinclair/typebox';
import { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';

const closed = { additionalProperties: false };
const Code = Type.String({ minLength: 1, maxLength: 64 });
const Grams = Type.Integer({ minimum: 1, maximum: 1_000_000 });

/** For which parcels the hub buys labels; see docs/systems.md. */
export const LabelRulesSettings = Type.Object(
  {
    system: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    gramsPerUnit: Grams,
    gramsBySku: Type.Optional(Type.Record(Type.String(), Grams)),
    locations: Type.Array(Type.Object({ location: Code, from: ParcelAddress, service: Type.Optional(Code) }, closed), {
      maxItems: 5_000,
    }),
  },
  closed,
);
