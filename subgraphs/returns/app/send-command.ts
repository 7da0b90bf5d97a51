import type { Static, TSchema } from '@sinclair/typebox';
import { readTold } from '../../../kernel/model/read-told.ts';
import type { CommandDefinition } from '../../../schema/commands/command-definition.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import type { ReturnsParts } from './returns-parts.ts';

/**
 * Asks the context that owns something.
 * @throws {Obstacle} when it does not answer in time
 * @throws {DomainError} what it threw
 */
export async function sendCommand<Request extends TSchema, Reply extends TSchema>(
  { platform, limits }: Pick<ReturnsParts, 'platform' | 'limits'>,
  definition: CommandDefinition<string, Request, Reply>,
  { request, correlationId }: { readonly request: Static<Request>; readonly correlationId: string },
): Promise<Static<Reply>> {
  const subject = rpcSubjectOf(definition.context, definition.name);
  const reply = await platform.rpc.request(subject, request, { timeoutMs: limits.commandTimeoutMs, correlationId });
  return readTold<Static<Reply>>(definition.reply, reply, `the reply of ${definition.name}`);
}
