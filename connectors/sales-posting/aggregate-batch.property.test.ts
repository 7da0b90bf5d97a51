import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../kernel/testing/config.ts';
import { documentLines, registersOfLines, type DocumentLine } from '../erp/sales-document.ts';
import { extendedMinor } from '../runtime/exact-decimal.ts';
import { aggregateBatch, firstThatFit, registerSales } from './aggregate-batch.ts';
import { mergeRegisters } from './merge-registers.ts';
import type { StoreReceipt } from './store-receipt.ts';

const { propertyRuns: numRuns } = testConfig();

const line = fc.record({
  sku: fc.constantFrom('MUG', 'LAMP', 'CHEESE'),
  // Weighed goods cost fractions of a penny before they are rounded.
  quantity: fc
    .integer({ min: 1, max: 99_999 })
    .map((grams) => `${Math.floor(grams / 1_000)}.${String(grams % 1_000).padStart(3, '0')}`),
  unitPriceMinor: fc.integer({ min: 0, max: 5_000 }),
});
const receipt: fc.Arbitrary<StoreReceipt> = fc
  .record({
    kind: fc.constantFrom<StoreReceipt['kind']>('SALE', 'RETURN'),
    register: fc.constantFrom('-', 'till 1', 'till: 2'),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    charges: fc.array(
      fc.record({
        kind: fc.constantFrom<StoreReceipt['charges'][number]['kind']>('DISCOUNT', 'OTHER'),
        amountMinor: fc.integer({ min: -500, max: 500 }),
      }),
      { maxLength: 2 },
    ),
  })
  .map((content) => ({
    id: 'pos|1',
    status: 'TAKEN',
    number: 'R-1',
    location: 'STORE-1',
    currency: 'GBP',
    occurredAtMs: 0,
    takenAtMs: 0,
    businessDay: '2026-11-20',
    group: 'STORE-1|2026-11-20|GBP',
    waitsFor: null,
    batch: null,
    ...content,
  }));

/** Some receipts, cut into batches anywhere. */
const cut = fc.array(fc.tuple(receipt, fc.boolean()), { minLength: 1, maxLength: 30 });

function batchesOf(parts: readonly (readonly [StoreReceipt, boolean])[]): readonly (readonly StoreReceipt[])[] {
  const batches: StoreReceipt[][] = [[]];
  for (const [each, isLast] of parts) {
    batches.at(-1)?.push(each);
    if (isLast) batches.push([]);
  }
  return batches.filter((batch) => batch.length > 0);
}

const sorted = (figures: ReturnType<typeof registerSales>) =>
  figures.toSorted((left, right) => (left.register < right.register ? -1 : 1));

const asDocument = (receipts: readonly StoreReceipt[], amountOf: (price: number, quantity: string) => number) =>
  documentLines(
    { location: 'STORE-1', businessDay: '2026-11-20', currency: 'GBP', sequence: 1, ...aggregateBatch(receipts) },
    amountOf,
  );

/** What an ERP tells of a line that it was given. */
function readBack(written: DocumentLine, amountOf: (price: number, quantity: string) => number) {
  const { text } = written;
  if (written.kind === 'COUNT') return { text, quantity: null, amountMinor: 0 };
  if (written.kind === 'AMOUNT') return { text, quantity: null, amountMinor: written.amountMinor };
  const { quantity, unitPriceMinor } = written;
  return { text, quantity, amountMinor: amountOf(unitPriceMinor, quantity) };
}

describe('micro-batches', () => {
  test('have the totals of their receipts, register by register, however receipts are cut into batches (I41)', () => {
    fc.assert(
      fc.property(cut, (parts) => {
        const whole = registerSales(parts.map(([each]) => each));
        const batched = batchesOf(parts).flatMap((batch) => aggregateBatch(batch).registers);
        expect(sorted([...mergeRegisters(batched)])).toEqual(sorted(whole));
      }),
      { numRuns },
    );
  });

  test('become documents that tell the same again, however the ERP rounds its lines', () => {
    const roundings = [extendedMinor, (price: number, quantity: string) => Math.floor(price * Number(quantity))];
    fc.assert(
      fc.property(
        fc.array(receipt, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(...roundings),
        (receipts, amountOf) => {
          const told = registersOfLines(asDocument(receipts, amountOf).map((each) => readBack(each, amountOf)));
          expect(sorted([...told])).toEqual(sorted(registerSales(receipts)));
        },
      ),
      { numRuns },
    );
  });

  test('have one line for each register, SKU, price and direction, and no more than their bound', () => {
    fc.assert(
      fc.property(
        fc.array(receipt, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 4, max: 40 }),
        (receipts, max) => {
          const fitting = firstThatFit(receipts, max);
          const { lines } = aggregateBatch(fitting);
          expect(fitting.length).toBeGreaterThan(0);
          expect(lines.length <= max || fitting.length === 1).toBe(true);
          const keys = lines.map(({ register, sku, unitPriceMinor, quantity }) =>
            JSON.stringify([register, sku, unitPriceMinor, quantity.startsWith('-')]),
          );
          expect(new Set(keys).size).toBe(lines.length);
        },
      ),
      { numRuns },
    );
  });
});
