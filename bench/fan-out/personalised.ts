import type { BenchmarkOptions } from '../benchmark.ts';
import { count, micros, millis, ratio, table } from '../measure/report.ts';
import { bestRounds } from './best-rounds.ts';
import { HUB, MERCURIUS, PLAIN, withSubjects } from './subject.ts';

interface Case {
  readonly clients: number;
  readonly changesPerEvent: number;
}

/** Single changes, by which the cost of many clients shows, and many at once, by which the cost of a group shows. */
const CASES: readonly Case[] = [
  { clients: 500, changesPerEvent: 1 },
  { clients: 500, changesPerEvent: 250 },
  { clients: 5_000, changesPerEvent: 1 },
  { clients: 5_000, changesPerEvent: 250 },
  { clients: 10_000, changesPerEvent: 1 },
  { clients: 10_000, changesPerEvent: 250 },
];
const CHANGES_PER_SECOND = 2_000;

/** Each client subscribes to a SKU of its own, so that nothing is shared; each change concerns one client. */
export async function measurePersonalised(options: BenchmarkOptions, clientsMax: number): Promise<string> {
  const rows: string[][] = [];
  for (const each of CASES.filter(({ clients }) => clients <= clientsMax)) {
    rows.push(...(await compare(each, options)));
  }
  const head = [
    'clients, each of another SKU',
    'server',
    'changes',
    'CPU/change',
    'ratio',
    'changes/s a core',
    'p50',
    'p99',
  ];
  return `${count(CHANGES_PER_SECOND)} changes a second, each for one client\n${table(head, rows)}`;
}

async function compare({ clients, changesPerEvent }: Case, options: BenchmarkOptions): Promise<string[][]> {
  const interests = { groups: clients, skusEach: 1 };
  return withSubjects([HUB, PLAIN, MERCURIUS], interests, async (subjects) => {
    for (const subject of subjects) await subject.clients.ask('connect', clients);
    const publish = {
      events: Math.ceil((options.seconds * CHANGES_PER_SECOND) / changesPerEvent),
      changesPerEvent,
      perSecond: CHANGES_PER_SECOND / changesPerEvent,
    };
    const progress = (text: string) => options.progress(`${count(clients)} different subscriptions: ${text}`);
    const best = [...(await bestRounds({ subjects, publish, progress }))];
    const ours = best[0]?.[1];
    if (!ours) throw new Error('Nothing was measured.');
    return best.map(([{ name }, { cpuUs, changes, p50Ms, p99Ms }]) => [
      count(clients),
      count(changesPerEvent),
      name,
      micros(cpuUs / changes),
      ratio(cpuUs / changes / (ours.cpuUs / ours.changes)),
      count((1_000_000 * changes) / cpuUs),
      millis(p50Ms),
      millis(p99Ms),
    ]);
  });
}
