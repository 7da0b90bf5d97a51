import { describe, expect, test } from '@jest/globals';
import { compareBooks, unexplained, type Difference } from './compare-books.ts';

const book = (entries: Readonly<Record<string, number>>) => new Map(Object.entries(entries));

describe('compareBooks', () => {
  const ledger = book({ 'A|STORE': 5, 'B|STORE': 1, 'A|DC': 9 });

  test('holds every position of a system against the ledger, also those that only one of them has', () => {
    const pos = { book: book({ 'A|STORE': 5, 'C|STORE': 2, 'D|STORE': 0 }), locations: ['STORE'] };
    expect(compareBooks({ ledger, systems: { pos } })).toEqual({
      compared: 4,
      differences: [
        { system: 'pos', position: 'B|STORE', ledger: 1, told: 0 },
        { system: 'pos', position: 'C|STORE', ledger: 0, told: 2 },
      ],
    });
  });

  test('leaves alone what a system does not keep', () => {
    const wms = { book: book({ 'A|DC': 9, 'A|STORE': 77 }), locations: ['DC'] };
    expect(compareBooks({ ledger, systems: { wms } })).toEqual({ compared: 1, differences: [] });
  });
});

describe('unexplained', () => {
  const difference: Difference = { system: 'pos', position: 'A|STORE', ledger: 5, told: 3 };
  const exception = { system: 'pos', position: 'A|STORE', quantity: -2 };

  test('says nothing of a difference that is exactly one exception', () => {
    expect(unexplained([difference], [exception])).toEqual([]);
    expect(unexplained([], [])).toEqual([]);
  });

  test.each([
    ['without an exception', [difference], [], 'pos A|STORE differs by -2 and has 0 exceptions'],
    ['with two of them', [difference], [exception, exception], 'pos A|STORE differs by -2 and has 2 exceptions'],
    ['of another size', [difference], [{ ...exception, quantity: 4 }], 'differs by -2, the exception says 4'],
    ['that is none', [], [exception], 'pos A|STORE has an exception and does not differ'],
  ])('tells of a difference %s', (_what, differences, exceptions, words) => {
    expect(unexplained(differences, exceptions).join()).toContain(words);
  });
});
