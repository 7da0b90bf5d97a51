import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { APART_DATABASE, trytonUnderTest } from '../../connectors/systems/tryton/testing/config.ts';
import { selectRows } from '../../scripts/replay/select-rows.ts';
import { seedGoodsOf } from '../day/seed-goods-of.ts';
import { dealDay, shortened } from '../day/deal-day.ts';
import { daySeed, openDayWorld } from '../day/open-day-world.ts';
import { runDay } from '../day/run-day.ts';

const PUBLISHED = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'online-retail.csv');
const DAY = '2010-12-06';
const SEED = 20_101_206;
const PACE_MS = 50;
const POLL_MS = 1_000;
/** A minute on a machine that has nothing else to do. */
const HANGING_AFTER_MS = 600_000;
const published = existsSync(PUBLISHED) ? test : test.skip;

published(
  'a day of trade through everything that goes wrong: all books agree, and what is altered behind the hub is told once',
  async () => {
    const today = DateTime.now().setZone('Europe/London').toISODate() ?? '';
    const { rows } = selectRows(readFileSync(PUBLISHED, 'utf8'), { day: DAY, asOf: today });
    const day = shortened(dealDay(rows), { ofEachKind: 4, linesMax: 6 });
    const tryton = await seedGoodsOf({ ...trytonUnderTest(), database: APART_DATABASE }, daySeed(day));
    const world = await openDayWorld({ tryton, day, seed: SEED, pollMs: POLL_MS });
    try {
      const { faults, ...result } = await runDay(world, day, {
        seed: SEED,
        paceMs: PACE_MS,
        businessDay: today,
        tell: () => undefined,
      });
      expect(faults).toEqual([]);
      expect(result.steps).toEqual({ SALE: 4, ORDER: 4, RETURN: 4, WRITE_OFF: 4 });
      // It was such a day.
      expect(result.webhooks.dropped + result.webhooks.doubled).toBeGreaterThan(0);
      for (const { 'met nobody': out } of Object.values(result.calls)) expect(out).toBeGreaterThan(0);
      expect(result.differences).toBe(0);
      expect(result.found).toBe(result.planted);
    } finally {
      await world[Symbol.asyncDispose]();
    }
  },
  HANGING_AFTER_MS,
);
