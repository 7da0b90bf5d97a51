import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../testing/config.ts';
import { escapeMembers, unescapeMembers } from './escape-members.ts';

const { propertyRuns, propertySeed } = testConfig();
const RUN = { numRuns: propertyRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const NAMES = fc.oneof(
  fc.string(),
  fc.constantFrom('$set', 'a.b', '%24', '_bsontype', '__proto__', '\0', '_id', '', '%', '_'),
);
const DATA = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(NAMES, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('escaped members', () => {
  test('come back as they were, in their order', () => {
    fc.assert(
      fc.property(DATA, (data) => {
        const json = JSON.stringify(data);
        expect(JSON.stringify(unescapeMembers(escapeMembers(JSON.parse(json))))).toBe(json);
      }),
      RUN,
    );
  });

  test('hold nothing that a server or the driver takes for something else', () => {
    fc.assert(
      fc.property(DATA, (data) => {
        for (const name of memberNames(escapeMembers(JSON.parse(JSON.stringify(data))))) {
          expect(name).not.toMatch(/^\$|[.\0]|^_bsontype$|^__proto__$/);
        }
      }),
      RUN,
    );
  });

  test('leave usual names alone', () => {
    const usual = { id: 'a', totals: { placedAtMs: 1 }, lines: [{ _sku: 'x' }], 'with space': 'ü' };
    expect(escapeMembers(usual)).toEqual(usual);
  });
});

function memberNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const nested = Object.values(value).flatMap((member) => memberNames(member));
  return Array.isArray(value) ? nested : [...Object.getOwnPropertyNames(value), ...nested];
}
