import {
  listEventConsumers,
  listQueuedCommands,
  listQueues,
  putEventConsumer,
  replayToConsumer,
} from '../app/outbound-desk.ts';
import type {
  EventConsumerResolvers,
  MutationResolvers,
  OutboundQueueResolvers,
  QueryResolvers,
  QueuedCommandResolvers,
} from './resolvers.generated.ts';

export const outboundQueries: Pick<QueryResolvers, 'outboundQueues' | 'outboundCommands' | 'eventConsumers'> = {
  outboundQueues: (_source, _arguments, { parts, correlationId }) => listQueues(parts, { correlationId }),
  outboundCommands: (_source, { system, status, first, after }, { parts, correlationId }) => {
    const page = { limit: first, ...(typeof after === 'string' && { after }) };
    return listQueuedCommands(parts, { correlationId }, { system, status, ...page });
  },
  eventConsumers: (_source, _arguments, { parts, correlationId }) => listEventConsumers(parts, { correlationId }),
};

export const outboundMutations: Pick<MutationResolvers, 'putEventConsumer' | 'replayEvents'> = {
  putEventConsumer: async (_source, { input }, { parts, ...caller }) => {
    const { channels = [], skus = [], perSecond = 10, priority = 'NORMAL', status = 'ACTIVE', ...rest } = input;
    const { isSecretRenewed = false, id, url, topics } = rest;
    const filter = { channels: [...channels], skus: [...skus] };
    const asked = { id, url, topics: [...topics], filter, perSecond, priority, status, isSecretRenewed };
    const { consumer, secret } = await putEventConsumer(parts, caller, asked);
    const all = await listEventConsumers(parts, caller);
    return { eventConsumer: all.find((each) => each.consumer.id === consumer.id) ?? { consumer, topics: [] }, secret };
  },
  replayEvents: async (_source, { input }, { parts, correlationId }) => {
    const { consumer, topic, cursor } = input;
    const asked = { consumer, topic, ...(typeof cursor === 'string' && { cursor }) };
    return { eventConsumer: (await replayToConsumer(parts, { correlationId }, asked)) ?? null };
  },
};

export const OutboundQueueType: OutboundQueueResolvers = {
  oldestSubmittedAt: ({ oldestSubmittedAt }) => oldestSubmittedAt,
};

export const QueuedCommandType: QueuedCommandResolvers = {
  idempotencyKey: ({ key }) => key,
};

export const EventConsumerType: EventConsumerResolvers = {
  id: ({ consumer }) => consumer.id,
  url: ({ consumer }) => consumer.url,
  channels: ({ consumer }) => consumer.filter.channels,
  skus: ({ consumer }) => consumer.filter.skus,
  perSecond: ({ consumer }) => consumer.perSecond,
  priority: ({ consumer }) => consumer.priority,
  status: ({ consumer }) => consumer.status,
  changedAt: ({ consumer }) => consumer.changedAt,
  changedBy: ({ consumer }) => consumer.changedBy,
};
