import { INBOX_MESSAGE_EVENTS } from './inbox-messages.ts';
import { INBOX_EVENTS } from './inbox.ts';
import { INVENTORY_EVENTS } from './inventory.ts';
import { OPERATIONS_EVENTS } from './operations.ts';
import { ORDERS_EVENTS } from './orders.ts';
import { OUTBOUND_EVENTS } from './outbound.ts';
import { PRODUCTS_EVENTS } from './products.ts';
import { RETURNS_EVENTS } from './returns.ts';

/** Every event that any part of the hub publishes. */
export const PUBLISHED_EVENTS = [
  ...INBOX_EVENTS,
  ...INBOX_MESSAGE_EVENTS,
  ...OUTBOUND_EVENTS,
  ...PRODUCTS_EVENTS,
  ...INVENTORY_EVENTS,
  ...ORDERS_EVENTS,
  ...RETURNS_EVENTS,
  ...OPERATIONS_EVENTS,
];
