import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { authorizeReturn as decide } from '../domain/authorize-return.ts';
import { assertTexts } from './assert-texts.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import { requesterOf } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** @throws {Refusal} FORBIDDEN when the policy wants another person, UNKNOWN_RETURN, ILLEGAL_TRANSITION */
export async function authorizeReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id, approve, note }: { readonly id: string; readonly approve: boolean; readonly note?: string | undefined },
): Promise<ReturnOutcome> {
  assertTexts({ note });
  return handleReturn(parts, { identity, id }, (state) => {
    if (!parts.policy.mayDecideOpen(requesterOf(identity))) {
      throw new Refusal('FORBIDDEN', 'The return policy leaves this decision to an agent.', { return: id });
    }
    const nowMs = parts.platform.clock.nowMs();
    return decide(state, { approve, by: identity.subject, ...(note !== undefined && { note }), nowMs });
  });
}
