import { Type, type Static } from '@sinclair/typebox';
import { Disposition, oneOf, ReturnReason } from '../../schema/events/fields.ts';
import type { ReturnRules } from '../../subgraphs/returns/domain/return-rules.ts';

const closed = { additionalProperties: false };
const Code = Type.String({ minLength: 1, maxLength: 64 });
const Percent = Type.Number({ minimum: 0, maximum: 100 });
const Minor = Type.Integer({ minimum: 0 });
const Days = Type.Integer({ minimum: 1, maximum: 3_650 });

const ReturnRule = Type.Object(
  {
    channel: Type.Optional(Code),
    category: Type.Optional(Code),
    reasons: Type.Optional(Type.Array(ReturnReason, { minItems: 1 })),
    starts: Type.Optional(
      Type.Array(oneOf('CUSTOMER', 'STORE', 'AGENT', 'BLIND', 'REFUSED_DELIVERY', 'MARKETPLACE'), { minItems: 1 }),
    ),
    windowDays: Type.Optional(Days),
    awaitDays: Type.Optional(Days),
    isFinalSale: Type.Optional(Type.Boolean()),
    worthMaxMinor: Type.Optional(Minor),
    refundAt: Type.Optional(oneOf('AUTHORIZATION', 'RECEIPT', 'DISPOSITION')),
    restockingFeePercent: Type.Optional(Percent),
    returnFeeMinor: Type.Optional(Minor),
    conditionPercent: Type.Optional(
      Type.Object(
        {
          A: Type.Optional(Percent),
          B: Type.Optional(Percent),
          C: Type.Optional(Percent),
          D: Type.Optional(Percent),
        },
        closed,
      ),
    ),
    refundsCharges: Type.Optional(Type.Boolean()),
    unrefunded: Type.Optional(Type.Array(Disposition)),
  },
  closed,
);

/** What may come back and what money it gives back: one version of the rules. */
export const ReturnRulesSettings = Type.Object(
  {
    version: Code,
    effectiveFrom: Type.String({ format: 'date-time' }),
    /** The first that fits a line holds for it. */
    rules: Type.Array(ReturnRule, { maxItems: 1_000 }),
    history: Type.Optional(Type.Object({ days: Days, countMax: Type.Integer({ minimum: 1, maximum: 1_000 }) }, closed)),
    blindRefundMaxMinor: Type.Optional(Minor),
  },
  closed,
);

export function returnRulesOf({ effectiveFrom, ...rules }: Static<typeof ReturnRulesSettings>): ReturnRules {
  return { ...rules, effectiveFromMs: Date.parse(effectiveFrom) };
}
