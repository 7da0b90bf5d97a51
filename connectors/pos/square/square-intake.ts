import { createHash } from 'node:crypto';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed } from '../../runtime/feed.ts';
import type { Inbound, Origin, WebhookReceiver } from '../../runtime/inbound.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { inventoryFeed, inventoryNotified, type InventoryIntake } from './inventory-intake.ts';
import { inventoryMessages } from './inventory-messages.ts';
import type { RawChange } from './inventory-objects.ts';
import { orderMessages, type OrderReader } from './order-messages.ts';
import { Notification, type RawOrder } from './square-objects.ts';

const INVENTORY = 'inventory.count.updated';
/** Stores of one search. */
const LOCATIONS_MAX = 10;
/** Orders become visible to searches a while after their time. */
const OVERLAP_MS = 60_000;

export type SquareReader = OrderReader & InventoryIntake;

export type SquareReceiverOptions = SquareReader & {
  readonly signatureKey: string;
  /** The address exactly as subscribed: it is part of what is signed. */
  readonly notificationUrl: string;
};

/** Source: https://developer.squareup.com/docs/webhooks/step3validate */
export function squareReceiver(options: SquareReceiverOptions): WebhookReceiver {
  const { system } = options.api;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const expected = hmacSha256(options.signatureKey, [options.notificationUrl, rawBody], 'base64');
      if (!isSameSecret(headers['x-square-hmacsha256-signature'], expected)) throw new InvalidSignature(system);
    },
    normalise: ({ rawBody }) => notified(rawBody.toString('utf8'), options),
  };
}

/** Reads again what an order, or a notification that was none, was made of. */
export function readSquareAgain(origin: Origin, reader: SquareReader): Promise<readonly Inbound[]> {
  if (origin.kind === 'inventory-change') return inventoryMessages([origin.body as RawChange], reader);
  if (origin.kind === 'order') return orderMessages([origin.body as RawOrder], reader);
  return notified(String(origin.body), reader);
}

/** Notifications say what changed and not how, so it is looked up. */
async function notified(text: string, reader: SquareReader): Promise<readonly Inbound[]> {
  const orderId = orderIdOf(text);
  if (orderId === INVENTORY) return notifiedOfInventory(text, reader);
  if (typeof orderId !== 'string') return orderId === undefined ? [] : [orderId];
  const found = await reader.api.orders([orderId]);
  if (!found.has(orderId))
    throw new UpstreamUnavailable(reader.api.system, { words: 'The order is not to be found yet.' });
  return orderMessages(found.values(), reader);
}

async function notifiedOfInventory(text: string, reader: SquareReader): Promise<readonly Inbound[]> {
  if (reader.mapping.reasons === undefined) return [];
  try {
    return await inventoryNotified(jsonOf(text), reader);
  } catch (error) {
    return [unreadableNotification(text, error)];
  }
}

/** Undefined for notifications of anything else; a message where the body is none. */
function orderIdOf(text: string): string | undefined | Inbound {
  try {
    const { type, data } = parseAs(Notification, jsonOf(text), 'notification');
    if (type === INVENTORY) return INVENTORY;
    if (type.startsWith('order.')) return data.id;
    return type.startsWith('refund.') ? data.object?.refund?.order_id : undefined;
  } catch (error) {
    return unreadableNotification(text, error);
  }
}

function unreadableNotification(text: string, error: unknown): Inbound {
  const eventId = `body:${createHash('sha256').update(text).digest('base64url')}`;
  return unreadableMessage(error, { eventId, raw: text, origin: { kind: 'notification', body: text } });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Orders, and changes of the inventory where somebody has said what those mean. */
export function squareFeeds(reader: SquareReader): readonly Feed[] {
  return [...orderFeeds(reader), ...(reader.mapping.reasons === undefined ? [] : [inventoryFeed(reader)])];
}

/** Completed orders by the time of their last change, ten stores a feed. */
function orderFeeds(reader: OrderReader): readonly Feed[] {
  const locationIds = Object.keys(reader.mapping.locations);
  const count = Math.ceil(locationIds.length / LOCATIONS_MAX);
  return Array.from({ length: count }, (_, index) => ({
    name: `orders-${index + 1}`,
    overlap: OVERLAP_MS,
    read: async (after: number) => {
      const some = locationIds.slice(index * LOCATIONS_MAX, (index + 1) * LOCATIONS_MAX);
      const { orders, hasMore } = await reader.api.changedOrders(some, after);
      const last = Math.max(after, ...orders.map((order) => Date.parse(order.updated_at)));
      return { messages: await orderMessages(orders, reader), last, hasMore };
    },
  }));
}
