import { Type } from '@sinclair/typebox';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { PositionGone, type Feed } from '../../runtime/feed.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { idOfBody, jsonOrText } from '../../runtime/json-body.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { readOrUndefined, unreadableMessage } from '../../runtime/unreadable.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { EventPage, WarehouseEvent } from './ship-hero-events.ts';
import type { ShipHeroMapping } from './ship-hero-mapping.ts';
import { warehouseFacts } from './warehouse-facts.ts';

const EVENTS_PER_PAGE = 500;
/** The status of a place in the events that are no longer kept. */
const GONE = 410;

/**
 * A message of the warehouse as one bundle under its own message id, also when it tells the hub nothing: so the same
 * message with other content is always found out. What is no message is kept under its own id, or the hash of its body.
 */
export function warehouseMessage(body: unknown, mapping: ShipHeroMapping): Inbound {
  const origin = { kind: kindOf(body), body };
  try {
    const event = parseAs(WarehouseEvent, body, 'message');
    const { message_id: eventId, account_id: account = '', warehouse, sequence: number } = event;
    const sequence = { stream: `${account}/${warehouse}`, number };
    return { eventId, facts: warehouseFacts(event, mapping), sequence, origin };
  } catch (error) {
    return unreadableMessage(error, { eventId: idOf(body), raw: body, origin });
  }
}

const Named = Type.Object({ message_id: Type.String({ minLength: 1 }) });
const Typed = Type.Object({ webhook_type: Type.String() });

function idOf(body: unknown): string {
  const named = readOrUndefined(() => parseAs(Named, body, 'message'));
  return named?.message_id ?? idOfBody(body);
}

function kindOf(body: unknown): string {
  return readOrUndefined(() => parseAs(Typed, body, 'message'))?.webhook_type ?? 'message';
}

/** Source: https://developer.shiphero.com/webhooks/ (HMAC-SHA256 of the raw body in base64) */
export function shipHeroReceiver(options: {
  readonly system: string;
  readonly secret: string;
  readonly mapping: ShipHeroMapping;
}): WebhookReceiver {
  const { system, secret, mapping } = options;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const expected = hmacSha256(secret, [rawBody], 'base64');
      if (!isSameSecret(headers['x-shiphero-hmac-sha256'], expected)) throw new InvalidSignature(system);
    },
    normalise: async ({ rawBody }) => [warehouseMessage(jsonOrText(rawBody), mapping)],
  };
}

/** The numbered events of one warehouse, which never change and have no gaps. */
export function shipHeroFeed(options: {
  readonly system: string;
  readonly http: HttpClient;
  readonly warehouse: string;
  readonly mapping: ShipHeroMapping;
}): Feed {
  const { system, http, warehouse, mapping } = options;
  return {
    name: `events-${warehouse}`,
    overlap: 0,
    isByTime: false,
    read: async (after) => {
      const query = new URLSearchParams({ warehouse, after: String(after), limit: String(EVENTS_PER_PAGE) });
      const request = { method: 'GET', path: `/v1/events?${query}`, isIdempotent: true } as const;
      const { json } = await http.request(request).catch((error: unknown) => {
        const isGone = error instanceof UpstreamRejected && error.status === GONE;
        throw isGone ? new PositionGone(system, { cause: error }) : error;
      });
      const page = parseAnswer(system, EventPage, json);
      const messages = page.data.map((event) => warehouseMessage(event, mapping));
      return { messages, last: page.next_after, hasMore: page.has_more };
    },
  };
}
