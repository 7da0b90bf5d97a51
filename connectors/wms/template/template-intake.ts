import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed } from '../../runtime/feed.ts';
import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { idOfBody, jsonOrText } from '../../runtime/json-body.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import type { TemplateApi } from './template-api.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { eventMessage } from './template-messages.ts';
import { AnyEvent } from './template-objects.ts';

/** A webhook is an event, signed over the raw body. */
export function templateReceiver(options: {
  readonly system: string;
  readonly secret: string;
  readonly mapping: TemplateMapping;
}): WebhookReceiver {
  const { system, secret, mapping } = options;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const expected = hmacSha256(secret, [rawBody], 'hex');
      if (!isSameSecret(headers['x-template-signature'], expected)) throw new InvalidSignature(system);
    },
    normalise: async ({ rawBody }) => [readNotification(rawBody.toString('utf8'), mapping)],
  };
}

/** What is signed and no event is kept under the hash of its body. */
export function readNotification(text: string, mapping: TemplateMapping): Inbound {
  try {
    return eventMessage(parseAs(AnyEvent, jsonOrText(text), 'notification'), mapping);
  } catch (error) {
    return unreadableMessage(error, {
      eventId: idOfBody(text),
      raw: text,
      origin: { kind: 'notification', body: text },
    });
  }
}

/** The numbered events of one warehouse. They are visible in the order of their numbers, so none has to be read twice. */
export function templateFeed(api: TemplateApi, warehouse: string, mapping: TemplateMapping): Feed {
  return {
    name: `events-${warehouse}`,
    overlap: 0,
    isByTime: false,
    read: async (after) => {
      const { events, last, hasMore } = await api.eventsAfter(warehouse, after);
      return { messages: events.map((event) => eventMessage(event, mapping)), last, hasMore };
    },
  };
}
