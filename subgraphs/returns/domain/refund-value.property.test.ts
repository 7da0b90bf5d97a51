import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StepDecimals } from '../../../kernel/model/quantity.ts';
import { testConfig } from '../../../kernel/testing/config.ts';
import { grantStretch, noClaims } from './order-claims.ts';
import { shareOfStretch } from './refund-value.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const config = { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) };

const decimals = fc.constantFrom<StepDecimals>(0, 1, 2, 3, 4);
const price = fc.integer({ min: 0, max: 10_000_000 });

test('refunds of parts add up to the worth of the whole, to the minor unit', () => {
  fc.assert(
    fc.property(
      decimals,
      price,
      fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1 }),
      (places, each, parts) => {
        const line = { amountMinor: each, ordered: 10 ** places };
        let claims = noClaims('o1');
        let sum = 0;
        for (const [index, steps] of parts.entries()) {
          const granted = grantStretch(claims, { orderLine: 'ol1', returnLine: `l${index}`, steps });
          claims = granted.claims;
          sum += shareOfStretch(granted.stretch, line);
          // A repeat after a crash takes nothing more.
          expect(grantStretch(claims, { orderLine: 'ol1', returnLine: `l${index}`, steps }).stretch).toEqual(
            granted.stretch,
          );
        }
        const whole = parts.reduce((total, steps) => total + steps, 0);
        expect(sum).toBe(shareOfStretch({ from: 0, to: whole }, line));
      },
    ),
    config,
  );
});

test('a part is worth its share, less than one minor unit apart', () => {
  fc.assert(
    fc.property(decimals, price, fc.nat(1_000_000), fc.nat(1_000_000), (places, each, from, steps) => {
      const value = shareOfStretch({ from, to: from + steps }, { amountMinor: each, ordered: 10 ** places });
      const scale = 10n ** BigInt(places);
      const difference = BigInt(value) * scale - BigInt(steps) * BigInt(each);
      expect(difference <= scale && difference >= -scale).toBe(true);
    }),
    config,
  );
});
