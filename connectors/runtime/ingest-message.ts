import { Type, type Static } from '@sinclair/typebox';
import type { EventDefinition } from '../../schema/events/event-definition.ts';
import { closed, Id, Instant, Text } from '../../schema/events/fields.ts';
import { INBOX_EVENTS } from '../../schema/events/inbox.ts';
import { evidenceOf } from './inbox-entry.ts';
import type { InboundMessage, UnreadableMessage } from './inbound.ts';

/** Messages in one call. */
const INGEST_MESSAGES_MAX = 5_000;

/** `type` of a message that the integrator itself cannot read and wants kept. */
const UNREADABLE = 'unreadable';

const IngestFact = closed({
  eventId: Id,
  /** The type of a fact of `schema/events/inbox.ts`, such as `store-sale-recorded`. */
  type: Type.String({ minLength: 1, maxLength: 100 }),
  /** Messages of one key keep their order. Default: by the kind of fact, such as the order or the location. */
  key: Type.Optional(Id),
  occurredAt: Instant,
  /** For a source that numbers its messages one by one, whatever they tell: a number that is left out is raised. */
  sequence: Type.Optional(
    closed({ stream: Id, number: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) }),
  ),
  data: Type.Unknown(),
});

const IngestUnreadable = closed({
  eventId: Id,
  type: Type.Literal(UNREADABLE),
  reason: Text,
  raw: Type.Unknown(),
});

export const IngestRequest = closed({
  messages: Type.Array(Type.Union([IngestUnreadable, IngestFact]), { maxItems: INGEST_MESSAGES_MAX }),
});

export type IngestMessage = Static<typeof IngestFact> | Static<typeof IngestUnreadable>;

const DEFINITIONS: ReadonlyMap<string, EventDefinition> = new Map(
  INBOX_EVENTS.map((definition) => [definition.type, definition]),
);

/** What an integrator sends, as the inbox takes it. */
export function inboundOf(message: IngestMessage): InboundMessage | UnreadableMessage {
  const { eventId } = message;
  if ('reason' in message) return { eventId, reason: message.reason, raw: message.raw };
  const definition = DEFINITIONS.get(message.type);
  if (!definition) return { eventId, reason: `There is no fact "${message.type}".`, raw: message };
  const { key, occurredAt, data, sequence } = message;
  const optional = { ...(key !== undefined && { key }), ...(sequence && { sequence }) };
  return { eventId, definition, occurredAtMs: Date.parse(occurredAt), data, ...optional };
}

/** The way back: what a feeder has normalised, as it goes over the wire. */
export function ingestMessageOf(message: InboundMessage | UnreadableMessage, evidenceBytesMax = 65_536): IngestMessage {
  const { eventId } = message;
  if ('reason' in message) {
    return { eventId, type: UNREADABLE, reason: message.reason, raw: evidenceOf(message.raw, evidenceBytesMax) };
  }
  const { definition, key, occurredAtMs, data, sequence } = message;
  const occurredAt = new Date(occurredAtMs).toISOString();
  const optional = { ...(key !== undefined && { key }), ...(sequence && { sequence }) };
  return { eventId, type: definition.type, occurredAt, data, ...optional };
}
