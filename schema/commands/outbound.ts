import { Type, type Static } from '@sinclair/typebox';
import { closed, Code, Id, Instant, oneOf, PositiveQuantityText, SafeInteger, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';
import { ParcelAddress } from './outbound-parcels.ts';

/* What warehouses are asked to do, by way of their queues. */

export const releaseWork = defineCommand({
  context: 'outbound',
  name: 'release-work',
  version: 1,
  meaning: 'Hands work on an order to the warehouse system that runs a location.',
  request: closed({
    order: Id,
    location: Code,
    lines: Type.Array(closed({ orderLine: Id, sku: Code, quantity: PositiveQuantityText }), { minItems: 1 }),
    /** Absent: nobody told it, or it goes to no customer. */
    shipTo: Type.Optional(ParcelAddress),
  }),
  reply: closed({}),
});

export const stopWork = defineCommand({
  context: 'outbound',
  name: 'stop-work',
  version: 1,
  meaning: 'Asks a warehouse system to stop all work on an order at a location.',
  request: closed({ order: Id, location: Code }),
  reply: closed({ stopped: oneOf('CANCELLED', 'REFUSED') }),
});

export const redirectWork = defineCommand({
  context: 'outbound',
  name: 'redirect-work',
  version: 1,
  meaning: 'Asks a warehouse system to send all work on an order at a location to another address.',
  request: closed({ order: Id, location: Code, shipTo: ParcelAddress }),
  reply: closed({ redirected: oneOf('REDIRECTED', 'REFUSED') }),
});

/* What operators may ask of the queues themselves. */

const QueuedCommand = closed({
  system: Text,
  key: Id,
  name: Text,
  lane: Text,
  group: Text,
  ref: Id,
  status: oneOf('WAITING', 'DONE', 'REFUSED', 'DEAD', 'DISCARDED'),
  attempts: Type.Integer({ minimum: 0 }),
  submittedAt: Instant,
  correlationId: Text,
  /** Why the last attempt failed, or why it ended. */
  reason: Type.Union([Text, Type.Null()]),
});

export const replayCommand = defineCommand({
  context: 'outbound',
  name: 'replay-command',
  version: 1,
  meaning: 'Puts a command that was given up back at its old place. Repeating it changes nothing more.',
  request: closed({ system: Text, key: Id }),
  reply: closed({ status: oneOf('WAITING', 'DONE', 'REFUSED', 'DISCARDED') }),
});

export const discardCommand = defineCommand({
  context: 'outbound',
  name: 'discard-command',
  version: 1,
  meaning: 'Gives a command that was given up already up for good. Repeating it changes nothing more.',
  request: closed({ system: Text, key: Id }),
  reply: closed({ status: oneOf('WAITING', 'DONE', 'REFUSED', 'DISCARDED') }),
});

export const queueStates = defineCommand({
  context: 'outbound',
  name: 'queue-states',
  version: 1,
  meaning: 'Where the queue of each outside system stands.',
  request: closed({}),
  reply: closed({
    queues: Type.Array(
      closed({
        system: Text,
        breaker: oneOf('CLOSED', 'OPEN', 'HALF_OPEN'),
        waiting: Type.Array(closed({ lane: Text, commands: SafeInteger })),
        oldestSubmittedAt: Type.Union([Instant, Type.Null()]),
        underWay: SafeInteger,
      }),
    ),
  }),
});

export const tellQueue = defineCommand({
  context: 'outbound',
  name: 'tell-queue',
  version: 1,
  meaning:
    'What only the process knows from which the commands of a system go. Asked under the name with a dot and the system.',
  request: closed({
    /** Commands were put back in this lane. */
    changedLane: Type.Optional(oneOf('FULFILMENT', 'ORDERS', 'STOCK', 'FINANCE')),
  }),
  reply: closed({ breaker: oneOf('CLOSED', 'OPEN', 'HALF_OPEN'), underWay: SafeInteger }),
});

export const listCommands = defineCommand({
  context: 'outbound',
  name: 'list-commands',
  version: 1,
  meaning: 'Commands of a system in one state, the oldest first.',
  request: closed({
    system: Text,
    status: oneOf('WAITING', 'DONE', 'REFUSED', 'DEAD', 'DISCARDED'),
    /** Key of the last one of the page before. */
    after: Type.Optional(Id),
    limit: Type.Integer({ minimum: 1, maximum: 100 }),
  }),
  reply: closed({ commands: Type.Array(QueuedCommand) }),
});

/* Consumers of the hub's events that are no GraphQL clients. */

export const EventTopic = oneOf('AVAILABILITY', 'ORDER_STATUS', 'RETURNS', 'PRICES');

const EventFilter = closed({
  /** Only these; empty: all. */
  channels: Type.Array(Text, { maxItems: 100 }),
  skus: Type.Array(Text, { maxItems: 1_000 }),
});

const EventConsumer = closed({
  id: Id,
  url: Text,
  topics: Type.Array(EventTopic, { minItems: 1, maxItems: 4 }),
  filter: EventFilter,
  perSecond: Type.Number({ minimum: 0.1, maximum: 1_000 }),
  /** URGENT consumers get more at the same time than BULK ones. */
  priority: oneOf('URGENT', 'NORMAL', 'BULK'),
  status: oneOf('ACTIVE', 'PAUSED'),
  changedAt: Instant,
  changedBy: Text,
});

export const putConsumer = defineCommand({
  context: 'outbound',
  name: 'put-consumer',
  version: 1,
  meaning: 'Registers a consumer of events, or changes it. Repeating it changes nothing more.',
  request: closed({
    ...EventConsumer.properties,
    /** True: it gets another secret, and what it had signs nothing any more. A new consumer always gets one. */
    isSecretRenewed: Type.Boolean(),
  }),
  reply: closed({
    consumer: EventConsumer,
    /** Told once, when it was made. */
    secret: Type.Union([Text, Type.Null()]),
  }),
});

export const listConsumers = defineCommand({
  context: 'outbound',
  name: 'list-consumers',
  version: 1,
  meaning: 'All consumers of events, and how far each is behind.',
  request: closed({}),
  reply: closed({
    consumers: Type.Array(
      closed({
        consumer: EventConsumer,
        topics: Type.Array(closed({ topic: EventTopic, cursor: Text, lag: SafeInteger, isCaughtUp: Type.Boolean() })),
      }),
    ),
  }),
});

export const replayEvents = defineCommand({
  context: 'outbound',
  name: 'replay-events',
  version: 1,
  meaning: 'Sends a consumer the events of a topic again that followed a cursor.',
  request: closed({
    consumer: Id,
    topic: EventTopic,
    /** Of an event that it has; absent: from the oldest that is kept. */
    cursor: Type.Optional(Text),
  }),
  reply: closed({ cursor: Text }),
});

export type EventTopic = Static<typeof EventTopic>;
export type EventConsumer = Static<typeof EventConsumer>;
export type PutConsumer = RequestOf<typeof putConsumer>;
export type PutConsumerReply = ReplyOf<typeof putConsumer>;
export type ListConsumersReply = ReplyOf<typeof listConsumers>;
export type ReplayEvents = RequestOf<typeof replayEvents>;
export type ReleaseWork = RequestOf<typeof releaseWork>;
export type StopWork = RequestOf<typeof stopWork>;
export type RedirectWork = RequestOf<typeof redirectWork>;
export type RedirectedWork = ReplyOf<typeof redirectWork>;
export type StoppedWork = ReplyOf<typeof stopWork>;
export type TellQueue = RequestOf<typeof tellQueue>;
export type ToldQueue = ReplyOf<typeof tellQueue>;
export type QueueStatesReply = ReplyOf<typeof queueStates>;
export type ListCommandsReply = ReplyOf<typeof listCommands>;
export type ConsumerState = ListConsumersReply['consumers'][number];
export type QueueState = QueueStatesReply['queues'][number];
export type CommandState = ListCommandsReply['commands'][number];
