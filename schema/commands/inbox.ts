import { Type } from '@sinclair/typebox';
import { closed, Id, Instant, SafeInteger, Text } from '../events/fields.ts';
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

export const listQuarantined = defineCommand({
  context: 'inbox',
  name: 'list-quarantined',
  version: 1,
  meaning: 'Messages that wait because they cannot be read, the newest first.',
  request: closed({ system: Type.Optional(Text), limit: Type.Integer({ minimum: 1, maximum: 100 }) }),
  reply: closed({
    messages: Type.Array(
      closed({
        system: Text,
        eventId: Text,
        reason: Text,
        exceptionId: Type.Union([Id, Type.Null()]),
        receivedAt: Instant,
        correlationId: Text,
      }),
    ),
  }),
});

export const erasePersonalData = defineCommand({
  context: 'inbox',
  name: 'erase-personal-data',
  version: 1,
  meaning:
    'Takes a text, such as a name or an address, out of every raw message that is kept. Repeating it changes nothing more.',
  request: closed({ text: Type.String({ minLength: 3, maxLength: 200 }) }),
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

export type ReplayQuarantined = RequestOf<typeof replayQuarantined>;
export type ReplayedQuarantined = ReplyOf<typeof replayQuarantined>;
export type ListQuarantinedReply = ReplyOf<typeof listQuarantined>;
