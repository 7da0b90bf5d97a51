import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../testing/config.ts';
import { formatChangeCursor, parseChangeCursor } from './change-cursor.ts';
import { Refusal } from './errors.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const cursor = fc.record({
  context: fc.constantFrom('inventory', 'orders', 'returns', 'products'),
  epoch: fc.stringMatching(/^[0-9a-z]{16}$/),
  seq: fc.integer({ min: 0, max: 999_999_999_999_999 }),
});

describe('change cursors', () => {
  test('what is written is read back', () => {
    fc.assert(
      fc.property(cursor, (original) => {
        expect(parseChangeCursor(formatChangeCursor(original), original.context)).toEqual(original);
      }),
      parameters,
    );
  });

  test('a cursor of another context is refused, and both contexts are named', () => {
    fc.assert(
      fc.property(cursor, (original) => {
        expect(() => parseChangeCursor(formatChangeCursor(original), 'finance')).toThrow(
          expect.objectContaining({
            code: 'FOREIGN_CURSOR',
            details: { expected: 'finance', found: original.context },
          }),
        );
      }),
      parameters,
    );
  });

  test('no other text makes it throw anything but a refusal', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseChangeCursor(text, 'inventory')).toThrow(Refusal);
      }),
      parameters,
    );
  });

  test.each([
    '',
    'inventory',
    'inventory:abcdef',
    'inventory:abcdef.',
    'inventory:abcdef.-1',
    'inventory:abcdef.1.2',
    'inventory:ABCDEF.1',
    ' inventory:abcdef.1',
    'inventory:abcdef.1\n',
  ])('refuses "%s" as malformed', (text) => {
    expect(() => parseChangeCursor(text, 'inventory')).toThrow(expect.objectContaining({ code: 'MALFORMED_CURSOR' }));
  });
});
