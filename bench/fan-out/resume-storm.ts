import type { BenchmarkOptions } from '../benchmark.ts';
import { count, ratio, table } from '../measure/report.ts';
import type { Returned } from './clients.ts';
import { HUB, PLAIN, Subject, type ServerKind } from './subject.ts';

const CLIENTS = 10_000;
/** 50 SKUs each, and 50 clients of each list. */
const INTERESTS = { groups: 200, skusEach: 50 };
const ROUNDS = 3;

interface Case {
  readonly kind: ServerKind;
  readonly what: string;
  readonly resumes: boolean;
  /** Changes in the first frame of each client. */
  readonly changesEach: number;
}

const CASES: readonly Case[] = [
  { kind: HUB, what: 'resume, 50 keys have changed', resumes: true, changesEach: 50 },
  { kind: HUB, what: 'snapshot of 50 keys', resumes: false, changesEach: 50 },
  { kind: PLAIN, what: 'are accepted, and told nothing', resumes: true, changesEach: 0 },
];

/** All clients lose their connections at once and come back. */
export async function measureResumeStorm(options: BenchmarkOptions, clientsMax: number): Promise<string> {
  const clients = Math.min(CLIENTS, clientsMax);
  const rows: string[][] = [];
  let first: number | undefined;
  for (const each of CASES) {
    options.progress(`${count(clients)} clients come back: ${each.kind.name}, ${each.what}`);
    const { elapsedMs, cpuUs } = await measure(each, clients);
    first ??= elapsedMs;
    rows.push([
      each.kind.name,
      each.what,
      `${(elapsedMs / 1_000).toFixed(2)} s`,
      ratio(elapsedMs / first),
      `${(cpuUs / clients).toFixed(0)} us`,
    ]);
  }
  const head = ['server', 'what the clients get', 'until the last one', 'ratio', 'CPU/client'];
  return `${count(clients)} clients come back at once\n${table(head, rows)}`;
}

interface Storm {
  readonly elapsedMs: number;
  readonly cpuUs: number;
}

async function measure({ kind, resumes, changesEach }: Case, clients: number): Promise<Storm> {
  const subject = await Subject.start(kind, INTERESTS);
  try {
    await subject.clients.ask('connect', clients);
    let best: Storm | undefined;
    for (let round = 0; round <= ROUNDS; round++) {
      await subject.clients.ask('leave');
      const missed = INTERESTS.groups * INTERESTS.skusEach;
      await subject.server.ask('publish', { events: missed / 50, changesPerEvent: 50, perSecond: 1_000 });
      const beforeUs = await subject.server.cpuUs();
      const { elapsedMs, changes } = (await subject.clients.ask('comeBack', { missed, resumes })) as Returned;
      const cpuUs = (await subject.server.cpuUs()) - beforeUs;
      if (changes !== clients * changesEach) throw new Error(`The clients were told ${changes} changes.`);
      if (round > 0 && (!best || elapsedMs < best.elapsedMs)) best = { elapsedMs, cpuUs };
    }
    return best ?? { elapsedMs: Number.NaN, cpuUs: Number.NaN };
  } finally {
    await subject.stop();
  }
}
