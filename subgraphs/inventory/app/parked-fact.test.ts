import { expect, test } from '@jest/globals';
import { factLinesOf, type StockFact } from '../domain/stock-fact.ts';
import { parkedFactsOf } from './parked-fact.ts';

const FACT: StockFact = {
  type: 'goods-received',
  source: { system: 'wms', eventId: 'r1' },
  occurredAtMs: 0,
  data: {
    location: 'DC',
    reference: 'PO-1',
    lines: [
      { lineId: '1', sku: 'A', quantity: '1' },
      { lineId: '2', sku: 'B', quantity: '2' },
      { lineId: '3', sku: 'A', quantity: '3' },
    ],
  },
};

test('regression: a parked fact holds only the lines that wait for its code', () => {
  const parked = ['1', '2', '3'].map((lineId) => ({ lineId, code: 'UNKNOWN_SKU' as const, message: '' }));

  const documents = parkedFactsOf(FACT, parked, 0);

  expect(documents.map(({ waitsFor, fact }) => [waitsFor, factLinesOf(fact).map(({ lineId }) => lineId)])).toEqual([
    ['SKU:A', ['1', '3']],
    ['SKU:B', ['2']],
  ]);
  expect(documents.every(({ fact }) => fact.isPart)).toBe(true);
});
