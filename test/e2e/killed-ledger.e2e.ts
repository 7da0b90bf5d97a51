import { describe, expect, test } from '@jest/globals';
import { testConfig } from '../../kernel/testing/config.ts';
import { runStockKills } from '../harness/stock-kills.ts';

const { killRounds, propertySeed: seed = Date.now() % 1_000_000 } = testConfig();
const SETTLING = { settlesEachRound: true } as const;

describe('clients that reserve and move stock while the hub is killed', () => {
  test(`lose nothing that was answered, have nothing applied twice and nothing oversold, ${killRounds} times (seed ${seed})`, async () => {
    const result = await runStockKills({ rounds: killRounds, seed });
    expect(result.faults).toEqual([]);
    expect(result.kills).toBe(killRounds);
    expect(result.reservations).toBeGreaterThan(0);
    expect(result.unanswered).toBeGreaterThan(0);
  });

  test(`bear that every message comes again after each start (seed ${seed})`, async () => {
    const { faults } = await runStockKills({ ...SETTLING, rounds: 2, seed, fault: 'deliver-again' });
    expect(faults).toEqual([]);
  });

  // The first kill shows it: nothing of what was answered was written, and everything is told again.
  test.each([
    ['acknowledge-early', /was answered, and is now unknown/],
    ['forget-ids', /holds \d+ units; the messages say \d+/],
  ] as const)(
    `are betrayed by a hub that would %s, and the checker sees it at the first kill (seed ${seed})`,
    async (fault, told) => {
      const { faults } = await runStockKills({ ...SETTLING, rounds: 1, seed, fault });
      expect(faults.filter((each) => told.test(each))).not.toEqual([]);
    },
  );
});
