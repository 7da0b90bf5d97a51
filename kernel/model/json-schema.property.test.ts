import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { testConfig } from '../testing/config.ts';
import { firstFault } from './json-schema.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns: numRuns * 10, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const INSTANT = { type: 'string', format: 'date-time' };
const ajv = new Ajv();
addFormats.default(ajv);
const isInstant = ajv.compile(INSTANT);

const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
const likeAnInstant = fc
  .tuple(fc.constantFrom('2024', '2026', '1900', '99'), two(13), two(32), fc.constantFrom('T', ' ', 't', ''), two(24))
  .chain(([year, month, day, between, hour]) =>
    fc
      .tuple(two(60), two(61), fc.constantFrom('', '.5', '.123', '.'), fc.constantFrom('Z', 'z', '', '+01:00', '-2360'))
      .map(
        ([minute, second, part, zone]) => `${year}-${month}-${day}${between}${hour}:${minute}:${second}${part}${zone}`,
      ),
  );

test('an instant is one exactly when the full format says so', () => {
  const usual = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  fc.assert(
    fc.property(fc.oneof(likeAnInstant, usual, fc.string()), (text) => {
      expect([text, firstFault(INSTANT, text) === undefined]).toEqual([text, isInstant(text)]);
    }),
    parameters,
  );
});
