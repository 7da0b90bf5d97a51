import { describe, expect, test } from '@jest/globals';
import { testConfig } from '../../kernel/testing/config.ts';
import { runSubscriptionSoak } from '../harness/subscription-soak.ts';

const { propertySeed: seed = Date.now() % 1_000_000 } = testConfig();
/** Less than a round, so there is one. */
const SHORT = { seed, clients: 40, minutes: 0.001, roundMs: 2_000 } as const;

describe('clients that follow stock, break off and stop reading while the hub is killed', () => {
  test(`know in the end what the queries answer, told once and in order (seed ${seed})`, async () => {
    const result = await runSubscriptionSoak({ ...SHORT, killAt: 0 });
    expect(result.faults).toEqual([]);
    expect(result.kills).toBe(1);
    expect(result.connections).toBeGreaterThan(result.clients);
  });

  // The other faults that can be planted are found in memory, too.
  test(`are betrayed by a hub that keeps a change to itself, and the checker sees it (seed ${seed})`, async () => {
    const { faults } = await runSubscriptionSoak({ ...SHORT, fault: 'drop-change', restMsMax: 2_000 });
    expect(faults.filter((each) => /a client at .* has SKU-/.test(each))).not.toEqual([]);
  });
});
