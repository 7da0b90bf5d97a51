import { deepStrictEqual } from 'node:assert/strict';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { count, micros, millis, ratio, table } from '../measure/report.ts';
import type { PublishArgument } from './change-script.ts';
import type { ClientsArgument, ReceiveArgument, Received } from './clients.ts';

interface Case {
  readonly clients: number;
  readonly changesPerEvent: number;
}

const CASES: readonly Case[] = [
  { clients: 500, changesPerEvent: 1 },
  { clients: 2_000, changesPerEvent: 1 },
  { clients: 2_000, changesPerEvent: 10 },
];

/** Each server is measured so often per case, in turns, after one round that does not count; its best round counts. */
const ROUNDS = 2;

const SERVERS = [
  { name: 'stockwire', file: 'serve-hub.ts' },
  { name: 'graphql-ws + graphql-js', file: 'serve-plain.ts' },
] as const;

/** Changes of availability to many clients that subscribe to the same, against a plain GraphQL server. */
export const fanOut: Benchmark = {
  name: 'fan-out',
  run: async (options) => {
    const subjects: Subject[] = [];
    try {
      for (const { name, file } of SERVERS) subjects.push(await startSubject(name, file));
      const tables: string[] = [];
      for (const each of CASES) tables.push(await compare(each, subjects, options));
      return tables.join('\n\n');
    } finally {
      await Promise.all(subjects.flatMap(({ server, clients }) => [server.stop(), clients.stop()]));
    }
  },
};

interface Subject {
  readonly name: string;
  readonly server: MeasuredProcess;
  readonly clients: MeasuredProcess;
  /** Changes that the server has made since it began. */
  changes: number;
}

interface Delivery extends Received {
  /** CPU time of the server per delivered message. */
  readonly messageUs: number;
}

async function startSubject(name: string, file: string): Promise<Subject> {
  const server = await startMeasuredProcess(join(import.meta.dirname, file));
  const argument: ClientsArgument = { url: server.url };
  const clients = await startMeasuredProcess(join(import.meta.dirname, 'clients.ts'), argument);
  return { name, server, clients, changes: 0 };
}

async function compare(each: Case, subjects: readonly Subject[], options: BenchmarkOptions): Promise<string> {
  const best = new Map<Subject, Delivery>();
  for (const subject of subjects) {
    options.progress(`${each.clients} clients connect to ${subject.name}`);
    await subject.clients.ask('connect', { count: each.clients, after: subject.changes });
  }
  for (let round = 0; round <= ROUNDS; round++) {
    const lastChanges: unknown[] = [];
    for (const subject of subjects) {
      options.progress(
        `${each.clients} clients, ${plural(each.changesPerEvent)} per event: ` +
          `${round === 0 ? 'warming up' : `round ${round} of ${ROUNDS},`} ${subject.name}`,
      );
      const delivery = await deliver(each, subject, options.seconds);
      lastChanges.push(delivery.lastChange);
      deepStrictEqual(delivery.lastChange, lastChanges[0], `${subject.name} sends something else.`);
      const known = best.get(subject);
      if (round > 0 && (!known || delivery.messageUs < known.messageUs)) best.set(subject, delivery);
    }
  }
  return describe(each, [...best]);
}

async function deliver({ clients, changesPerEvent }: Case, subject: Subject, seconds: number): Promise<Delivery> {
  // Slow enough for the slower server to deliver an event to everybody before the next one.
  const intervalMs = 20 + clients * (0.06 + 0.008 * changesPerEvent);
  const events = Math.ceil((seconds * 1_000) / intervalMs);
  const beforeUs = await subject.server.cpuUs();
  const publish: PublishArgument = { events, changesPerEvent, intervalMs };
  const publishedAtMs = (await subject.server.ask('publish', publish)) as readonly number[];
  const receive: ReceiveArgument = { changesPerEvent, publishedAtMs };
  const received = (await subject.clients.ask('receive', receive)) as Received;
  const afterUs = await subject.server.cpuUs();
  subject.changes += events * changesPerEvent;
  return { ...received, messageUs: (afterUs - beforeUs) / received.messages };
}

function describe({ clients, changesPerEvent }: Case, results: readonly (readonly [Subject, Delivery])[]): string {
  const [, ours] = results[0] ?? [];
  if (!ours) throw new Error('Nothing was measured.');
  const rows = results.map(([{ name }, { messages, messageUs, p50Ms, p99Ms }]) => [
    name,
    count(messages),
    micros(messageUs),
    ratio(messageUs / ours.messageUs),
    micros(messageUs / changesPerEvent),
    millis(p50Ms),
    millis(p99Ms),
  ]);
  const head = ['server', 'messages', 'CPU/message', 'ratio', 'CPU/change', 'p50 to client', 'p99 to client'];
  const title = `${count(clients)} clients of one subscription, ${plural(changesPerEvent)} per event`;
  return `${title}\n${table(head, rows)}`;
}

const plural = (changes: number): string => (changes === 1 ? '1 change' : `${changes} changes`);
