import type { BenchmarkOptions } from '../benchmark.ts';
import { count, millis, ratio, table } from '../measure/report.ts';
import type { LongestTurn } from './server-handlers.ts';
import { HUB, MERCURIUS, PLAIN, Subject, type ServerKind } from './subject.ts';

const CLIENTS = 10_000;
const INTERESTS = { groups: 1, skusEach: 100 };
const WARM_EVENTS = 6;
const EVENTS = 5;

/** How long one event to many clients keeps the event loop from everything else. */
export async function measureLoopTurns(options: BenchmarkOptions, clientsMax: number): Promise<string> {
  const clients = Math.min(CLIENTS, clientsMax);
  const rows: string[][] = [];
  let first: number | undefined;
  for (const kind of [HUB, PLAIN, MERCURIUS]) {
    options.progress(`turns of the event loop, ${kind.name}`);
    const { cpuMs, elapsedMs, delayMs } = await measure(kind, clients);
    first ??= cpuMs;
    rows.push([kind.name, millis(cpuMs), ratio(cpuMs / first), millis(elapsedMs), millis(delayMs)]);
  }
  const head = ['server', 'longest turn, CPU', 'ratio', 'longest turn, elapsed', 'longest delay of the loop'];
  return `one event to ${count(clients)} clients, the worst of ${EVENTS} events\n${table(head, rows)}`;
}

async function measure(kind: ServerKind, clients: number): Promise<LongestTurn> {
  const subject = await Subject.start(kind, INTERESTS);
  try {
    await subject.clients.ask('connect', clients);
    await subject.deliver({ events: WARM_EVENTS, changesPerEvent: 1, perSecond: 1 });
    await subject.server.ask('watch');
    await subject.deliver({ events: EVENTS, changesPerEvent: 1, perSecond: 1 });
    return (await subject.server.ask('unwatch')) as LongestTurn;
  } finally {
    await subject.stop();
  }
}
