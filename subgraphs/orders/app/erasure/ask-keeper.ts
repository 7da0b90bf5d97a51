import { readTold } from '../../../../kernel/model/read-told.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../../../schema/commands/command-definition.ts';
import { rpcSubjectOf } from '../../../../schema/events/subjects.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';

/**
 * Has somebody else who keeps personal data erase a part of it.
 * @throws {Obstacle} when they do not answer in time; it is to be asked again
 */
export async function askKeeper<Definition extends CommandDefinition>(
  { rpc, limits }: Pick<OrdersServices, 'rpc' | 'limits'>,
  definition: Definition,
  request: RequestOf<Definition>,
  { correlationId }: Cause,
): Promise<ReplyOf<Definition>> {
  const subject = rpcSubjectOf(definition.context, definition.name);
  const reply = await rpc.request(subject, request, { timeoutMs: limits.erasureTimeoutMs, correlationId });
  return readTold<ReplyOf<Definition>>(definition.reply, reply, `The reply to ${definition.name}`);
}
