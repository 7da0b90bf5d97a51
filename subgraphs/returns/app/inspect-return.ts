import type { Identity } from '../../../kernel/model/identity.ts';
import { inspectReturn as decide, type Inspection } from '../domain/inspect-return.ts';
import { assertLineCount } from './assert-line-count.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** @throws {Refusal} BAD_USER_INPUT, UNKNOWN_RETURN, ILLEGAL_TRANSITION */
export async function inspectReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id, lines }: { readonly id: string; readonly lines: Inspection['lines'] },
): Promise<ReturnOutcome> {
  assertLineCount(lines);
  return handleReturn(parts, { identity, id }, (state) =>
    decide(state, { lines, nowMs: parts.platform.clock.nowMs() }),
  );
}
