import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed } from '../../runtime/feed.ts';
import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { idOfBody, jsonOrText } from '../../runtime/json-body.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import type { PosMapping } from '../pos-mapping.ts';
import type { TemplateApi } from './template-api.ts';
import { receiptMessages } from './template-messages.ts';
import { AnyReceipt } from './template-objects.ts';

/** Sequences that are given out before others and become visible after them. */
const OVERLAP_SEQUENCES = 50;

/** A webhook is a receipt, signed over the raw body. */
export function templateReceiver(options: {
  readonly system: string;
  readonly secret: string;
  readonly mapping: PosMapping;
}): WebhookReceiver {
  const { system, secret, mapping } = options;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const expected = hmacSha256(secret, [rawBody], 'hex');
      if (!isSameSecret(headers['x-template-signature'], expected)) throw new InvalidSignature(system);
    },
    normalise: async ({ rawBody }) => readNotification(rawBody.toString('utf8'), mapping),
  };
}

/** What is signed and no receipt is kept under the hash of its body. */
export function readNotification(text: string, mapping: PosMapping): readonly Inbound[] {
  try {
    return receiptMessages(parseAs(AnyReceipt, jsonOrText(text), 'notification'), mapping);
  } catch (error) {
    return [
      unreadableMessage(error, { eventId: idOfBody(text), raw: text, origin: { kind: 'notification', body: text } }),
    ];
  }
}

/** All receipts of the account by their sequence. */
export function templateFeed(api: TemplateApi, mapping: PosMapping): Feed {
  return {
    name: 'receipts',
    overlap: OVERLAP_SEQUENCES,
    isByTime: false,
    read: async (after) => {
      const { receipts, last, hasMore } = await api.receiptsAfter(after);
      return { messages: receipts.flatMap((receipt) => receiptMessages(receipt, mapping)), last, hasMore };
    },
  };
}
