import { CHANNEL_ID } from '../reservations/reserver.ts';

/** Lines of orders one after the other: 2.2 on average. */
const LINES = [2, 2, 3, 2, 2] as const;
const SKU_COUNT = 1_000;
/** No divisor of it is one of the number of goods, so that orders go through all of them. */
const STRIDE = 619;
const UNIT_PRICE_MINOR = 1_000;
/** More than a run sells. */
const UNITS = 100_000_000;

const SKUS: readonly string[] = Array.from({ length: SKU_COUNT }, (_, n) => `SKU-${String(n).padStart(5, '0')}`);

/** The one that everybody wants. */
export const FLASH_SKU = 'FLASH';

/** SKU -> units at the beginning. @param flashUnits of the one that everybody wants; 0: it is not sold */
export const openingStock = (flashUnits: number): ReadonlyMap<string, number> =>
  new Map([...SKUS.map((sku) => [sku, UNITS] as const), ...(flashUnits > 0 ? [[FLASH_SKU, flashUnits] as const] : [])]);

export const linesOf = (ordinal: number): number => LINES[ordinal % LINES.length] ?? 2;

const PLACE = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id status lines { id states { state quantity } } } changeCursor }
}`;

/** The request that places the order of this number: customers and goods are scattered. */
export function placeRequest(ordinal: number) {
  const count = linesOf(ordinal);
  const lines = Array.from({ length: count }, (_, n) => ({
    sku: SKUS[(ordinal * STRIDE + n) % SKU_COUNT],
    quantity: '1',
    unitPriceMinor: UNIT_PRICE_MINOR,
  }));
  return orderOf(ordinal, lines);
}

/** The request of the customer of this number for one unit of what everybody wants. */
export const flashRequest = (ordinal: number) =>
  orderOf(ordinal, [{ sku: FLASH_SKU, quantity: '1', unitPriceMinor: UNIT_PRICE_MINOR }]);

function orderOf(ordinal: number, lines: readonly object[]) {
  const tenders = [{ tender: 'CARD', amountMinor: lines.length * UNIT_PRICE_MINOR }];
  const customer = `C-${100_000 + ((ordinal * STRIDE) % 50_000)}`;
  return {
    query: PLACE,
    variables: { input: { channel: CHANNEL_ID, externalId: `WEB-${10_000_000 + ordinal}`, customer, lines, tenders } },
  };
}
