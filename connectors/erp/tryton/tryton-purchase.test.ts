import { describe, expect, test } from '@jest/globals';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { InboundBundle } from '../../runtime/inbound.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';
import { purchaseMessage, type AnyPurchase } from './tryton-purchase.ts';

const MAPPING: TrytonErpMapping = {
  units: { u: 'EA', box: 'CS' },
  warehouses: { DC: { location: 'NORTH', type: 'DC', timeZone: 'Europe/London', capabilities: [] } },
  lifecycleByActive: {},
  companyCurrency: 'GBP',
};
const line = (more: object = {}) => ({
  id: 4,
  type: 'line',
  quantity: 12,
  'product.': { code: 'LAMP', 'default_uom.': { symbol: 'u' } },
  'unit.': { symbol: 'u' },
  delivery_date: '2026-12-24',
  _timestamp: '1700000001.5',
  ...more,
});
const purchase = (state: string, lines: readonly object[] = [line()], more: object = {}): AnyPurchase =>
  ({
    id: 3,
    number: 'P-3',
    state,
    'warehouse.': { code: 'DC' },
    _timestamp: '1700000000.0',
    'lines.': lines,
    ...more,
  }) as unknown as AnyPurchase;
const told = (row: AnyPurchase) =>
  (purchaseMessage(row, MAPPING) as InboundBundle).facts.map(({ definition, data }) => [
    definition.type,
    parseAs(definition.data, data, definition.type),
  ]);
const named = { lineId: '4', documentLine: '4', sku: 'LAMP' };

describe('a purchase', () => {
  test.each(['draft', 'quotation'])('promises nothing while it is a %s', (state) => {
    expect(purchaseMessage(purchase(state), MAPPING)).toBeUndefined();
  });

  test.each(['confirmed', 'processing'])('promises its lines by the end of their days when it is %s', (state) => {
    const lines = [{ ...named, quantity: '12', expectedAt: '2026-12-24T23:59:59.999Z' }];
    expect(told(purchase(state))).toEqual([['supply-announced', { document: 'P-3', location: 'NORTH', lines }]]);
  });

  test.each(['done', 'cancelled'])('brings nothing more when it is %s', (state) => {
    expect(told(purchase(state))).toEqual([
      ['supply-cancelled', { document: 'P-3', location: 'NORTH', lines: [named] }],
    ]);
  });

  test('tells packs as packs, and leaves out what is no goods or comes back', () => {
    const lines = [
      line({ 'unit.': { symbol: 'box' }, delivery_date: null }),
      line({ id: 5, type: 'comment', 'product.': null }),
      line({ id: 6, quantity: -1 }),
    ];
    expect(told(purchase('confirmed', lines))).toMatchObject([
      ['supply-announced', { lines: [{ ...named, quantity: '12', unit: 'CS' }] }],
    ]);
    expect(told(purchase('confirmed', []))).toEqual([]);
  });

  test('is another message when anything of it changes, as of its newest record', () => {
    const [first, again, later] = [
      purchase('confirmed'),
      purchase('confirmed'),
      purchase('confirmed', [line({ delivery_date: '2026-12-25' })]),
    ].map((row) => purchaseMessage(row, MAPPING) as InboundBundle);
    expect(again?.eventId).toBe(first?.eventId);
    expect(later?.eventId).not.toBe(first?.eventId);
    expect(first?.facts[0]?.occurredAtMs).toBe(1_700_000_001_500);
  });

  test('waits while its warehouse or a unit means nothing', () => {
    const elsewhere = purchase('confirmed', [line()], { 'warehouse.': { code: 'ANNEX' } });
    expect(purchaseMessage(elsewhere, MAPPING)).toMatchObject({ reason: 'warehouse "ANNEX" is not mapped.' });
    const pallet = purchase('confirmed', [line({ 'unit.': { symbol: 'pallet' } })]);
    expect(purchaseMessage(pallet, MAPPING)).toMatchObject({ reason: 'unit of measure "pallet" is not mapped.' });
  });
});
