import { describe, expect, test } from '@jest/globals';
import { testConfig } from '../../kernel/testing/config.ts';
import { runStockKills } from '../harness/stock-kills.ts';

const { killRounds, propertySeed: seed = Date.now() % 1_000_000 } = testConfig();
/** A repetition needs a kill between applying and acknowledging, which about every third one hits. */
const ROUNDS_TO_SEE_A_FAULT = 25;
const RUN_MS_MAX = 60_000;

describe('clients that reserve and move stock while the hub is killed', () => {
  test(
    `lose nothing that was answered, have nothing applied twice and nothing oversold, ${killRounds} times (seed ${seed})`,
    async () => {
      const result = await runStockKills({ rounds: killRounds, seed });
      expect(result.faults).toEqual([]);
      expect(result.kills).toBe(killRounds);
      expect(result.reservations).toBeGreaterThan(0);
      expect(result.unanswered).toBeGreaterThan(0);
    },
    RUN_MS_MAX + killRounds * 30_000,
  );

  test.each(['acknowledge-early', 'forget-ids'] as const)(
    `are betrayed by a hub that would %s, and the checker sees it (seed ${seed})`,
    async (fault) => {
      const { faults } = await runStockKills({ rounds: ROUNDS_TO_SEE_A_FAULT, seed, fault, settlesEachRound: true });
      expect(faults).not.toEqual([]);
    },
    RUN_MS_MAX + ROUNDS_TO_SEE_A_FAULT * 30_000,
  );
});
