import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../testing/config.ts';
import { canonicalJson } from './canonical-json.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

/** The same content with the members of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const);
  return Object.fromEntries(entries.reverse());
}

/** The slow and obvious way. */
function sortedCopy(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

describe('canonical JSON', () => {
  test('equal content has equal text, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
      parameters,
    );
  });

  test('the text is JSON of the same content, so different content has different text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      parameters,
    );
  });

  test('members stand in code-unit order at every depth; elements keep theirs', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }, 3], B: 1, a: { ä: 1, z: 2 } })).toBe(
      '{"B":1,"a":{"z":2,"ä":1},"b":[{"a":2,"z":1},3]}',
    );
  });

  test('members that are undefined are left out', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  test('the text of a value is what it always was', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('10', '9', '007', '__proto__', 'a'));
    const members = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, -0, 1e21, new Date(0), '\ud800'));
    const values = fc.oneof(members, fc.dictionary(names, fc.oneof(members, fc.dictionary(names, members))));
    fc.assert(
      fc.property(values, fc.array(members), (value, list) => {
        expect(canonicalJson([value, list])).toBe(sortedCopy([value, list]));
      }),
      parameters,
    );
  });

  test('a member named __proto__ is a member like any other', () => {
    const text = '{"__proto__":{"x":1},"a":2}';
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });
});
