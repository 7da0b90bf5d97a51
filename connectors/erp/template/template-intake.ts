import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed } from '../../runtime/feed.ts';
import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { idOfBody, jsonOrText } from '../../runtime/json-body.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import type { TemplateApi } from './template-api.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { changeMessage } from './template-messages.ts';
import { AnyChange } from './template-objects.ts';

/** Versions that are given out before others and become visible after them. */
const OVERLAP_VERSIONS = 50;

/** A webhook is a change, signed over the raw body. */
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

/** What is signed and no change is kept under the hash of its body. */
export function readNotification(text: string, mapping: TemplateMapping): Inbound {
  try {
    return changeMessage(parseAs(AnyChange, jsonOrText(text), 'notification'), mapping);
  } catch (error) {
    return unreadableMessage(error, {
      eventId: idOfBody(text),
      raw: text,
      origin: { kind: 'notification', body: text },
    });
  }
}

/** Items and locations by the version of their last change. */
export function templateFeed(api: TemplateApi, mapping: TemplateMapping): Feed {
  return {
    name: 'changes',
    overlap: OVERLAP_VERSIONS,
    isByTime: false,
    read: async (after) => {
      const { changes, last, hasMore } = await api.changesAfter(after);
      return { messages: changes.map((change) => changeMessage(change, mapping)), last, hasMore };
    },
  };
}
