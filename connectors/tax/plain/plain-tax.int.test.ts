import { expect, test } from '@jest/globals';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { startTaxSimulator } from '../../simulators/tax/tax-simulator.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { taxContract, type TaxUnderTest } from '../port.contract.ts';
import { connectPlainTax } from './connect-plain-tax.ts';

const RATES = {
  GB: { STANDARD: [{ jurisdiction: 'GB', ratePercent: '20' }], ZERO: [] },
  US: {
    STANDARD: [
      { jurisdiction: 'US-NY', ratePercent: '4' },
      { jurisdiction: 'US-NY-NYC', ratePercent: '4.875' },
    ],
  },
};
const settings = { system: 'tax-main', accessToken: 'tax-token', limits: TEST_LIMITS } as const;

async function open(): Promise<TaxUnderTest> {
  const simulator = await startTaxSimulator({ rates: RATES, classes: { BOOK: 'ZERO' } });
  return {
    simulator,
    connect: async ({ platform }) => connectPlainTax({ ...settings, baseUrl: simulator.url, platform }),
    bookedCount: () => simulator.transactions().length,
  };
}

taxContract('plain tax system', open);

test('who waits for an answer takes from the same bucket as the queue', async () => {
  const platform = await openTestPlatform();
  const simulator = await startTaxSimulator({ rates: RATES });
  const paceLimits = { burst: 1, perSecond: 0.001 };
  const connection = connectPlainTax({ ...settings, baseUrl: simulator.url, platform, paceLimits });
  const items = [{ ref: 'x', sku: 'MUG', amountMinor: 100 }];
  const question = { order: 'o', currency: 'GBP', pricesIncludeTax: true, country: 'GB', postalCode: null, items };
  await connection.port.quote(question);
  await expect(connection.port.quote(question)).rejects.toThrow(UpstreamUnavailable);
  expect(simulator.requests()).toHaveLength(1);
  await connection.close();
  await simulator.close();
  await platform.close();
});
