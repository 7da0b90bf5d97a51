import type { Identity } from '../../../kernel/model/identity.ts';
import { dispositionReturn as decide, type DispositionDecision } from '../domain/disposition-return.ts';
import { assertLineCount } from './assert-line-count.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import type { ReturnsParts } from './returns-parts.ts';

/**
 * The decision is durable when this answers. Movement and refund are done by then unless their owner is away, and are
 * done later in that case.
 * @throws {Refusal} BAD_USER_INPUT, UNKNOWN_RETURN, ILLEGAL_TRANSITION
 */
export async function dispositionReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id, lines }: { readonly id: string; readonly lines: DispositionDecision['lines'] },
): Promise<ReturnOutcome> {
  assertLineCount(lines);
  const { policy, platform } = parts;
  return handleReturn(parts, { identity, id }, (state) =>
    decide(state, { lines, policy, nowMs: platform.clock.nowMs() }),
  );
}
