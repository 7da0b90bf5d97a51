import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/model/canonical-json.ts';
import type { SourceSequence } from '../../kernel/model/event-envelope.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Inbound, InboundFact, Origin, UnmappedWord } from './inbound.ts';
import { messageKeyOf } from './message-key.ts';
import { Unreadable, unreadableReason } from './unreadable.ts';

/** A fact that fits its definition, under its own event id. */
export interface ReadableFact extends InboundFact {
  readonly eventId: string;
  readonly key: string;
}

/** An external message as the inbox looks at it. */
export interface InboxEntry {
  readonly id: string;
  readonly source: string;
  readonly eventId: string;
  /** Of a message whose source numbers it. */
  readonly sequence?: SourceSequence;
  /** Of the canonical content, so that a repeat is told from a conflict. */
  readonly hash: string;
  /** Empty when the message tells nothing, or cannot be read. */
  readonly facts: readonly ReadableFact[];
  /** Why it cannot be read. */
  readonly reason?: string;
  /** The value that means nothing yet, when that is why. */
  readonly unmapped?: UnmappedWord;
  /** What arrived. */
  readonly raw: unknown;
  /** What it was made of, in the words of its vendor. */
  readonly origin?: Origin;
}

const EVENT_ID_LENGTH_MAX = 180;
/** The last millisecond that a Date can hold. */
const TIME_MS_MAX = 8_640_000_000_000_000;

export function inboxEntryOf(source: string, message: Inbound): InboxEntry {
  const eventId = boundedEventId(message.eventId);
  const sequence = 'sequence' in message ? message.sequence : undefined;
  const { origin } = message;
  const base = {
    id: `${source}|${eventId}`,
    source,
    eventId,
    ...(sequence && { sequence }),
    ...(origin && { origin }),
  };
  if ('reason' in message) {
    const { reason, raw, unmapped } = message;
    return { ...base, facts: [], reason, raw, hash: hashOf(raw), ...(unmapped && { unmapped }) };
  }
  const told = 'facts' in message ? message.facts : [message];
  const raw = told.map(({ definition, occurredAtMs, data }) => ({ type: definition.type, occurredAtMs, data }));
  const hash = hashOf(raw);
  try {
    const facts = told.map((fact) => readableFact(fact, 'part' in fact ? `${eventId}:${fact.part}` : eventId));
    return { ...base, facts, raw, hash };
  } catch (error) {
    return { ...base, facts: [], reason: unreadableReason(error), raw, hash };
  }
}

/** What is kept of a message for people to look at. */
export function evidenceOf(raw: unknown, bytesMax: number): unknown {
  const text = canonicalJson(raw ?? null);
  return Buffer.byteLength(text) <= bytesMax ? raw : { cutOff: Buffer.from(text).subarray(0, bytesMax).toString() };
}

function readableFact(fact: InboundFact, eventId: string): ReadableFact {
  const { definition, occurredAtMs } = fact;
  if (!Number.isSafeInteger(occurredAtMs) || Math.abs(occurredAtMs) > TIME_MS_MAX) {
    throw new Unreadable(`${definition.type}: the time at which it happened is not known.`);
  }
  const data: unknown = parseAs(definition.data, fact.data, definition.type);
  return { definition, occurredAtMs, data, eventId, key: fact.key ?? messageKeyOf(definition, data) };
}

/** Ids beyond the bound are replaced by their hash, which is as unique and as stable. */
function boundedEventId(eventId: string): string {
  if (eventId.length <= EVENT_ID_LENGTH_MAX) return eventId;
  return `sha256-${createHash('sha256').update(eventId).digest('hex')}`;
}

function hashOf(content: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(content ?? null))
    .digest('base64url');
}
