import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ExpiryQueue } from './expiry-queue.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

describe('the queue of expiries', () => {
  test('gives what is due and still wanted, earliest first, and keeps it until it is not wanted', () => {
    const times = fc.array(fc.nat({ max: 50 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        times,
        fc.nat({ max: 60 }),
        fc.nat({ max: 20 }),
        fc.nat({ max: 3 }),
        (atMs, nowMs, limit, modulus) => {
          const queue = new ExpiryQueue();
          atMs.forEach((time, index) => queue.push(time, String(index).padStart(3, '0')));
          const isWanted = (id: string): boolean => modulus === 0 || Number(id) % (modulus + 1) !== 0;
          const wanted = atMs
            .map((time, index) => ({ time, id: String(index).padStart(3, '0') }))
            .filter(({ id }) => isWanted(id))
            .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
          const due = wanted.filter(({ time }) => time <= nowMs).slice(0, limit);
          for (let round = 0; round < 2; round++) {
            expect(queue.due(nowMs, limit, isWanted)).toEqual(due.map(({ id }) => id));
            expect(queue.peek(isWanted)?.atMs).toBe(wanted[0]?.time);
          }
        },
      ),
      parameters,
    );
  });
});
