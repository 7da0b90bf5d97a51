import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { SequenceBook } from './sequence-book.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };
const TILL = { system: 'pos', stream: 'till-1' };

/** Observes a number as the ledger does. @returns the origin of the gap that it closed */
function tell(book: SequenceBook, number: number): number | undefined {
  if (!book.isNew(TILL, number)) return undefined;
  const closed = book.closedBy(TILL, number);
  book.observe(TILL, number, number);
  return closed;
}

describe('the numbers of a source', () => {
  test('leave exactly those missing that were skipped after the first, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }), (numbers) => {
        const book = new SequenceBook();
        for (const number of numbers) tell(book, number);
        const [first = 0] = numbers;
        const told = new Set(numbers);
        const missing = range(first, Math.max(...numbers)).filter((number) => !told.has(number));
        const gaps = book.unraised(Number.POSITIVE_INFINITY).flatMap(({ ranges }) => ranges);
        expect(gaps.flatMap(({ from, to }) => range(from, to))).toEqual(missing);
        for (const number of range(first, Math.max(...numbers))) {
          expect(book.isNew(TILL, number)).toBe(missing.includes(number));
        }
      }),
      parameters,
    );
  });

  test('close each gap that people were told of exactly once, with the last number it lacks', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(range(1, 20), { minLength: 20 }), fc.nat(19), (numbers, raisedAfter) => {
        const book = new SequenceBook();
        tell(book, 0);
        const raised = new Set<number>();
        const closed: number[] = [];
        numbers.forEach((number, index) => {
          closed.push(...[tell(book, number)].filter((origin) => origin !== undefined));
          if (index !== raisedAfter) return;
          for (const gap of book.unraised(Number.POSITIVE_INFINITY)) {
            book.markRaised(TILL, gap.origin);
            raised.add(gap.origin);
          }
        });
        expect(closed.sort((a, b) => a - b)).toEqual([...raised].sort((a, b) => a - b));
      }),
      parameters,
    );
  });

  test('are kept per system and stream', () => {
    const book = new SequenceBook();
    for (const [system, stream] of [
      ['pos', 'a'],
      ['pos', 'b'],
      ['wms', 'a'],
    ] as const) {
      book.observe({ system, stream }, 1, 0);
    }
    book.observe({ system: 'pos', stream: 'b' }, 3, 7);
    expect(book.unraised(6)).toEqual([]);
    expect(book.unraised(7)).toEqual([{ system: 'pos', stream: 'b', origin: 2, ranges: [{ from: 2, to: 2 }] }]);
    expect(new SequenceBook(book.toEntries()).unraised(7)).toEqual(book.unraised(7));
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
