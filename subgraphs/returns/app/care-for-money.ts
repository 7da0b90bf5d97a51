import { isRefusal, Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { endCharge, type ChargeEnd } from '../domain/end-charge.ts';
import { retryRefund as retry } from '../domain/retry-refund.ts';
import { closeFinished } from '../domain/settle-task.ts';
import { assertTexts } from './assert-texts.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import { requesterOf } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** @throws {Refusal} FORBIDDEN for who is no agent, UNKNOWN_RETURN, BAD_USER_INPUT, ILLEGAL_TRANSITION */
export function retryRefund(
  parts: ReturnsParts,
  identity: Identity,
  { id, refund }: { readonly id: string; readonly refund: string },
): Promise<ReturnOutcome> {
  const { clock, ids } = parts.platform;
  return handleReturn(parts, { identity, id }, (state) => {
    assertAgent(identity, id);
    return retry(state, { refund, nowMs: clock.nowMs(), nextId: () => ids.next() });
  });
}

/** @throws {Refusal} FORBIDDEN for who is no agent, UNKNOWN_RETURN, BAD_USER_INPUT, ILLEGAL_TRANSITION */
export async function endReturnCharge(
  parts: ReturnsParts,
  identity: Identity,
  { id, ...end }: Omit<ChargeEnd, 'nowMs'> & { readonly id: string },
): Promise<ReturnOutcome> {
  assertTexts({ reason: end.reason });
  return handleReturn(parts, { identity, id }, (state) => {
    assertAgent(identity, id);
    const ended = endCharge(state, { ...end, nowMs: parts.platform.clock.nowMs() });
    if (isRefusal(ended) || ended.state === state) return ended;
    return { ...ended, state: closeFinished(ended.state) };
  });
}

function assertAgent(identity: Identity, id: string): void {
  if (requesterOf(identity) === 'AGENT') return;
  throw new Refusal('FORBIDDEN', 'An agent sees to the money of returns.', { return: id });
}
