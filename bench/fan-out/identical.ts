import type { BenchmarkOptions } from '../benchmark.ts';
import { count, micros, millis, ratio, table } from '../measure/report.ts';
import { bestRounds } from './best-rounds.ts';
import { canBuildNative } from './native-server.ts';
import { HUB, limitKinds, MERCURIUS, NATIVE, PLAIN, withSubjects } from './subject.ts';
import type { Delivery, ServerKind, Subject } from './subject.ts';

interface Case {
  readonly clients: number;
  readonly changesPerEvent: number;
}

/** Ascending, because clients stay. */
const CASES: readonly Case[] = [
  { clients: 1_000, changesPerEvent: 1 },
  { clients: 1_000, changesPerEvent: 20 },
  { clients: 5_000, changesPerEvent: 1 },
  { clients: 5_000, changesPerEvent: 20 },
  { clients: 10_000, changesPerEvent: 1 },
];
const INTERESTS = { groups: 1, skusEach: 100 };
const EVENTS_MIN = 4;

/** Everybody subscribes to the same. */
export async function measureIdentical(options: BenchmarkOptions, clientsMax: number): Promise<string> {
  const kinds = [HUB, PLAIN, MERCURIUS, ...limitKinds()];
  const tables = await withSubjects(kinds, INTERESTS, async (subjects) => {
    const told: string[] = [];
    for (const each of CASES) {
      if (each.clients <= clientsMax) told.push(await compare(each, subjects, options));
    }
    return told;
  });
  if (!canBuildNative()) tables.push('The limit in C is missing: there is no compiler (cc).');
  return tables.join('\n\n');
}

async function compare(each: Case, subjects: readonly Subject[], options: BenchmarkOptions): Promise<string> {
  const { clients, changesPerEvent } = each;
  for (const subject of subjects) {
    options.progress(`${count(clients)} clients connect to ${subject.name}`);
    await subject.clients.ask('connect', clients);
  }
  // Slow enough for the slowest server to deliver an event to everybody before the next one.
  const perSecond = 1_000 / (20 + clients * (0.06 + 0.008 * changesPerEvent));
  const events = Math.max(EVENTS_MIN, Math.ceil(options.seconds * perSecond));
  const progress = (text: string) => options.progress(`${titleOf(each)}: ${text}`);
  const best = await bestRounds({ subjects, publish: { events, changesPerEvent, perSecond }, progress });
  return describe(each, [...best]);
}

function describe(each: Case, results: readonly (readonly [Subject, Delivery])[]): string {
  const [, ours] = results[0] ?? [];
  if (!ours) throw new Error('Nothing was measured.');
  const perChange = ({ cpuUs, changes }: Delivery) => cpuUs / changes;
  const of = (kind: ServerKind) => results.find(([{ name }]) => name === kind.name)?.[1];
  const [plain, limit] = [of(PLAIN), of(NATIVE)];
  const rows = results.map(([{ name }, delivery]) => [
    name,
    count(delivery.messages),
    micros(delivery.cpuUs / delivery.messages),
    micros(perChange(delivery)),
    ratio(perChange(delivery) / perChange(ours)),
    plain ? ratio(perChange(plain) / perChange(delivery)) : '-',
    limit ? `${((100 * perChange(limit)) / perChange(delivery)).toFixed(0)} %` : '-',
    count(1_000_000 / perChange(delivery)),
    millis(delivery.p50Ms),
    millis(delivery.p99Ms),
  ]);
  const head = [
    'server',
    'messages',
    'CPU/message',
    'CPU/change',
    'ratio',
    'changes/s to stock',
    'of send()',
    'changes/s a core',
    'p50',
    'p99 to client',
  ];
  return `${titleOf(each)}\n${table(head, rows)}`;
}

const titleOf = ({ clients, changesPerEvent }: Case): string =>
  `${count(clients)} clients of one subscription, ${changesPerEvent === 1 ? '1 change' : `${changesPerEvent} changes`} per event`;
