import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { ReturnReason } from '../../../schema/events/fields.ts';
import type { PolicyAnswer } from './return-policy.ts';
import { addTasks } from './add-tasks.ts';
import type { LineWorth } from './line-worth.ts';
import { awaitedUntil } from './expire-return.ts';
import { moneyTasksOf } from './money-tasks.ts';
import type { RefundTerms } from './refund-terms.ts';
import type { Change, ReturnLine, ReturnStart, ReturnState } from './return-state.ts';

export interface RequestedLine {
  readonly id: string;
  readonly sku: string;
  /** Null: nobody is known to have bought it. */
  readonly orderLine: string | null;
  readonly steps: Steps;
  readonly decimals: StepDecimals;
  readonly unitPriceMinor: number;
  readonly reason: ReturnReason;
  readonly worth?: LineWorth;
  readonly terms?: RefundTerms;
}

export interface ReturnRequest {
  readonly id: string;
  readonly number: string;
  /** Null: no order was found. */
  readonly order: string | null;
  readonly start: ReturnStart;
  readonly customer: string | null;
  readonly currency: string;
  readonly location: string | null;
  readonly lines: readonly RequestedLine[];
  readonly answer: PolicyAnswer;
  readonly nowMs: number;
  readonly correlationId: string;
  /** What another system told; unique over all returns. Absent: somebody asked for it here. */
  readonly fact?: string;
}

/** Opens a return that somebody asks for. The units must be claimed against the order already. */
export function requestReturn(request: ReturnRequest): Change {
  const { answer, nowMs, fact, lines: requested, ...rest } = request;
  const { outcome, reasons, rulesVersion, awaitDays } = answer;
  const lines = requested.map((line): ReturnLine => ({
    ...line,
    status: outcome,
    condition: null,
    disposition: null,
    isRegistered: false,
  }));
  const asked = { step: 'REQUESTED', lines, occurredAtMs: nowMs } as const;
  const state: ReturnState = {
    ...rest,
    openedAtMs: nowMs,
    changedAtMs: nowMs,
    status: outcome,
    authorization: { reasons, rulesVersion },
    ...(awaitDays !== undefined && { awaitDays }),
    ...(outcome === 'AUTHORIZED' && awaitedUntil(answer, nowMs)),
    lines,
    refunds: [],
    tasks: [],
    facts: fact === undefined ? [] : [fact],
    ...(fact !== undefined && { openedByFact: fact }),
  };
  const tasks = outcome === 'REJECTED' ? [{ kind: 'SYNC_CLAIMS' } as const] : moneyTasksOf(state, lines);
  return {
    state: addTasks(state, tasks, nowMs),
    steps: outcome === 'REQUESTED' ? [asked] : [asked, { ...asked, step: outcome }],
  };
}
