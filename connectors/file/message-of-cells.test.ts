import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../kernel/model/errors.ts';
import { messageOfCells } from './message-of-cells.ts';

describe('a row of CSV', () => {
  test('stands where its header says, as what its header says, and leaves empty cells out', () => {
    const header = [
      'eventId',
      'data.lines.0.sku',
      'data.lines.0.price:number',
      'data.lines.1.sku',
      'data.isNew:boolean',
      'x',
    ];
    expect(messageOfCells({ header, record: ['e-1', ' A ', '12', 'B', 'true', ''] })).toEqual({
      eventId: 'e-1',
      data: { lines: [{ sku: 'A', price: 12 }, { sku: 'B' }], isNew: true },
    });
  });

  test.each([
    ['a cell without a header', ['a'], ['1', '2']],
    ['a number that is none', ['a:number'], ['1e9']],
    ['neither true nor false', ['a:boolean'], ['yes']],
    ['a kind that nobody knows', ['a:date'], ['1']],
    ['a name that is none', ['a b'], ['1']],
    ['the name of the prototype', ['__proto__.x'], ['1']],
    ['a path through a value', ['a', 'a.b'], ['1', '2']],
  ])('is refused for %s', (_, header, record) => {
    expect(() => messageOfCells({ header, record })).toThrow(Refusal);
  });
});
