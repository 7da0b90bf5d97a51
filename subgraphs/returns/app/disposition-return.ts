import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { Disposition } from '../../../schema/events/fields.ts';
import { dispositionReturn as decide } from '../domain/disposition-return.ts';
import type { ReturnState } from '../domain/return-state.ts';
import type { HandOut } from '../domain/task.ts';
import { assertLineCount } from './assert-line-count.ts';
import { assertTexts } from './assert-texts.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import { assertLocation } from './known-codes.ts';
import { meantLines } from './meant-lines.ts';
import { assertHoldsLines, assertMayActAt } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';

export interface DispositionInput {
  readonly id: string;
  readonly lines: readonly {
    readonly line: string;
    /** Absent: all of the line. */
    readonly quantity?: string | undefined;
    readonly disposition: Disposition;
  }[];
  readonly handOut?: HandOut | undefined;
}

/**
 * The decision is durable when this answers. Movement and refund are done by then unless their owner is away, and are
 * done later in that case.
 * @throws {Refusal} BAD_USER_INPUT, INVALID_QUANTITY, LIMIT_EXCEEDED, FORBIDDEN, UNKNOWN_LOCATION, UNKNOWN_RETURN, ILLEGAL_TRANSITION
 */
export async function dispositionReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id, lines, handOut: told }: DispositionInput,
): Promise<ReturnOutcome> {
  assertLineCount(lines);
  const handOut = told && { ...told, location: locationId(told.location) };
  const { clock, ids } = parts.platform;
  if (handOut) {
    assertMayActAt(identity, handOut.location);
    await assertLocation(parts, handOut.location);
  }
  return handleReturn(parts, { identity, id }, (state) => {
    const named = lines.map(({ line }) => line);
    assertHoldsLines(identity, state, named);
    if (handOut) assertHandOut(parts, state, handOut);
    const decision = { lines: meantLines(state, lines), nowMs: clock.nowMs(), nextId: () => ids.next() };
    return decide(state, { ...decision, ...(handOut && { handOut }) });
  });
}

/** The hub says how much goods are worth whose order is known; of others the store does, up to a limit. */
function assertHandOut({ policy }: ReturnsParts, state: ReturnState, { reference, amountMinor }: HandOut): void {
  assertTexts({ reference });
  if (reference.length < 1) {
    throw new Refusal('BAD_USER_INPUT', 'The drawer or voucher must be named.', { field: 'reference' });
  }
  if ((state.order === null) !== (amountMinor !== undefined)) {
    const words = state.order === null ? 'needs an amount, for no order is known' : 'takes its amount from the order';
    throw new Refusal('BAD_USER_INPUT', `The refund of the return ${words}.`, { field: 'amountMinor' });
  }
  const maxMinor = policy.blindRefundMaxMinor(state.openedAtMs);
  const given = state.refunds.reduce((sum, refund) => sum + refund.amount.amountMinor, 0);
  if (amountMinor === undefined || (amountMinor > 0 && amountMinor + given <= maxMinor)) return;
  throw new Refusal('FORBIDDEN', 'The return policy does not allow to hand out so much without an order.', {
    maxMinor,
  });
}
