import { Type } from '@sinclair/typebox';
import { closed, Id, SafeInteger, Text } from '../events/fields.ts';
import { defineCommand, type CommandDefinition, type ReplyOf, type RequestOf } from './command-definition.ts';

const Filter = Type.Record(Text, Type.Array(Text, { maxItems: 1_000 }));

/** A change feed record, as `kernel/ports/change-feed.ts` describes it. */
const Record = closed({
  event: Text,
  key: Text,
  version: SafeInteger,
  deleted: Type.Optional(Type.Boolean()),
  value: Type.Record(Text, Type.Unknown()),
  left: Type.Optional(Type.Record(Text, Type.Array(Text))),
});

const request = closed({
  /** The published event whose state is asked for. */
  event: Text,
  /** Field of the record -> accepted values; a list in the record matches when it holds one of them. */
  filter: Filter,
  /** Absent: a snapshot. */
  after: Type.Optional(closed({ epoch: Id, seq: SafeInteger })),
});

const reply = closed({
  epoch: Id,
  /** Everything up to here is included. */
  seq: SafeInteger,
  /** True: `records` is a snapshot, because none was asked to be continued or it could not be. */
  reset: Type.Boolean(),
  records: Type.Array(Record),
});

/**
 * "Everything of this event and filter since `after`": each context that publishes a change feed answers it. A position
 * ahead of the log of this process is an obstacle (NOT_CAUGHT_UP), never a reset.
 */
export function changesSinceOf(context: CommandDefinition['context']) {
  return defineCommand({
    context,
    name: 'changes-since',
    version: 1,
    meaning: 'The newest value of every key that matches and has changed after a position.',
    request,
    reply,
  });
}

export type ChangesSinceRequest = RequestOf<ReturnType<typeof changesSinceOf>>;
export type ChangesSinceReply = ReplyOf<ReturnType<typeof changesSinceOf>>;
