import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { FrozenArray } from './frozen-array.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

/** Three pages and a bit of a fourth. */
const LENGTH = 50_000;
const step = fc.oneof(
  fc.record({ type: fc.constant('write' as const), index: fc.nat({ max: LENGTH + 9 }) }),
  fc.record({ type: fc.constantFrom('take' as const, 'grow' as const, 'finish' as const), index: fc.constant(0) }),
);

describe('a frozen array', () => {
  test('gives what the array held when it was frozen, whatever is written and however the array grows meanwhile', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat({ max: LENGTH }), (steps, length) => {
        let owned = Int32Array.from({ length: LENGTH + 10 }, (_, index) => index);
        const expected = owned.slice(0, length);
        const frozen = new FrozenArray(owned, length);
        const pages = frozen.pages()[Symbol.iterator]();
        const taken: number[] = [];
        const take = () => {
          const { value, done } = pages.next() as IteratorResult<Int32Array, undefined>;
          if (!done) for (const each of value) taken.push(each);
          return done !== true;
        };
        for (const { type, index } of steps) {
          if (type === 'take') take();
          if (type === 'grow') owned = owned.slice();
          if (type === 'finish') frozen.finish();
          if (type !== 'write') continue;
          frozen.beforeWrite(index);
          owned[index] = -1;
        }
        while (take());
        expect(Buffer.compare(Buffer.from(Int32Array.from(taken).buffer), Buffer.from(expected.buffer))).toBe(0);
        expect([frozen.length, frozen.byteLength, frozen.kind]).toEqual([length, length * 4, 'Int32Array']);
        expect([...frozen.pages()]).toEqual([]);
      }),
      parameters,
    );
  });

  test('differs when its owner forgets to tell of a write', () => {
    const owned = new Float64Array(10);
    const frozen = new FrozenArray(owned);
    owned[3] = 1;
    expect([...frozen.pages()].flatMap((page) => [...page])[3]).toBe(1);
  });
});
