import '../scripts/require-node.cjs';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { selectRows } from '../scripts/replay/select-rows.ts';
import { installTryton } from '../scripts/servers/tryton/install-tryton.ts';
import { openTryton } from '../scripts/servers/tryton/open-tryton.ts';
import { seedTryton } from '../scripts/servers/tryton/seed-tryton.ts';
import { dealDay, shortened } from './day/deal-day.ts';
import { describeDay } from './day/describe-day.ts';
import { daySeed, openDayWorld } from './day/open-day-world.ts';
import { runDay } from './day/run-day.ts';

const USAGE = `Usage: npm run day -- FILE.csv [--day 2010-12-07] [--as-of today|2026-11-21] [--seed N] [--of-each-kind N]

Trades one day of a file with the columns of the UCI "Online Retail" set through a hub with a real Tryton as ERP and
warehouse system and a simulated Square as POS, while messages are doubled, reordered, held back, lost and altered, calls
are throttled, and each of the systems is out for a while. Then every position is compared. --of-each-kind cuts the day
short.`;
const PACE_MS = 100;
const POLL_MS = 10_000;
const LINES_MAX = 10_000;

async function day(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      day: { type: 'string', default: '2010-12-07' },
      'as-of': { type: 'string', default: 'today' },
      seed: { type: 'string' },
      'of-each-kind': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [path] = positionals;
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const ofEachKind = Number(values['of-each-kind'] ?? Number.MAX_SAFE_INTEGER);
  if (path === undefined || values.help || !Number.isInteger(seed) || !Number.isInteger(ofEachKind) || ofEachKind < 1) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const today = DateTime.now().setZone('Europe/London').toISODate() ?? '';
  const asOf = values['as-of'] === 'today' ? today : values['as-of'];
  const { rows } = selectRows(readFileSync(path, 'utf8'), { day: values.day, asOf });
  const whole = dealDay(rows);
  const dealt = ofEachKind === Number.MAX_SAFE_INTEGER ? whole : shortened(whole, { ofEachKind, linesMax: LINES_MAX });
  const programs = installTryton();
  if ('missing' in programs) throw new Error(`There is no Tryton: ${programs.missing}.`);
  const directory = await mkdtemp(join(tmpdir(), 'stockwire-day-'));
  const tell = (sentence: string) => console.error(`${new Date().toISOString().slice(11, 19)}  ${sentence}`);
  tell(`Making the database of a Tryton, ${programs.description}, with ${dealt.items.length} items.`);
  const tryton = await openTryton(programs, directory);
  try {
    const seeded = await seedTryton(tryton, daySeed(dealt));
    const world = await openDayWorld({
      tryton: seeded,
      day: dealt,
      seed,
      pollMs: POLL_MS,
      withoutTryton: (during) => tryton.withoutServer(during),
    });
    try {
      const result = await runDay(world, dealt, { seed, paceMs: PACE_MS, businessDay: asOf, tell });
      console.log(describeDay(result, { rows: rows.length, leftOut: dealt.leftOut, day: values.day, asOf, seed }));
      if (result.faults.length > 0) process.exitCode = 1;
    } finally {
      await world[Symbol.asyncDispose]();
    }
  } finally {
    await tryton.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

day().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
