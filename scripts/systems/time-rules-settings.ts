import { Type } from '@sinclair/typebox';
import { oneOf } from '../../schema/events/fields.ts';
import { PRIORITY_MAX } from '../../subgraphs/orders/domain/claims/priority-of-claim.ts';
import { DEADLINE_KINDS } from '../../subgraphs/orders/domain/times/time-rules.ts';

const closed = { additionalProperties: false };
const Code = Type.String({ minLength: 1, maxLength: 64 });
const RULES_MAX = 1_000;
const YEAR_MINUTES = 525_600;

/** Null: for ever. */
const Minutes = Type.Union([Type.Integer({ minimum: 1, maximum: YEAR_MINUTES }), Type.Null()]);
const Days = Type.Union([Type.Integer({ minimum: 1, maximum: 3_650 }), Type.Null()]);

const Priority = Type.Integer({ minimum: 0, maximum: PRIORITY_MAX });

/** Who is covered first when stock comes. */
const PriorityRuleSettings = Type.Object(
  {
    channel: Type.Optional(Code),
    priority: Priority,
    dueSoon: Type.Optional(
      Type.Array(
        Type.Object({ withinMinutes: Type.Integer({ minimum: 1, maximum: YEAR_MINUTES }), priority: Priority }, closed),
        { maxItems: 10 },
      ),
    ),
  },
  closed,
);

/** What time alone does to orders; see docs/order-deadlines.md. */
export const TimeRulesSettings = Type.Object(
  {
    deadlines: Type.Optional(
      Type.Array(
        Type.Object(
          {
            channel: Type.Optional(Code),
            kind: oneOf(...DEADLINE_KINDS),
            warnMinutes: Type.Integer({ minimum: 0, maximum: YEAR_MINUTES }),
            afterMinutes: Type.Optional(Minutes),
            arrivalWarnMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: YEAR_MINUTES })),
          },
          closed,
        ),
        { maxItems: RULES_MAX },
      ),
    ),
    arrivals: Type.Optional(
      Type.Array(
        Type.Object(
          {
            channel: Type.Optional(Code),
            carrier: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
            untoldDays: Days,
            silentDays: Days,
          },
          closed,
        ),
        { maxItems: RULES_MAX },
      ),
    ),
    returnWindows: Type.Optional(
      Type.Array(Type.Object({ channel: Type.Optional(Code), days: Days }, closed), { maxItems: RULES_MAX }),
    ),
    priorities: Type.Optional(Type.Array(PriorityRuleSettings, { maxItems: RULES_MAX })),
  },
  closed,
);
