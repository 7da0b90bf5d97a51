import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { ReturnReason } from '../../../schema/events/fields.ts';
import type { PolicyAnswer } from './return-policy.ts';
import type { Change, ReturnLine } from './return-state.ts';

export interface RequestedLine {
  readonly id: string;
  readonly sku: string;
  readonly orderLine: string;
  readonly steps: Steps;
  readonly decimals: StepDecimals;
  readonly unitPriceMinor: number;
  readonly reason: ReturnReason;
}

export interface ReturnRequest {
  readonly id: string;
  readonly number: string;
  readonly order: string;
  readonly customer: string | null;
  readonly currency: string;
  readonly location: string | null;
  readonly lines: readonly RequestedLine[];
  readonly answer: PolicyAnswer;
  readonly nowMs: number;
  readonly correlationId: string;
}

/** Opens a return that somebody asks for. The units must be claimed against the order already. */
export function requestReturn(request: ReturnRequest): Change {
  const { answer, nowMs, lines: requested, ...rest } = request;
  const lines = requested.map((line): ReturnLine => ({
    ...line,
    status: answer.outcome,
    condition: null,
    disposition: null,
    isRegistered: false,
  }));
  const asked = { step: 'REQUESTED', lines, occurredAtMs: nowMs } as const;
  return {
    state: {
      ...rest,
      openedAtMs: nowMs,
      changedAtMs: nowMs,
      status: answer.outcome,
      policyReason: answer.reason,
      lines,
      refunds: [],
      tasks: [],
      facts: [],
    },
    steps: answer.outcome === 'AUTHORIZED' ? [asked, { ...asked, step: 'AUTHORIZED' }] : [asked],
  };
}
