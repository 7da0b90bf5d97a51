import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { FlashSaleDesk } from './flash-sale-desk.ts';
import { FLASH_SKU } from './order-input.ts';

const UNITS = 5;
const ARGUMENT = { customers: 3, units: UNITS, durationMs: 300 };
const SHORT = JSON.stringify({ data: null, errors: [{ extensions: { code: 'INSUFFICIENT_STOCK' } }] });

/** A shop that takes so many orders, and says that so many units are left. */
function deskOf({ takes, left }: { readonly takes: number; readonly left: number }, refusal = SHORT) {
  let taken = 0;
  const released: string[] = [];
  const ask = async (): Promise<string> => {
    await sleep(1);
    if (taken === takes) return refusal;
    return JSON.stringify({ data: { placeOrder: { order: { id: `O-${++taken}` } } } });
  };
  const settling = {
    settle: () => Promise.resolve(0),
    assertReleased: (ids: readonly string[]) => Promise.resolve(void released.push(...ids)),
  };
  return { desk: new FlashSaleDesk(settling, ask, () => Promise.resolve(new Map([[FLASH_SKU, left]]))), released };
}

test('counts what was sold and what was refused, and has each order that was sold looked at', async () => {
  const { desk, released } = deskOf({ takes: UNITS, left: 0 });
  const load = await desk.sell(ARGUMENT);
  expect(load).toMatchObject({ accepted: { orders: UNITS }, left: 0, soldOutMs: expect.any(Number) });
  expect(load.refused.orders).toBeGreaterThan(0);
  expect(released).toEqual(['O-1', 'O-2', 'O-3', 'O-4', 'O-5']);
});

test('says that not everything was sold in the time', async () => {
  const { desk } = deskOf({ takes: 2, left: 3 });
  expect(await desk.sell(ARGUMENT)).toMatchObject({ accepted: { orders: 2 }, left: 3, soldOutMs: null });
});

test('fails when a unit was sold twice, or is lost', async () => {
  await expect(deskOf({ takes: UNITS + 1, left: 0 }).desk.sell(ARGUMENT)).rejects.toThrow('1 oversold');
  await expect(deskOf({ takes: UNITS - 1, left: 0 }).desk.sell(ARGUMENT)).rejects.toThrow('4 of 5 units were sold');
});

test('fails when anything but a shortage keeps an order from being taken', async () => {
  const busy = JSON.stringify({ data: null, errors: [{ extensions: { code: 'OVERLOADED' } }] });
  await expect(deskOf({ takes: 1, left: 4 }, busy).desk.sell(ARGUMENT)).rejects.toThrow('OVERLOADED');
});
