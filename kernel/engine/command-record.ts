import { hash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.ts';
import { isRefusal, type RefusalValue } from '../model/errors.ts';
import type { Decision, RefusedDecision } from './writer-definition.ts';

/** One command as the journal keeps it: what it brought about, and what its repetition is answered. */
export interface CommandRecord<Event = unknown, Answer = unknown> {
  readonly commandId: string;
  /** Tells the repetition of a command from another one under the same id. */
  readonly payloadHash: string;
  readonly events: readonly Event[];
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
  if (!isRefusal(decision)) return { ...id, events: decision.events, answer: decision.answer };
  const { events = [], refused, code, message, details } = decision;
  return { ...id, events, refusal: { refused, code, message, details } };
}
