import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../testing/config.ts';
import { FleetingMap } from './fleeting-map.ts';
import { textHash } from './text-hash.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const steps = fc.array(
  fc.record({ what: fc.constantFrom('set', 'set', 'delete', 'delete', 'clear'), key: fc.nat(40), value: fc.nat() }),
  { maxLength: 300 },
);

describe('FleetingMap', () => {
  test.each([
    ['many hashes', (key: string) => textHash(key)],
    ['few hashes', (key: string) => textHash(key) & 3],
    ['one hash at the end of the table', () => -1],
  ])('holds what a Map holds: %s', (_, hashOf) => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const map = new FleetingMap<string, number>(hashOf);
        const expected = new Map<string, number>();
        for (const { what, key: number, value } of drawn) {
          const key = `key-${number}`;
          if (what === 'set') {
            map.set(key, value);
            expected.set(key, value);
          } else if (what === 'delete') {
            expect(map.delete(key)).toBe(expected.delete(key));
          } else if (value % 8 === 0) {
            map.clear();
            expected.clear();
          }
          expect(map.size).toBe(expected.size);
        }
        for (let number = 0; number <= 40; number++)
          expect(map.get(`key-${number}`)).toBe(expected.get(`key-${number}`));
        expect(new Set(map.values())).toEqual(new Set(expected.values()));
      }),
      parameters,
    );
  });
});
