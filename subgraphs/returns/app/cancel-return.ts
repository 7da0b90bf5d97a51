import type { Identity } from '../../../kernel/model/identity.ts';
import { cancelReturn as decide } from '../domain/cancel-return.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** @throws {Refusal} UNKNOWN_RETURN, ILLEGAL_TRANSITION */
export function cancelReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id }: { readonly id: string },
): Promise<ReturnOutcome> {
  return handleReturn(parts, { identity, id }, (state) => decide(state, { nowMs: parts.platform.clock.nowMs() }));
}
