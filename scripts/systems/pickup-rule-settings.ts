import { Type } from '@sinclair/typebox';

const Code = Type.String({ minLength: 1, maxLength: 64 });
const HOURS_MAX = 2_160;

/** For how long goods wait to be collected; see docs/click-and-collect.md. */
export const PickupRuleSettings = Type.Object(
  {
    channel: Type.Optional(Code),
    location: Type.Optional(Code),
    keepHours: Type.Integer({ minimum: 1, maximum: HOURS_MAX }),
    warnHours: Type.Integer({ minimum: 0, maximum: HOURS_MAX }),
  },
  { additionalProperties: false },
);
