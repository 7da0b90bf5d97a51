import { describe, expect, test } from '@jest/globals';
import { withAddedFields, withOtherContent, withRetypedFields } from './altered-content.ts';

const message = { id: 'a', lines: [{ sku: 'X', quantity: '1.500', count: 3 }] };

describe('altered content', () => {
  test('conflict keeps ids and types and changes the named fields', () => {
    expect(withOtherContent(message, ['quantity', 'count'])).toEqual({
      id: 'a',
      lines: [{ sku: 'X', quantity: '2.500', count: 4 }],
    });
  });

  test('drift swaps number and text of the named fields only', () => {
    expect(withRetypedFields(message, ['quantity', 'count', 'sku'])).toEqual({
      id: 'a',
      lines: [{ sku: 'X', quantity: 1.5, count: '3' }],
    });
  });

  test('drift adds a field to every object, however deep', () => {
    expect(withAddedFields(message)).toEqual({
      id: 'a',
      preview_revision: 2,
      lines: [{ sku: 'X', quantity: '1.500', count: 3, preview_revision: 2 }],
    });
  });
});
