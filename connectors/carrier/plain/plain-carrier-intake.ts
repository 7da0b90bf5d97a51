import { createHash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { PositionGone, type Feed } from '../../runtime/feed.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { readOrUndefined, unreadableMessage } from '../../runtime/unreadable.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import type { PlainCarrierMapping } from './plain-carrier-mapping.ts';
import { CarrierEvent, CarrierEventPage } from './plain-carrier-objects.ts';
import { trackingFacts } from './tracking-facts.ts';

const EVENTS_PER_PAGE = 500;
/** The status of a place in the events that are no longer kept. */
const GONE = 410;

interface Intake {
  readonly system: string;
  readonly mapping: PlainCarrierMapping;
}

/** An event as one bundle under its own id, also when it tells the hub nothing. */
export function carrierMessage(body: unknown, { system, mapping }: Intake): Inbound {
  const named = readOrUndefined(() => parseAs(Named, body, 'event'));
  const origin = { kind: named?.type ?? 'event', body };
  try {
    const event = parseAs(CarrierEvent, body, 'event');
    const sequence = { stream: system, number: event.sequence };
    return { eventId: event.id, facts: trackingFacts(event, mapping), sequence, origin };
  } catch (error) {
    return unreadableMessage(error, { eventId: named?.id ?? idOf(body), raw: body, origin });
  }
}

const Named = Type.Object({ id: Type.String({ minLength: 1 }), type: Type.Optional(Type.String()) });

function idOf(body: unknown): string {
  const hash = createHash('sha256').update(canonicalJson(body ?? null));
  return `body:${hash.digest('base64url')}`;
}

const SIGNATURE_PREFIX = 'hmac-sha256-hex=';

/** `x-hmac-signature: hmac-sha256-hex=<HMAC-SHA256 of the raw body in hex>` */
export function carrierReceiver(intake: Intake & { readonly secret: string }): WebhookReceiver {
  const { system, secret } = intake;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const expected = `${SIGNATURE_PREFIX}${hmacSha256(secret, [rawBody], 'hex')}`;
      if (!isSameSecret(headers['x-hmac-signature'], expected)) throw new InvalidSignature(system);
    },
    normalise: async ({ rawBody }) => [carrierMessage(jsonOf(rawBody.toString('utf8')), intake)],
  };
}

/** Text that is no JSON is kept as it is. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The numbered scans of the account, which never change and have no gaps. */
export function carrierFeed(intake: Intake & { readonly http: HttpClient }): Feed {
  const { system, http } = intake;
  return {
    name: 'events',
    overlap: 0,
    isByTime: false,
    read: async (after) => {
      const query = new URLSearchParams({ after: String(after), limit: String(EVENTS_PER_PAGE) });
      const request = { method: 'GET', path: `/v1/events?${query}`, isIdempotent: true } as const;
      const { json } = await http.request(request).catch((error: unknown) => {
        const isGone = error instanceof UpstreamRejected && error.status === GONE;
        throw isGone ? new PositionGone(system, { cause: error }) : error;
      });
      const page = parseAnswer(system, CarrierEventPage, json);
      const messages = page.data.map((event) => carrierMessage(event, intake));
      return { messages, last: page.next_after, hasMore: page.has_more };
    },
  };
}
