import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Collection, Document } from '../../kernel/ports/documents.ts';
import { storeSaleRecorded } from '../../schema/events/inbox.ts';
import { shortageRecorded } from '../../schema/events/inventory.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { INVENTORY_LIMITS } from './app/inventory-limits.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

let bench: InventoryBench;

beforeEach(async () => {
  bench = await InventoryBench.open();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await bench.close();
});

/** More than lies there, so that an exception is told. */
function sell(units: number): Promise<void> {
  const line = { lineId: '1', sku: 'A', quantity: String(units), unitPriceMinor: 1 };
  const sale = {
    channel: 'TILL',
    externalId: `sale-${units}`,
    location: 'S1',
    currency: 'GBP',
    charges: [],
    tenders: [],
  };
  return bench.publish(storeSaleRecorded, { ...sale, lines: [line] });
}

async function shortages(): Promise<number> {
  const messages = await bench.platform.streams.read(streamOf('inventory'), 0, 10_000);
  return new Set(messages.flatMap(({ envelope }) => (envelope.type === shortageRecorded.type ? [envelope.id] : [])))
    .size;
}

test('goes on after a save of its place was done and nobody heard of it', async () => {
  const definition = { name: 'inventory-relay', indexes: [] };
  const cursors = await bench.platform.documents.collection<Document>(definition);
  const collections = Object.getPrototypeOf(cursors) as Collection<Document>;
  const save = Reflect.get(collections, 'save') as (...args: unknown[]) => Promise<number>;
  let lost = 0;
  jest.spyOn(collections, 'save').mockImplementation(async function (this: Collection<Document>, document, ...rest) {
    const version = await save.call(this, document, ...rest);
    if (document.id !== 'inventory-events' || lost > 0) return version;
    lost++;
    throw new Obstacle('CONTEXT_UNAVAILABLE', 'The answer was lost.');
  });
  await sell(3);
  await bench.until(() => lost === 1, 'the lost answer');
  await sell(4);
  await bench.until(async () => {
    bench.clock.advance(INVENTORY_LIMITS.relayRetryMs);
    return (await shortages()) === 2;
  }, 'what was told after it');
  expect(bench.telemetry.total('inventory_relay_failures_total')).toBe(1);
});
