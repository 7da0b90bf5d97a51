import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Rpc } from '../../../kernel/ports/rpc.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../../schema/commands/command-definition.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';

/**
 * Asks the owner of a thing within a bound.
 * @throws {Obstacle} CONTEXT_UNAVAILABLE when nobody answers in time
 * @throws {DomainError} what the owner threw
 */
export async function askOwner<Definition extends CommandDefinition>(
  rpc: Rpc,
  definition: Definition,
  {
    request,
    correlationId,
    timeoutMs,
  }: { readonly request: RequestOf<Definition>; readonly correlationId: string; readonly timeoutMs: number },
): Promise<ReplyOf<Definition>> {
  const subject = rpcSubjectOf(definition.context, definition.name);
  const reply = await rpc.request(subject, request, { timeoutMs, correlationId });
  return parseAs<ReplyOf<Definition>>(definition.reply, reply, `the reply of ${definition.name}`);
}
