import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import { count, millis, ratio, table } from '../measure/report.ts';
import type { CommitClientsArgument, CommitsReceived } from './commit-clients.ts';
import type { Committed } from './commit-latency.ts';
import type { CommitArgument, ServeCommitsArgument } from './serve-commits.ts';
import { PLAIN, Subject } from './subject.ts';

const CLIENTS = 2_000;
/** Each SKU is followed by twenty clients. */
const SKUS = 100;
const MESSAGES_PER_SECOND: readonly number[] = [2_000, 8_000, 20_000];
/** What the plain server is asked for of it. */
const PLAIN_PART = 1 / 4;
const ROUNDS = 2;
const WARM_ROUNDS = 1;

interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuShare: number;
}

/**
 * From the commit to the clients: a reservation in the hub, made durable by its ledger, beside a plain server that only
 * publishes, at a quarter of the load.
 */
export async function measureCommitToClient(options: BenchmarkOptions, clientsMax: number): Promise<string> {
  const clients = Math.min(CLIENTS, clientsMax);
  const perEvent = clients / SKUS;
  const eventsPerSecond = MESSAGES_PER_SECOND.map((messages) => messages / perEvent);
  const ours = await measureHub(options, clients, eventsPerSecond);
  const plain = await measurePlain(
    options,
    clients,
    eventsPerSecond.map((events) => events * PLAIN_PART),
  );
  const rows = MESSAGES_PER_SECOND.flatMap((messages, index) => {
    const [hub, stock] = [ours[index], plain[index]];
    if (!hub || !stock) return [];
    return [
      rowOf(`stockwire, ${count(messages)} messages a second, each change committed`, hub, stock),
      rowOf(`${PLAIN.name}, ${count(messages * PLAIN_PART)} messages a second, nothing committed`, stock, stock),
    ];
  });
  const head = ['server and load', 'p50', 'p99', 'ratio', 'CPU'];
  return `${count(clients)} clients, ${perEvent} of each SKU: from the commit to the client\n${table(head, rows)}`;
}

function rowOf(what: string, { p50Ms, p99Ms, cpuShare }: Latency, stock: Latency): string[] {
  return [what, millis(p50Ms), millis(p99Ms), ratio(p99Ms / stock.p99Ms), `${(100 * cpuShare).toFixed(0)} %`];
}

async function measureHub(
  options: BenchmarkOptions,
  clients: number,
  eventsPerSecond: readonly number[],
): Promise<readonly Latency[]> {
  const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
  const argument: ServeCommitsArgument = { directory, skuCount: SKUS };
  const server = await startMeasuredProcess(join(import.meta.dirname, 'serve-commits.ts'), argument);
  try {
    const clientsArgument: CommitClientsArgument = { url: server.url, skuCount: SKUS };
    const seats = await startMeasuredProcess(join(import.meta.dirname, 'commit-clients.ts'), clientsArgument);
    try {
      await seats.ask('connect', clients);
      return await measureLoads(eventsPerSecond, async (perSecond) => {
        options.progress(`commit to client at ${count(perSecond)} commits a second`);
        const beforeUs = await server.cpuUs();
        const commit: CommitArgument = { perSecond, seconds: options.seconds };
        const committed = (await server.ask('commit', commit)) as readonly Committed[];
        const cpuUs = (await server.cpuUs()) - beforeUs;
        const { p50Ms, p99Ms } = (await seats.ask('receive', committed)) as CommitsReceived;
        return { p50Ms, p99Ms, cpuShare: cpuUs / (options.seconds * 1_000_000) };
      });
    } finally {
      await seats.stop();
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measurePlain(
  options: BenchmarkOptions,
  clients: number,
  eventsPerSecond: readonly number[],
): Promise<readonly Latency[]> {
  const subject = await Subject.start(PLAIN, { groups: SKUS, skusEach: 1 });
  try {
    await subject.clients.ask('connect', clients);
    return await measureLoads(eventsPerSecond, async (perSecond) => {
      options.progress(`${PLAIN.name} at ${count(perSecond)} events a second`);
      const events = Math.ceil(options.seconds * perSecond);
      const { p50Ms, p99Ms, cpuUs } = await subject.deliver({ events, changesPerEvent: 1, perSecond });
      return { p50Ms, p99Ms, cpuShare: cpuUs / (options.seconds * 1_000_000) };
    });
  } finally {
    await subject.stop();
  }
}

/** The best round of each load, by its p99. */
async function measureLoads(
  loads: readonly number[],
  measure: (perSecond: number) => Promise<Latency>,
): Promise<readonly Latency[]> {
  const measured: Latency[] = [];
  for (const load of loads) {
    const rounds: Latency[] = [];
    for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) rounds.push(await measure(load));
    const [best] = rounds.slice(WARM_ROUNDS).sort((a, b) => a.p99Ms - b.p99Ms);
    if (best) measured.push(best);
  }
  return measured;
}
