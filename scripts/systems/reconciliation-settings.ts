import { Type, type Static } from '@sinclair/typebox';

/** What the file of systems may say of subgraphs/operations/app/reconciliation/reconciliation-limits.ts. */
export const ReconciliationSettings = Type.Partial(
  Type.Object({
    everyMs: Type.Integer({ minimum: 0 }),
    settleMs: Type.Integer({ minimum: 0 }),
    looksAgainMax: Type.Integer({ minimum: 0, maximum: 10 }),
    rowsPerLocationMax: Type.Integer({ minimum: 1, maximum: 5_000_000 }),
    differencesMax: Type.Integer({ minimum: 0, maximum: 100_000 }),
    runsKeptMax: Type.Integer({ minimum: 1, maximum: 500 }),
  }),
  { additionalProperties: false },
);

export type ReconciliationSettings = Static<typeof ReconciliationSettings>;
