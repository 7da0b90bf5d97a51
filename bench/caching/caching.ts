import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { count, micros, millis, ratio, table } from '../measure/report.ts';
import { readAnswers } from '../storefront/answers.ts';
import { issueBenchToken } from '../storefront/bench-token.ts';
import { createClient } from '../storefront/client.ts';
import type { Client } from '../storefront/client.ts';
import { load } from '../storefront/load.ts';
import type { Load } from '../storefront/load.ts';
import type { ServedUrls } from '../storefront/serve-subgraphs.ts';
import type { CacheReads, Evictions, ServeCachingArgument } from './serve-caching.ts';
import { SHELF_OPERATION } from './shelf.ts';

/** The variants take turns; the best round of each counts. */
const ROUNDS = 3;
const CONCURRENCY = 32;
const BYTES_MAX = 64 * 2 ** 20;

const VARIANTS: readonly (Pick<ServeCachingArgument, 'keeps' | 'bytesMax'> & { readonly name: string })[] = [
  { name: 'off', keeps: 'nothing', bytesMax: 0 },
  { name: 'on, answers and fetches', keeps: 'all', bytesMax: BYTES_MAX },
  { name: 'on, fetches alone', keeps: 'fetches', bytesMax: BYTES_MAX },
  { name: 'on, and nothing fits', keeps: 'all', bytesMax: 1 },
];

interface Subject {
  readonly name: string;
  readonly gateway: MeasuredProcess;
  readonly client: Client;
}

interface Result {
  readonly load: Load;
  /** Of the reads of the cache in the same round. */
  readonly hitRatio: number | undefined;
}

/** What keeping answers and fetches saves, what it costs where nothing is found, and what a change costs. */
export const caching: Benchmark = {
  name: 'caching',
  run: async (options) => {
    const started: MeasuredProcess[] = [];
    const start = async (file: string, argument: unknown): Promise<MeasuredProcess> => {
      const process = await startMeasuredProcess(file, argument);
      started.push(process);
      return process;
    };
    const socketFolder = mkdtempSync(join(tmpdir(), 'bench-sockets-'));
    const clients: Client[] = [];
    try {
      const identitySecret = randomBytes(32).toString('hex');
      const { token, jwks } = await issueBenchToken();
      const subgraphsFile = join(import.meta.dirname, '../storefront/serve-subgraphs.ts');
      const subgraphs = await start(subgraphsFile, { identitySecret, socketFolder });
      const { lean: urls } = (await subgraphs.ask('urls')) as ServedUrls;
      const subjects: Subject[] = [];
      for (const { name, ...kept } of VARIANTS) {
        const argument = { jwks, identitySecret, urls, ...kept } satisfies ServeCachingArgument;
        const gateway = await start(join(import.meta.dirname, 'serve-caching.ts'), argument);
        const client = createClient(name, gateway.url, { token, connections: CONCURRENCY });
        clients.push(client);
        subjects.push({ name, gateway, client });
      }
      return await compare(subjects, subgraphs, options);
    } finally {
      await Promise.all(clients.map((client) => client.close()));
      await Promise.all(started.map((process) => process.stop()));
      rmSync(socketFolder, { recursive: true, force: true });
    }
  },
};

async function compare(
  subjects: readonly Subject[],
  subgraphs: MeasuredProcess,
  { seconds, warmUpSeconds, progress }: BenchmarkOptions,
): Promise<string> {
  const reference = await readAnswers((subjects[0] as Subject).client, SHELF_OPERATION);
  const measure = async ({ name, gateway, client }: Subject, durationMs: number): Promise<Result> => {
    const work = { client, operation: SHELF_OPERATION, answers: reference, durationMs, concurrency: CONCURRENCY };
    const before = (await gateway.ask('reads')) as CacheReads;
    const measured = await load({ name, gateway, subgraphs }, work);
    const after = (await gateway.ask('reads')) as CacheReads;
    const [hits, misses] = [after.hits - before.hits, after.misses - before.misses];
    return { load: measured, hitRatio: hits + misses > 0 ? hits / (hits + misses) : undefined };
  };
  for (const subject of subjects) {
    progress(`warming up ${subject.name}`);
    await readAnswers(subject.client, SHELF_OPERATION, reference);
    await measure(subject, warmUpSeconds * 1_000);
  }
  const best = new Map<string, Result>();
  for (let round = 1; round <= ROUNDS; round++) {
    for (const subject of subjects) {
      progress(`round ${round} of ${ROUNDS}, ${subject.name}`);
      const result = await measure(subject, seconds * 1_000);
      const known = best.get(subject.name);
      if (!known || result.load.totalUs < known.load.totalUs) best.set(subject.name, result);
    }
  }
  const keeping = subjects[1] as Subject;
  progress('evictions');
  await readAnswers(keeping.client, SHELF_OPERATION, reference);
  return `${describe([...best])}\n${describeEvictions((await keeping.gateway.ask('evict')) as Evictions)}`;
}

function describe(results: readonly (readonly [string, Result])[]): string {
  const [, off] = results[0] ?? [];
  if (!off) throw new Error('Nothing was measured.');
  const rows = results.map(([name, { load: measured, hitRatio }]) => [
    name,
    hitRatio === undefined ? '-' : `${(hitRatio * 100).toFixed(1)} %`,
    count(measured.requestsPerSecond),
    millis(measured.p50Ms),
    millis(measured.p99Ms),
    micros(measured.gatewayUs),
    ratio(measured.gatewayUs / off.load.gatewayUs),
    micros(measured.totalUs),
    ratio(measured.totalUs / off.load.totalUs),
  ]);
  const head = ['cache', 'hits', 'req/s', 'p50', 'p99', 'gateway CPU/req', 'ratio', 'total CPU/req', 'ratio'];
  return `${SHELF_OPERATION.name}: ${SHELF_OPERATION.meaning}\n${table(head, rows)}`;
}

function describeEvictions({ usPerChange, bytesPerChange }: Evictions): string {
  return `A change of one SKU: ${micros(usPerChange)} of CPU, ${count(bytesPerChange)} bytes of answers and fetches let go of.`;
}
