import { locationId } from '../../../kernel/model/codes.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { receiveReturn as decide } from '../domain/receive-return.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import { assertTakesReturns } from './known-codes.ts';
import { assertMayActAt } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** @throws {Refusal} FORBIDDEN, UNKNOWN_LOCATION, NOT_SOLD_HERE, UNKNOWN_RETURN, ILLEGAL_TRANSITION */
export async function receiveReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id, location: code }: { readonly id: string; readonly location: string },
): Promise<ReturnOutcome> {
  const location = locationId(code);
  assertMayActAt(identity, location);
  await assertTakesReturns(parts, location);
  return handleReturn(parts, { identity, id }, (state) =>
    decide(state, { location, nowMs: parts.platform.clock.nowMs() }),
  );
}
