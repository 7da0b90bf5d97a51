import './require-node.cjs';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { DateTime } from 'luxon';
import { destination } from 'pino';
import { ONLINE_RETAIL_DEFAULTS } from '../connectors/file/online-retail/online-retail-options.ts';
import { createTelemetry } from '../kernel/telemetry/create-telemetry.ts';
import { createHubClient, type HubClient } from './client/hub-client.ts';
import { readConfig } from './hub/config.ts';
import { openHub } from './hub/open-hub.ts';
import { OPENING_STOCK_RULE } from './replay/opening-stock.ts';
import { replayFile, type ReplayProgress } from './replay/replay-file.ts';
import { selectRows } from './replay/select-rows.ts';
import { summaryOf } from './replay/summary.ts';

const USAGE = `Usage: npm run replay -- FILE.csv [--day 2010-12-06] [--as-of today|2026-11-21]
                        [--url http://127.0.0.1:4000] [--token TOKEN]

Replays a file with the columns of the UCI "Online Retail" set through the front door of a hub. Without --url it
uses the hub that answers at the configured address, or opens one over the configured data directory. --day takes the rows
of one day; --as-of moves all by whole days so that the last of them was written that day. Give another day to a hub of
its own: the same invoices at other times are a conflict.`;

const STDERR = 2;

async function replay(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      token: { type: 'string' },
      day: { type: 'string' },
      'as-of': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [path] = positionals;
  if (path === undefined || values.help) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const asOf = values['as-of'] === 'today' ? today() : values['as-of'];
  const selected = selectRows(readFileSync(path, 'utf8'), { day: values.day, asOf });
  const reached = await reachHub(values);
  try {
    console.log(`The rule: ${OPENING_STOCK_RULE}.`);
    const result = await replayFile(reached.client, selected, progressBar());
    console.log(summaryOf(result));
    if (result.unbalanced.length > 0 || result.tally.conflicts > 0) process.exitCode = 1;
  } finally {
    await reached.close();
  }
}

/** Where the invoices are written. */
function today(): string {
  return DateTime.now().setZone(ONLINE_RETAIL_DEFAULTS.timeZone).toISODate() ?? '';
}

async function reachHub(given: {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}): Promise<{ readonly client: HubClient; close(): Promise<void> }> {
  const config = readConfig(process.env, process.cwd());
  const url = given.url ?? config.publicUrl;
  if (given.url !== undefined || (await isLive(url))) {
    console.log(`Replaying into the hub at ${url}.`);
    return {
      client: createHubClient(url, given.token ?? (await developmentToken(url))),
      close: () => Promise.resolve(),
    };
  }
  const telemetry = createTelemetry({ level: 'warn', destination: destination(STDERR) });
  const hub = await openHub({ config, telemetry });
  console.log(`No hub answers at ${url}: opened one over ${config.dataDirectory}.`);
  const token = given.token ?? (await developmentToken(hub.url));
  return { client: createHubClient(hub.url, token), close: () => hub.close() };
}

async function isLive(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** The development issuer gives tokens to whoever asks; a real hub needs --token. */
async function developmentToken(url: string): Promise<string> {
  const response = await fetch(new URL('/dev/token?role=integrator', url), { method: 'POST' });
  if (!response.ok) throw new Error(`The hub at ${url} has no development issuer: give --token with ingest:write.`);
  return ((await response.json()) as { token: string }).token;
}

function progressBar(): ReplayProgress {
  const bar = new SingleBar({
    format: '{bar} {percentage}%  {value}/{total} rows  {duration_formatted}',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  return {
    begin: (rows) => bar.start(rows, 0),
    advance: (rows) => bar.increment(rows),
    end: () => bar.stop(),
  };
}

replay().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
