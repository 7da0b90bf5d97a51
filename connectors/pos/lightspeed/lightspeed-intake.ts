import { createHash } from 'node:crypto';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed } from '../../runtime/feed.ts';
import type { Inbound, Origin, WebhookReceiver } from '../../runtime/inbound.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import { AnySale, ProductRow, type RawSale } from './lightspeed-objects.ts';
import { saleMessages, type SaleReader } from './sale-messages.ts';

/** Versions that are given out before others and become visible after them. */
const OVERLAP_VERSIONS = 200;
const SIGNATURE = /^signature=([0-9a-f]+),\s*algorithm=HMAC-SHA256$/i;

/** Form-encoded notifications with the whole object in the field `payload`, signed over the raw body. */
export function lightspeedReceiver(options: SaleReader & { readonly clientSecret: string }): WebhookReceiver {
  const { system } = options.api;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const given = SIGNATURE.exec(headers['x-signature'] ?? '')?.[1]?.toLowerCase();
      if (!isSameSecret(given, hmacSha256(options.clientSecret, [rawBody], 'hex'))) throw new InvalidSignature(system);
    },
    normalise: ({ rawBody }) => notified(rawBody.toString('utf8'), options),
  };
}

/** Reads again what a sale, or a notification that was none, was made of. */
export function readLightspeedAgain(origin: Origin, reader: SaleReader): Promise<readonly Inbound[]> {
  if (origin.kind === 'sale') return saleMessages([origin.body as RawSale], reader);
  return notified(String(origin.body), reader);
}

async function notified(text: string, reader: SaleReader): Promise<readonly Inbound[]> {
  const form = new URLSearchParams(text);
  try {
    const payload: unknown = jsonOf(form.get('payload') ?? '');
    switch (form.get('type')) {
      case 'sale.update':
        return await saleMessages([parseAs(AnySale, payload, 'sale')], reader);
      case 'product.update':
        reader.api.learnProduct(parseAs(ProductRow, payload, 'product'));
        return [];
      default:
        return [];
    }
  } catch (error) {
    const eventId = `body:${createHash('sha256').update(text).digest('base64url')}`;
    return [unreadableMessage(error, { eventId, raw: text, origin: { kind: 'notification', body: text } })];
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All sales of the account by their version. */
export function lightspeedFeed(reader: SaleReader): Feed {
  return {
    name: 'sales',
    overlap: OVERLAP_VERSIONS,
    isByTime: false,
    read: async (after) => {
      const { sales, last, hasMore } = await reader.api.salesAfter(after);
      return { messages: await saleMessages(sales, reader), last, hasMore };
    },
  };
}
