import {
  listCommands,
  listConsumers,
  putConsumer,
  queueStates,
  replayEvents,
  type EventConsumer,
  type ListCommandsReply,
  type ListConsumersReply,
  type PutConsumerReply,
  type QueueStatesReply,
  type ReplayEvents,
} from '../../../schema/commands/outbound.ts';
import type { RequestOf } from '../../../schema/commands/command-definition.ts';
import { askOwner } from './ask-owner.ts';
import type { MappingCaller } from './change-mapping.ts';
import type { OperationsParts } from './operations-parts.ts';

/* What leaves the hub belongs to the connectors; people ask for it here. All may throw CONTEXT_UNAVAILABLE. */

export async function listQueues(
  parts: OperationsParts,
  { correlationId }: Pick<MappingCaller, 'correlationId'>,
): Promise<QueueStatesReply['queues']> {
  return (await askOwner(parts.platform.rpc, queueStates, { request: {}, ...within(parts, correlationId) })).queues;
}

export async function listQueuedCommands(
  parts: OperationsParts,
  { correlationId }: Pick<MappingCaller, 'correlationId'>,
  request: RequestOf<typeof listCommands>,
): Promise<ListCommandsReply['commands']> {
  return (await askOwner(parts.platform.rpc, listCommands, { request, ...within(parts, correlationId) })).commands;
}

export async function listEventConsumers(
  parts: OperationsParts,
  { correlationId }: Pick<MappingCaller, 'correlationId'>,
): Promise<ListConsumersReply['consumers']> {
  return (await askOwner(parts.platform.rpc, listConsumers, { request: {}, ...within(parts, correlationId) }))
    .consumers;
}

/** @throws {Refusal} BAD_USER_INPUT, LIMIT_EXCEEDED */
export function putEventConsumer(
  parts: OperationsParts,
  { identity, correlationId }: MappingCaller,
  { isSecretRenewed, ...input }: Omit<EventConsumer, 'changedAt' | 'changedBy'> & { readonly isSecretRenewed: boolean },
): Promise<PutConsumerReply> {
  const changedAt = new Date(parts.platform.clock.nowMs()).toISOString();
  const request = { ...input, isSecretRenewed, changedAt, changedBy: identity.subject };
  return askOwner(parts.platform.rpc, putConsumer, { request, ...within(parts, correlationId) });
}

/** @throws {Refusal} BAD_USER_INPUT, MALFORMED_CURSOR */
export async function replayToConsumer(
  parts: OperationsParts,
  { correlationId }: Pick<MappingCaller, 'correlationId'>,
  request: ReplayEvents,
): Promise<ListConsumersReply['consumers'][number] | undefined> {
  await askOwner(parts.platform.rpc, replayEvents, { request, ...within(parts, correlationId) });
  const all = await listEventConsumers(parts, { correlationId });
  return all.find(({ consumer }) => consumer.id === request.consumer);
}

function within({ limits }: OperationsParts, correlationId: string) {
  return { correlationId, timeoutMs: limits.askTimeoutMs };
}
