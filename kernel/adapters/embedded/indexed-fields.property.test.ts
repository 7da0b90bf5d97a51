import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../testing/config.ts';
import { indexedFields, indexedFieldsSql } from './indexed-fields.ts';

const PATHS = ['a', 'a.b', 'a.b.c', 'c'];
const leaf = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const nested = (depth: number): fc.Arbitrary<unknown> =>
  depth === 0
    ? leaf
    : fc.oneof(
        leaf,
        fc.array(nested(depth - 1), { maxLength: 2 }),
        fc.record({ a: nested(depth - 1), b: nested(depth - 1), c: nested(depth - 1) }, { requiredKeys: [] }),
      );

test('what a document is found by is the same from itself and from its text', () => {
  const database = new DatabaseSync(':memory:');
  const read = database.prepare(`SELECT ${indexedFieldsSql(PATHS)} AS fields FROM (SELECT ? AS body)`);
  fc.assert(
    fc.property(fc.record({ a: nested(3), c: nested(2) }, { requiredKeys: [] }), (content) => {
      const document = { id: 'x', ...content };
      const stored = JSON.parse(String(read.get(JSON.stringify(document))?.['fields'])) as unknown;
      expect(JSON.parse(indexedFields(document, PATHS))).toEqual(stored);
    }),
    { numRuns: testConfig().propertyRuns },
  );
  database.close();
});
