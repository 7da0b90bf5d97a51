import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { assignException as assign } from '../domain/assign-exception.ts';
import { closeException } from '../domain/close-exception.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import { changeException, known } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

const ASSIGNEE_LENGTH_MAX = 200;
const REASON_LENGTH_MAX = 1_000;

/** What a mutation answers with. */
export interface ExceptionOutcome {
  readonly exception: ExceptionState;
  readonly changeCursor: string;
}

/** @throws {Refusal} UNKNOWN_EXCEPTION, ILLEGAL_TRANSITION when it is closed, BAD_USER_INPUT */
export async function assignException(
  parts: OperationsParts,
  identity: Identity,
  { id, assignee = identity.subject }: { readonly id: string; readonly assignee: string | undefined },
): Promise<ExceptionOutcome> {
  assertLength('assignee', assignee, ASSIGNEE_LENGTH_MAX);
  const atMs = parts.platform.clock.nowMs();
  const exception = await changeException(parts, id, (state) => assign(known(state, id), { assignee, atMs }));
  return { exception, changeCursor: await parts.log.headCursor() };
}

/** @throws {Refusal} UNKNOWN_EXCEPTION, BAD_USER_INPUT */
export async function settleException(
  parts: OperationsParts,
  identity: Identity,
  asked: { readonly id: string; readonly status: 'RESOLVED'; readonly reason: string },
): Promise<ExceptionOutcome> {
  const { id, status, reason } = asked;
  assertLength('reason', reason, REASON_LENGTH_MAX);
  const closing = { atMs: parts.platform.clock.nowMs(), by: identity.subject, because: reason };
  const exception = await changeException(parts, id, (state) => closeException(known(state, id), status, closing));
  return { exception, changeCursor: await parts.log.headCursor() };
}

function assertLength(field: string, text: string, max: number): void {
  if (text.trim().length >= 1 && text.length <= max) return;
  throw new Refusal('BAD_USER_INPUT', `${field} must be 1 to ${max} characters.`, { field, max });
}
