import { describe, expect, test } from '@jest/globals';
import type { Inbound } from '../../runtime/inbound.ts';
import { ownReference } from '../../systems/tryton/own-reference.ts';
import type { ShipmentRow } from './shipment-facts.ts';
import { moveMessage, type MoveRow } from './stock-facts.ts';
import type { TrytonWarehouse } from './tryton-warehouses.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';
import { readTrytonStockAgain, type TrytonWmsFeedParts } from './tryton-wms-feeds.ts';

const MAPPING: TrytonWmsMapping = { locations: { 'ST-1': 'STORE-1' }, lost: 'LOST', found: 'FOUND' };
const STORE: TrytonWarehouse = {
  id: 1,
  code: 'ST-1',
  location: 'STORE-1',
  storage: 4,
  input: 2,
  output: 3,
  bins: [{ id: 4, name: 'Storage' }],
};
const OWN = ownReference('sales:STORE-1:2026-11-20:GBP:1');
const FOREIGN = 'RMA-4711';

/** Goods that come back from customers into the input zone of the store. */
const comesBack = (reference: string): MoveRow => ({
  id: 7,
  quantity: 2,
  'product.': { code: 'ITEM-001' },
  'from_location.': { id: 99, type: 'customer' },
  'to_location.': { id: 2, type: 'storage' },
  shipment: 'stock.shipment.out.return,5',
  'shipment.': { reference },
  origin: null,
  write_date: null,
  create_date: '2026-11-20T12:00:00.000000Z',
});

const left = (reference: string): ShipmentRow => ({ id: 5, number: 'OUT-5', reference, state: 'done' });

/** Nothing was released through the hub. */
const PARTS = {
  releases: { byReference: async () => undefined },
  warehouses: { all: async () => [STORE] },
  mapping: MAPPING,
} as unknown as TrytonWmsFeedParts;

/** What is left of messages when those that tell nothing are taken away. */
const telling = (messages: readonly (Inbound | undefined)[]) =>
  messages.filter((message) => message !== undefined && !('facts' in message && message.facts.length === 0));

describe('what comes back of the hub’s own postings', () => {
  test('is no fact when goods of a posted sale left, and one for a person when somebody else shipped them', async () => {
    const told = async (reference: string) =>
      telling(await readTrytonStockAgain({ kind: 'shipment', body: left(reference) }, PARTS));
    expect(await told(OWN)).toEqual([]);
    expect(await told(FOREIGN)).toMatchObject([{ reason: 'The shipment OUT-5 was not released by the hub.' }]);
  });

  test('is no fact when goods of a posted sale came back, and a receipt when they were announced', () => {
    const told = (reference: string) => telling([moveMessage(comesBack(reference), [STORE], MAPPING)]);
    expect(told(OWN)).toEqual([]);
    expect(told(FOREIGN)).toMatchObject([{ data: { return: FOREIGN } }]);
  });
});
