import { Type } from '@sinclair/typebox';
import { closed, Id, Instant, MappingRows, SafeInteger, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What operators may ask of the door through which facts come in. */

export const replayQuarantined = defineCommand({
  context: 'inbox',
  name: 'replay-quarantined',
  version: 1,
  meaning:
    'Reads the waiting messages of a system again, in the order in which they came. Repeating it changes nothing more.',
  request: closed({
    system: Text,
    /** Only those of this cause. */
    exceptionId: Type.Optional(Id),
  }),
  reply: closed({
    /** Messages that were taken in. */
    replayed: SafeInteger,
    /** Messages that still cannot be read, or whose raw form is no longer there. */
    waiting: SafeInteger,
  }),
});

const QuarantinedMessage = closed({
  system: Text,
  eventId: Text,
  reason: Text,
  exceptionId: Type.Union([Id, Type.Null()]),
  receivedAt: Instant,
  correlationId: Text,
});

export const listQuarantined = defineCommand({
  context: 'inbox',
  name: 'list-quarantined',
  version: 1,
  meaning: 'Messages that wait because they cannot be read, the newest first.',
  request: closed({
    system: Type.Optional(Text),
    /** Only those that wait for this exception. */
    exceptionId: Type.Optional(Id),
    /** The last one of the page before. */
    after: Type.Optional(closed({ receivedAt: Instant, system: Text, eventId: Text })),
    limit: Type.Integer({ minimum: 1, maximum: 101 }),
  }),
  reply: closed({ messages: Type.Array(QuarantinedMessage) }),
});

export const erasePersonalData = defineCommand({
  context: 'inbox',
  name: 'erase-personal-data',
  version: 1,
  meaning:
    'Takes a text, such as a name or an address, out of every raw message that is kept, evidence included. Repeating it changes nothing more.',
  request: closed({
    text: Type.String({ minLength: 3, maxLength: 200 }),
    /** Only texts that are nothing else, such as a reference that other words may contain. Absent: all that contain it. */
    isWhole: Type.Optional(Type.Literal(true)),
  }),
  reply: closed({ messages: SafeInteger }),
});

export const readAgain = defineCommand({
  context: 'inbox',
  name: 'read-again',
  version: 1,
  meaning: 'Has the feeds of a system read again from an earlier time, so that messages that were left out come in.',
  request: closed({ system: Text, fromAt: Instant }),
  reply: closed({ feeds: SafeInteger }),
});

export const lookAtFeeds = defineCommand({
  context: 'inbox',
  name: 'look-at-feeds',
  version: 1,
  meaning: 'Has all feeds read now instead of after their interval, because there are news.',
  request: closed({}),
  reply: closed({}),
});

export const describeMapping = defineCommand({
  context: 'inbox',
  name: 'describe-mapping',
  version: 1,
  meaning: 'The rows by which messages of a system are read at the moment, by mapping set.',
  request: closed({ system: Text }),
  reply: closed({ sets: Type.Array(closed({ domain: Text, rows: MappingRows })) }),
});

export const dryRunMapping = defineCommand({
  context: 'inbox',
  name: 'dry-run-mapping',
  version: 1,
  meaning: 'What messages of the last days would become with other rows of one mapping set. Nothing is applied.',
  request: closed({ system: Text, domain: Text, rows: MappingRows, sinceAt: Instant }),
  reply: closed({
    messages: SafeInteger,
    /** True: there were more than are looked at. */
    isCutOff: Type.Boolean(),
    unchanged: SafeInteger,
    /** Were readable, and would tell something else. */
    changed: SafeInteger,
    nowReadable: SafeInteger,
    nowUnreadable: SafeInteger,
    /** Values that would still mean nothing, with the messages that have them. */
    unmapped: Type.Array(closed({ domain: Text, value: Text, messages: SafeInteger })),
    examples: Type.Array(closed({ eventId: Text, before: Text, after: Text })),
  }),
});

export type DryRunMapping = RequestOf<typeof dryRunMapping>;
export type DryRunReply = ReplyOf<typeof dryRunMapping>;
export type DescribedMapping = ReplyOf<typeof describeMapping>;
export type ReplayQuarantined = RequestOf<typeof replayQuarantined>;
export type ReplayedQuarantined = ReplyOf<typeof replayQuarantined>;
export type ListQuarantinedReply = ReplyOf<typeof listQuarantined>;
export type QuarantinedMessage = ListQuarantinedReply['messages'][number];
