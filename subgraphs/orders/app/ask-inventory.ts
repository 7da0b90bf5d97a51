import { ExponentialBackoff, handleType, retry } from 'cockatiel';
import { Obstacle } from '../../../kernel/model/errors.ts';
import { readTold } from '../../../kernel/model/read-told.ts';
import type { Rpc } from '../../../kernel/ports/rpc.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../../schema/commands/command-definition.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import type { OrdersLimits } from './orders-limits.ts';

/**
 * Sends a command or a question to inventory. A repeat carries the same command id.
 * @throws {Refusal} what inventory says
 * @throws {Obstacle} when it does not answer, after bounded repeats
 */
export type AskInventory = <Definition extends CommandDefinition>(
  definition: Definition,
  request: RequestOf<Definition>,
  correlationId: string,
) => Promise<ReplyOf<Definition>>;

export function createAskInventory(rpc: Rpc, limits: OrdersLimits): AskInventory {
  const policy = retry(handleType(Obstacle), {
    maxAttempts: limits.inventoryRetriesMax,
    backoff: new ExponentialBackoff({ initialDelay: 20, maxDelay: 500 }),
  });
  return async <Definition extends CommandDefinition>(
    definition: Definition,
    request: RequestOf<Definition>,
    correlationId: string,
  ) => {
    const subject = rpcSubjectOf(definition.context, definition.name);
    const options = { timeoutMs: limits.inventoryTimeoutMs, correlationId };
    const reply = await policy.execute(() => rpc.request(subject, request, options));
    return readTold<ReplyOf<Definition>>(definition.reply, reply, `The reply to ${definition.name}`);
  };
}
