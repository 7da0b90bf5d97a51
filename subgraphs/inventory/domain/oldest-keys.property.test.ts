import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { OldestKeys } from './oldest-keys.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ set: fc.nat({ max: 30 }) }) },
    { weight: 1, arbitrary: fc.record({ delete: fc.nat({ max: 30 }) }) },
    { weight: 2, arbitrary: fc.constant('take' as const) },
  ),
  { maxLength: 200 },
);

describe('the oldest keys of a map', () => {
  test('are what looking from the front would find, whatever else is set and deleted', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const map = new Map<number, true>();
        const oldest = new OldestKeys(map);
        for (const step of taken) {
          if (step === 'take') {
            const [expected] = map.keys();
            expect(oldest.take()).toBe(expected);
            if (expected !== undefined) map.delete(expected);
          } else if ('set' in step) map.set(step.set, true);
          else map.delete(step.delete);
        }
      }),
      parameters,
    );
  });
});
