import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Inbound, Origin, WebhookReceiver } from '../../runtime/inbound.ts';
import { idOfBody, jsonOrText } from '../../runtime/json-body.ts';
import { InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import type { AmazonApi } from './amazon-api.ts';
import { BusEvent } from './amazon-objects.ts';
import { orderMessages, type OrderReader, type RawOrderWithItems } from './order-messages.ts';

export interface Intake {
  readonly api: AmazonApi;
  readonly reader: OrderReader;
}

/**
 * Notifications come from a rule of the seller's own bus of events, which proves itself by a key. They say which order
 * has changed; what it is like now is looked up.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export function orderReceiver(intake: Intake & { readonly apiKey: string }): WebhookReceiver {
  const { system } = intake.api;
  return {
    system,
    verify: ({ headers }) => {
      if (!isSameSecret(headers['x-api-key'], intake.apiKey)) throw new InvalidSignature(system);
    },
    normalise: ({ rawBody }) => notified(jsonOrText(rawBody), intake),
  };
}

/** Reads again what an order, or a notification that was none, was made of. */
export function readOrderAgain({ kind, body }: Origin, intake: Intake): Promise<readonly Inbound[]> {
  return kind === 'order' ? orderMessages(body as RawOrderWithItems, intake.reader) : notified(body, intake);
}

async function notified(body: unknown, { api, reader }: Intake): Promise<readonly Inbound[]> {
  const orderId = orderIdOf(body);
  if (typeof orderId === 'object') return [orderId];
  if (orderId === undefined) return [];
  const order = await api.order(orderId);
  api.assertMayAsk('getOrderItems');
  return orderMessages({ order, items: await api.items(orderId) }, reader);
}

/** Undefined for notifications of anything else; a message where the body is none. */
function orderIdOf(body: unknown): string | undefined | Inbound {
  try {
    const { detail } = parseAs(BusEvent, body, 'notification');
    return detail.Payload.OrderChangeNotification?.AmazonOrderId;
  } catch (error) {
    return unreadableMessage(error, { eventId: idOfBody(body), raw: body, origin: { kind: 'notification', body } });
  }
}
