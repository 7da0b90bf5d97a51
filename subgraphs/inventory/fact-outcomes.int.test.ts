import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { FactOutcomesReply } from '../../schema/commands/inventory.ts';
import { goodsReceived } from '../../schema/events/inbox.ts';
import { STOCK_FACT_TYPES as TOLD_TYPES } from '../../schema/events/stock-facts.ts';
import { STOCK_FACT_TYPES } from './app/stock-fact-of.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

let bench: InventoryBench;
beforeEach(async () => {
  bench = await InventoryBench.open();
});
afterEach(() => bench.close());

const receive = (eventId: string, skus: readonly string[]) =>
  bench.publish(
    goodsReceived,
    { location: 'S1', reference: 'po', lines: skus.map((sku) => ({ lineId: sku, sku, quantity: '1' })) },
    { eventId },
  );
const outcomes = async (...eventIds: string[]) =>
  ((await bench.request('fact-outcomes', { system: 'pos', eventIds })) as FactOutcomesReply).outcomes;

test('the state of a fact is told line by line: recorded, waiting, or not there yet', async () => {
  await receive('e-1', ['A']);
  await receive('e-2', ['A', 'NEW']);
  await receive('e-3', ['NEW', 'NEWER']);
  await bench.until(async () => (await outcomes('e-3')).every(({ state }) => state === 'PARKED') || undefined, 'e-3');

  const parked = (sku: string) => ({ lineId: sku, code: 'UNKNOWN_SKU', message: `No SKU ${sku} is registered.` });
  expect(await outcomes('e-3', 'e-2', 'e-1', 'e-0', 'e')).toEqual([
    { eventId: 'e-3', state: 'PARKED', parkedLines: [parked('NEW'), parked('NEWER')] },
    { eventId: 'e-2', state: 'PARTLY_RECORDED', parkedLines: [parked('NEW')] },
    { eventId: 'e-1', state: 'RECORDED', parkedLines: [] },
    { eventId: 'e-0', state: 'PENDING', parkedLines: [] },
    { eventId: 'e', state: 'PENDING', parkedLines: [] },
  ]);

  for (const sku of ['NEW', 'NEWER']) await bench.registerSku(sku);
  await bench.until(async () => {
    const states = (await outcomes('e-2', 'e-3')).map(({ state }) => state);
    return states.every((state) => state === 'RECORDED') || undefined;
  }, 'both to be recorded');
});

test('whoever asks for facts of stock knows the same types as the ledger', () => {
  expect([...TOLD_TYPES].sort()).toEqual([...STOCK_FACT_TYPES].sort());
});
