import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, freePort, output, startServer } from '../../scripts/servers/server-process.ts';
import type { LoadArgument, ReservationLoad } from './reservation-load.ts';
import { STOCK_ROWS, STOCK_UNITS, type StockServer } from './stock-server.ts';

/** Takes one of each or nothing, and writes it to a stream. */
const TAKE = `
for _, key in ipairs(KEYS) do if tonumber(redis.call('GET', key)) < 1 then return 0 end end
for _, key in ipairs(KEYS) do
  redis.call('DECR', key)
  redis.call('XADD', 'reservations', '*', 'sku', key, 'qty', '1')
end
return 1`;
const FILL = `for i = 0, ${STOCK_ROWS - 1} do redis.call('SET', string.format('stock:%012d', i), ${STOCK_UNITS}) end`;

/** A first look at how fast it is tells how many requests fill the time. */
const TRIAL_REQUESTS = 10_000;

/**
 * Redis with its own folder under `directory`, every write synced, asked by redis-benchmark over loopback TCP.
 * @returns undefined when it is not installed
 */
export async function openRedis(directory: string): Promise<StockServer | undefined> {
  const [redis, cli, benchmark] = ['redis-server', 'redis-cli', 'redis-benchmark'].map(findProgram);
  if (!redis || !cli || !benchmark) return undefined;
  const cwd = await mkdtemp(join(directory, 'redis-'));
  const port = String(await freePort());
  const login = ['-h', '127.0.0.1', '-p', port];
  const settings = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const args = ['--port', port, '--bind', '127.0.0.1', '--dir', cwd, ...settings];
  const ping = () => output(cli, [...login, '-e', 'PING']);
  const server = await startServer(redis, args, { user: undefined, cwd, isReady: ping });
  await output(cli, [...login, '-e', 'EVAL', FILL, '0']);
  const sha = (await output(cli, [...login, '-e', 'SCRIPT', 'LOAD', TAKE])).trim();
  const ask = (argument: LoadArgument, requests: number) => askRedis({ benchmark, login, sha, requests }, argument);
  return {
    load: async (argument) => {
      // Its load generator knows no rate.
      if (argument.perSecond !== undefined) return undefined;
      const trial = await ask(argument, TRIAL_REQUESTS);
      return ask(argument, Math.ceil((trial.reservationsPerSecond * argument.durationMs) / 1_000));
    },
    stop: () => server.stop(),
  };
}

interface Asked {
  readonly benchmark: string;
  readonly login: readonly string[];
  readonly sha: string;
  readonly requests: number;
}

async function askRedis(
  { benchmark, login, sha, requests }: Asked,
  { distribution, lines, callers }: LoadArgument,
): Promise<ReservationLoad> {
  // Each placeholder becomes another number of twelve digits.
  const keyOf = (index: number) =>
    distribution === 'hot' ? `stock:${String(index).padStart(12, '0')}` : 'stock:__rand_int__';
  const keys = Array.from({ length: lines }, (_, index) => keyOf(index));
  const load = ['-c', String(callers), '-n', String(requests), '-r', String(STOCK_ROWS), '--csv', '-e'];
  const csv = await output(benchmark, [...login, ...load, 'EVALSHA', sha, String(lines), ...keys]);
  const [name, perSecond, , , p50Ms, , p99Ms] = (csv.trimEnd().split('\n').at(-1) ?? '').split('","');
  if (name === undefined || !(Number(perSecond) > 0)) throw new Error(`redis-benchmark printed ${csv.slice(0, 500)}`);
  return {
    reservations: requests,
    reservationsPerSecond: Number(perSecond),
    p50Ms: Number(p50Ms),
    p99Ms: Number(p99Ms),
  };
}
