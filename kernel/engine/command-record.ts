import { hash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.ts';
import { isRefusal, type RefusalValue } from '../model/errors.ts';
import type { Decision, RefusedDecision, WriterDefinition } from './writer-definition.ts';

/** One command as the journal keeps it: what it brought about, and what its repetition is answered. */
export interface CommandRecord<Event = unknown, Answer = unknown> {
  readonly commandId: string;
  /** Tells the repetition of a command from another one under the same id. */
  readonly payloadHash: string;
  readonly events: readonly Event[];
  /** One of `answer` and `refusal` at most; with neither, the answer follows from the events. */
  readonly answer?: Answer;
  readonly refusal?: RefusalValue;
}

/** What a command is answered, whether or not its record holds it. */
export interface CommandOutcome<Answer> {
  readonly commandId: string;
  readonly payloadHash: string;
  /** Exactly one of `answer` and `refusal` is there. */
  readonly answer?: Answer;
  readonly refusal?: RefusalValue;
}

/** The SHA-256 of the canonical JSON of a command. */
export function payloadHashOf(command: unknown): string {
  return hash('sha256', canonicalJson(command), 'base64url');
}

export function toRecord<Event, Answer>(
  id: { readonly commandId: string; readonly payloadHash: string },
  decision: Decision<Event, Answer> | RefusedDecision<Event>,
): CommandRecord<Event, Answer> {
  const { commandId, payloadHash } = id;
  if (!isRefusal(decision)) {
    const { events, answer, isAnswerOfEvents } = decision;
    return isAnswerOfEvents ? { commandId, payloadHash, events } : { commandId, payloadHash, events, answer };
  }
  const { events = [], refused, code, message, details } = decision;
  return { commandId, payloadHash, events, refusal: { refused, code, message, details } };
}

/** What the command of a record was answered. */
export function outcomeOf<Event, Answer>(
  { answerOf }: Pick<WriterDefinition<unknown, unknown, Event, Answer>, 'answerOf'>,
  record: CommandRecord<Event, Answer>,
): CommandOutcome<Answer> {
  if (!answerOf || record.refusal || record.answer !== undefined) return record;
  const { commandId, payloadHash, events } = record;
  return { commandId, payloadHash, answer: answerOf(events) };
}
