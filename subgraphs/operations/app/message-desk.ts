import { DomainError, Refusal } from '../../../kernel/model/errors.ts';
import {
  erasePersonalData as erase,
  listQuarantined,
  type ListQuarantinedReply,
} from '../../../schema/commands/inbox.ts';
import type { RequestOf } from '../../../schema/commands/command-definition.ts';
import { askOwner } from './ask-owner.ts';
import type { AuditEntry } from './audit-trail.ts';
import type { MappingCaller } from './change-mapping.ts';
import type { OperationsParts } from './operations-parts.ts';

/* The messages of outside systems belong to the connectors; people ask for them here. All may throw CONTEXT_UNAVAILABLE. */

export async function listQuarantinedMessages(
  { platform, limits }: OperationsParts,
  { correlationId }: Pick<MappingCaller, 'correlationId'>,
  request: RequestOf<typeof listQuarantined>,
): Promise<ListQuarantinedReply['messages']> {
  const asked = { request, correlationId, timeoutMs: limits.askTimeoutMs };
  return (await askOwner(platform.rpc, listQuarantined, asked)).messages;
}

const REASON_LENGTH_MAX = 1_000;
const TEXT_LENGTH_MIN = 3;
const TEXT_LENGTH_MAX = 200;

/**
 * Has a text taken out of every raw message. The audit trail says who did it, when and why, before anything is erased, and what
 * it came to; the text itself it does not hold, because that is what nobody is to find any more.
 * @returns how many messages contained it
 * @throws {Refusal} BAD_USER_INPUT
 */
export async function erasePersonalData(
  parts: OperationsParts,
  { identity, correlationId }: MappingCaller,
  { text, because }: { readonly text: string; readonly because: string },
): Promise<number> {
  assertLength('text', text, { min: TEXT_LENGTH_MIN, max: TEXT_LENGTH_MAX });
  assertLength('reason', because, { min: 1, max: REASON_LENGTH_MAX });
  const { platform, limits } = parts;
  const action = platform.ids.next();
  const note = (status: AuditEntry['status'], outcome: string | null): Promise<unknown> => {
    const id = `${action}/${status}`;
    const atMs = platform.clock.nowMs();
    const by = identity.subject;
    const entry = { id, exception: null, action, kind: 'ERASE', status, by, because, outcome, atMs, correlationId };
    return parts.store.audit.save(entry as AuditEntry, 0);
  };
  await note('STARTED', null);
  try {
    const asked = { request: { text }, correlationId, timeoutMs: limits.dryRunTimeoutMs };
    const { messages } = await askOwner(platform.rpc, erase, asked);
    await note('DONE', `It was taken out of ${messages} messages.`);
    return messages;
  } catch (error) {
    await note('FAILED', error instanceof DomainError ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

function assertLength(
  field: string,
  value: string,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  if (value.trim().length >= min && value.length <= max) return;
  throw new Refusal('BAD_USER_INPUT', `${field} must be ${min} to ${max} characters.`, { field, min, max });
}
