import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../testing/config.ts';
import { KeyedRecords } from './keyed-records.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

/** Found by trying: texts of one hash. */
const COLLIDING = ['command-8388', 'command-302620'];

const keys = fc.oneof(
  fc.nat(60).map((number) => `key-${number}`),
  fc.constantFrom(...COLLIDING),
);
const steps = fc.array(
  fc.record({ what: fc.constantFrom('set', 'set', 'set', 'delete', 'delete'), key: keys, value: fc.nat() }),
  { maxLength: 400 },
);

describe('KeyedRecords', () => {
  test('hold what a Map holds, in its order', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const records = new KeyedRecords<{ readonly key: string; readonly value: number }>(({ key }) => key);
        const expected = new Map<string, { readonly key: string; readonly value: number }>();
        for (const { what, key, value } of drawn) {
          if (what === 'set') {
            records.set({ key, value });
            expected.set(key, { key, value });
          } else {
            records.delete(key);
            expected.delete(key);
          }
          expect(records.get(key)).toEqual(expected.get(key));
          expect(records.size).toBe(expected.size);
        }
        expect([...records.values()]).toEqual([...expected.values()]);
        expect(records.toArray()).toEqual([...expected.values()]);
        for (const [key, record] of expected) expect(records.get(key)).toEqual(record);
      }),
      parameters,
    );
  });
});
