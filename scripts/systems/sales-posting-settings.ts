import { Type, type Static } from '@sinclair/typebox';

const Ms = Type.Integer({ minimum: 1 });
const Bound = Type.Integer({ minimum: 1, maximum: 5_000 });

/** What the file of systems may say of connectors/sales-posting/sales-posting-limits.ts. */
export const SalesPostingSettings = Type.Partial(
  Type.Object({
    batchAgeMs: Ms,
    batchReceiptsMax: Bound,
    batchLinesMax: Bound,
    dayGraceMs: Ms,
    lateWaitMs: Ms,
    registersWaitMs: Ms,
    roundMs: Ms,
    lookAgainMs: Ms,
    compareAgainMs: Ms,
    compareForMs: Ms,
    keptMs: Ms,
  }),
  { additionalProperties: false },
);

export type SalesPostingSettings = Static<typeof SalesPostingSettings>;
