import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../testing/config.ts';
import { copyJson } from './copy-json.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const leaves = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(undefined, -0, Number.NaN, Number.POSITIVE_INFINITY, new Date(0), () => 1, Symbol('s')),
);
const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', '1', 'toJSON'));
const values = fc.oneof(leaves, fc.array(leaves), fc.dictionary(names, fc.oneof(leaves, fc.dictionary(names, leaves))));

describe('a copy of JSON data', () => {
  test('is what a way through its text would give', () => {
    fc.assert(
      fc.property(values, (value) => {
        const expected: unknown = JSON.parse(JSON.stringify(value ?? null) ?? 'null');
        expect(copyJson(value)).toStrictEqual(expected);
      }),
      parameters,
    );
  });

  test('shares nothing with the original', () => {
    const original = { list: [{ a: 1 }] };
    const copy = copyJson(original) as typeof original;
    copy.list.push({ a: 2 });
    (copy.list[0] as { a: number }).a = 3;
    expect(original).toEqual({ list: [{ a: 1 }] });
  });
});
