import { expect, test } from '@jest/globals';
import { testConfig } from '../../kernel/testing/config.ts';
import { runDistributedSoak } from './distributed-soak.ts';

const { killRounds, propertySeed } = testConfig();
/** The first kinds; others are tried one by one beside this, and `npm run soak -- distributed` runs them all, again and again. */
const FAULTS = Math.max(4, killRounds);
/** In the end everything is read that they did, which takes longer than to do it. */
const CLIENTS = 3;
const TEST_MS_MAX = 600_000 + FAULTS * 30_000;

test(
  'nothing acknowledged is lost or done twice while processes are killed and paused and networks cut',
  async () => {
    const seed = propertySeed ?? Date.now() % 1_000_000;
    const { faults, servers, recoveries, ...counts } = await runDistributedSoak({
      faults: FAULTS,
      seed,
      clients: CLIENTS,
    });
    console.log(`${FAULTS} faults over ${servers}, seed ${seed}: ${JSON.stringify(counts)}`);
    console.log(recoveries.map(({ name, firstAnswerMs }) => `${name}: answered after ${firstAnswerMs} ms`).join('\n'));
    expect(faults).toEqual([]);
    expect(counts).toMatchObject({ injected: FAULTS });
    // Every way in was really used.
    for (const what of ['reservations', 'orders', 'cancellations', 'messages', 'frames'] as const) {
      expect([what, counts[what] > 0]).toEqual([what, true]);
    }
  },
  TEST_MS_MAX,
);
