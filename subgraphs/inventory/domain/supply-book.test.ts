import { expect, test } from '@jest/globals';
import { SupplyBook } from './supply-book.ts';

const LINE = { sku: 0, location: 0, ordered: 5, expectedAtMs: null, statedAtMs: 1 } as const;
const PLACE = { sku: 0, location: 0 } as const;

test.each<[string, (book: SupplyBook) => void]>([
  ['a statement', (book) => book.state('po', { ...LINE, line: '2' })],
  ['a later statement of a line', (book) => book.state('po', { ...LINE, line: '1', ordered: 9 })],
  ['a receipt', (book) => book.receive('po', { ...PLACE, steps: 2 })],
  ['a receipt of everything', (book) => book.receive('po', { ...PLACE, steps: 5 })],
])('documents stay as they were frozen before %s', (_what, change) => {
  const book = new SupplyBook();
  for (const document of ['po', 'other']) book.state(document, { ...LINE, line: '1' });
  const taken = () => book.freezeDocuments().slice(0, 9);
  const before = taken();
  expect(before).toHaveLength(2);
  const frozen = book.freezeDocuments();
  change(book);
  expect(frozen.slice(0, 9)).toEqual(before);
  expect(taken()).not.toEqual(before);
});
