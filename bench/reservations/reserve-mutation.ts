import { CHANNEL_ID } from './reserver.ts';

const RESERVE = `mutation Reserve($input: ReserveStockInput!) {
  reserveStock(input: $input) { reservations { id } changeCursor }
}`;

/** The request of a client that reserves one unit of each SKU. */
export function reserveMutation(idempotencyKey: string, skus: readonly string[]) {
  const lines = skus.map((sku) => ({ sku, quantity: '1' }));
  return { query: RESERVE, variables: { input: { idempotencyKey, channel: CHANNEL_ID, kind: 'CART', lines } } };
}

/**
 * Whether the answer says that all was reserved; false when there was not enough.
 * @throws on any other answer
 */
export function isReserved(text: string): boolean {
  if (text.startsWith('{"data":{"reserveStock":{')) return true;
  if (text.includes('"INSUFFICIENT_STOCK"')) return false;
  throw new Error(`The mutation was answered ${text.slice(0, 500)}`);
}
