import { Type, type Static } from '@sinclair/typebox';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { PositionGone, type Feed } from './feed.ts';
import type { HttpClient } from './http-client.ts';
import type { Inbound, InboundBundle } from './inbound.ts';
import { idOfBody } from './json-body.ts';
import { parseAnswer } from './parse-answer.ts';
import { readOrUndefined, unreadableMessage } from './unreadable.ts';
import { UpstreamRejected } from './upstream-errors.ts';

/** An event of a system that numbers them all, the same in webhooks and in its list of events. */
const NumberedEvent = Type.Object({
  id: Type.String({ minLength: 1 }),
  /** One more than that of the event before. */
  sequence: Type.Integer({ minimum: 1 }),
  type: Type.String(),
  created_at: Type.String({ format: 'date-time' }),
  data: Type.Unknown(),
});

const EventPage = Type.Object({
  /** Each is read by itself, so that one that is not as it should be keeps no other back. */
  data: Type.Array(Type.Unknown()),
  next_after: Type.Integer({ minimum: 0 }),
  has_more: Type.Boolean(),
});

const Named = Type.Object({ id: Type.String({ minLength: 1 }), type: Type.Optional(Type.String()) });

export type NumberedEvent = Static<typeof NumberedEvent>;

export interface NumberedEvents {
  readonly system: string;
  /** What an event tells; none when it tells the hub nothing. @throws {Unreadable} */
  facts(event: NumberedEvent): InboundBundle['facts'];
}

const EVENTS_PER_PAGE = 500;
/** The status of a place in the events that are no longer kept. */
const GONE = 410;

/** An event as one bundle under its own id, also when it tells the hub nothing: a number that is missing is noticed. */
export function numberedMessage(body: unknown, events: NumberedEvents): Inbound {
  const named = readOrUndefined(() => parseAs(Named, body, 'event'));
  const origin = { kind: named?.type ?? 'event', body };
  try {
    const event = parseAs(NumberedEvent, body, 'event');
    const sequence = { stream: events.system, number: event.sequence };
    return { eventId: event.id, facts: events.facts(event), sequence, origin };
  } catch (error) {
    return unreadableMessage(error, { eventId: named?.id ?? idOfBody(body), raw: body, origin });
  }
}

/** `GET /v1/events?after=&limit=`: events that never change and have no gaps. */
export function numberedFeed(events: NumberedEvents, http: HttpClient): Feed {
  return {
    name: 'events',
    overlap: 0,
    isByTime: false,
    read: async (after) => {
      const query = new URLSearchParams({ after: String(after), limit: String(EVENTS_PER_PAGE) });
      const request = { method: 'GET', path: `/v1/events?${query}`, isIdempotent: true } as const;
      const { json } = await http.request(request).catch((error: unknown) => {
        const isGone = error instanceof UpstreamRejected && error.status === GONE;
        throw isGone ? new PositionGone(events.system, { cause: error }) : error;
      });
      const page = parseAnswer(events.system, EventPage, json);
      const messages = page.data.map((body) => numberedMessage(body, events));
      return { messages, last: page.next_after, hasMore: page.has_more };
    },
  };
}
