import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Id, oneOf, OwnershipDomain, Text } from './fields.ts';

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

export const messageQuarantined = defineEvent({
  context: 'inbox',
  type: 'message-quarantined',
  version: 1,
  meaning: 'A message waits, by itself, until what it cannot be read for is mended.',
  data: closed({
    /** Follows from the system and the cause: messages of one cause are one exception. */
    exceptionId: Id,
    system: Text,
    eventId: Text,
    reason: Text,
    /** Present when a value means nothing to the hub: the mapping set that lacks it, and the value. */
    unmapped: Type.Optional(closed({ domain: Text, value: Text })),
  }),
});

export const quarantineCleared = defineEvent({
  context: 'inbox',
  type: 'quarantine-cleared',
  version: 1,
  meaning: 'No message waits any more for this cause.',
  data: closed({ exceptionId: Id, system: Text }),
});

export const foreignWriteKept = defineEvent({
  context: 'inbox',
  type: 'foreign-write-kept',
  version: 1,
  meaning: 'A system told what another system owns; it is kept as evidence and was not applied.',
  data: closed({
    /** Follows from the system, the domain and the place. */
    exceptionId: Id,
    system: Text,
    eventId: Text,
    domain: OwnershipDomain,
    location: Type.Union([Code, Type.Null()]),
    channel: Type.Union([Code, Type.Null()]),
    owner: Text,
  }),
});

const Kinds = Type.Array(Text);

export const schemaDrifted = defineEvent({
  context: 'inbox',
  type: 'schema-drifted',
  version: 1,
  meaning: 'The bodies that a system sends are no longer what they were. Told once per change.',
  data: closed({
    /** Follows from the system, the kind of body and the change. */
    exceptionId: Id,
    system: Text,
    /** Which of its things. */
    kind: Text,
    change: oneOf('ADDED', 'RETYPED', 'MISSING'),
    /** Such as `lines[].sku`. */
    field: Text,
    was: Kinds,
    is: Kinds,
    /** The first message that showed it. */
    eventId: Text,
    /** The message waits because of it; otherwise the hub does not need the field, and the message went on. */
    isQuarantined: Type.Boolean(),
  }),
});

export const INBOX_MESSAGE_EVENTS = [
  messageConflicted,
  messageQuarantined,
  quarantineCleared,
  foreignWriteKept,
  schemaDrifted,
] as const;

export type MessageConflicted = DataOf<typeof messageConflicted>;
export type MessageQuarantined = DataOf<typeof messageQuarantined>;
export type SchemaDrifted = DataOf<typeof schemaDrifted>;
