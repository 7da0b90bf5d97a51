import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../kernel/testing/config.ts';
import { PARTITIONS, partitionOf } from './partition.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

describe('partitions', () => {
  test('every key has one partition from 0 to 63, always the same', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const partition = partitionOf(key);
        expect(Number.isInteger(partition) && partition >= 0 && partition < PARTITIONS).toBe(true);
        expect(partitionOf(`${key}x`.slice(0, -1))).toBe(partition);
      }),
      parameters,
    );
  });

  test('keys stay where they are for ever', () => {
    // Messages that are stored already lie under these; a change would tear keys apart.
    expect(['', '84406B', 'STORE-1', '85123A|WEB', 'ü'].map(partitionOf)).toEqual([5, 1, 56, 47, 59]);
  });

  test.each([
    ['numbers in a row', (n: number) => String(10_000 + n)],
    ['codes with a long common beginning', (n: number) => `SKU-2026-SUMMER-${n}`],
    ['codes with a common end', (n: number) => `${n}|WEB`],
  ])('%s spread evenly', (_what, keyOf) => {
    const counts = Array.from({ length: PARTITIONS }, () => 0);
    const perPartition = 1_000;
    for (let n = 0; n < PARTITIONS * perPartition; n++) {
      const partition = partitionOf(keyOf(n));
      counts[partition] = (counts[partition] as number) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(perPartition * 0.75);
    expect(Math.max(...counts)).toBeLessThan(perPartition * 1.25);
  });
});
