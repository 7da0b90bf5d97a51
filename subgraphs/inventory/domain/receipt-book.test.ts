import { expect, test } from '@jest/globals';
import { ReceiptBook } from './receipt-book.ts';

const keyOf = (count: number) => ({ location: 'L', reference: `PO-${count}`, sku: 'A' });
const source = { system: 'erp', eventId: 'e' };

test('what was received long ago is forgotten, but not what still waits', () => {
  const book = new ReceiptBook();
  book.tell(keyOf(0), source, { steps: 3, atMs: 0 });
  for (let count = 1; count <= 30_000; count++) book.apply(keyOf(count), 1, count);
  expect(book.freezeReceipts()).toHaveLength(20_000);
  expect(book.unmatched(0, 9)).toMatchObject([{ reference: 'PO-0', told: 3, applied: 0 }]);
  book.apply(keyOf(0), 3, 30_001);
  expect(book.nextDueMs(1)).toBeUndefined();
  expect(book.differenceOf(keyOf(1), 'erp')).toBe(0);
  expect(book.differenceOf(keyOf(30_000), 'erp')).toBe(-1);
});

test('when too many wait, the oldest are told before their time', () => {
  const book = new ReceiptBook();
  for (let count = 0; count < 5_000; count++) book.tell(keyOf(count), source, { steps: 1, atMs: 1_000 + count });
  expect(book.nextDueMs(50)).toBe(1_050);
  expect(book.unmatched(0, 9)).toEqual([]);
  book.tell(keyOf(5_000), source, { steps: 1, atMs: 90_000 });
  expect(book.nextDueMs(50)).toBe(0);
  expect(book.unmatched(0, 9)).toMatchObject([{ reference: 'PO-0' }]);
  book.markRaised(keyOf(0), 'erp');
  expect(book.nextDueMs(50)).toBe(1_051);
});

test.each<[string, (book: ReceiptBook) => void]>([
  ['more was received', (book) => book.apply(keyOf(0), 1, 9)],
  ['the same system told more', (book) => book.tell(keyOf(0), source, { steps: 1, atMs: 9 })],
  ['people were told', (book) => book.markRaised(keyOf(0), 'erp')],
])('receipts stay as they were frozen before %s', (_what, change) => {
  const book = new ReceiptBook();
  for (const count of [0, 1]) book.tell(keyOf(count), source, { steps: 3, atMs: 0 });
  const taken = () => book.freezeReceipts().slice(0, 9);
  const before = taken();
  expect(before).toHaveLength(2);
  const frozen = book.freezeReceipts();
  change(book);
  expect(frozen.slice(0, 9)).toEqual(before);
  expect(taken()).not.toEqual(before);
});
