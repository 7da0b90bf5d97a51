import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Id, Text } from './fields.ts';

/* What the inbox itself has to tell of the messages that come to it. */

export const messageConflicted = defineEvent({
  context: 'inbox',
  type: 'message-conflicted',
  version: 1,
  meaning: 'A message came again under its id with other content, which is kept as evidence and was not applied.',
  data: closed({
    /** Follows from the message and its content: the same other content is the same exception. */
    exceptionId: Id,
    system: Text,
    eventId: Text,
    /** Of the facts that it would have told; absent when it cannot be read. */
    fact: Type.Optional(Text),
    location: Type.Optional(Code),
  }),
});

export type MessageConflicted = DataOf<typeof messageConflicted>;
