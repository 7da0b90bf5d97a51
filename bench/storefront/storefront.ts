import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { count, micros, millis, ratio, table } from '../measure/report.ts';
import { readAnswers } from './answers.ts';
import type { Answers } from './answers.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { CONCURRENCY, load } from './load.ts';
import type { Load } from './load.ts';
import { OPERATIONS } from './operations.ts';
import type { Operation } from './operations.ts';
import { startVariants } from './variants.ts';
import type { Variant } from './variants.ts';

/** Each variant is measured so often, in turns; its best round counts. */
const ROUNDS = 3;

const NOTES = [
  'Ratios are to the first line. All answers are equal. Peers ask the Apollo subgraphs.',
  'Stockwire checks the token, counts rate, cost and usage, observes Prometheus metrics and hands traces on.',
  'Peers read the supergraph without @requiresScopes and @topic, @mercuriusjs/gateway the SDL as Federation 1.',
  'They verify no token, know no limits, observe nothing, and forward an identity signed beforehand.',
];

/** Two queries against the hub's gateway and its peers, over the same subgraphs. */
export const storefront: Benchmark = {
  name: 'storefront',
  run: async (options) => {
    options.progress('starting gateways');
    const { variants, token, stop } = await startVariants();
    const clients = variants.map(({ name, gateway }) =>
      createClient(name, gateway.url, { token, connections: CONCURRENCY }),
    );
    try {
      const subjects = variants.map((variant, index) => ({ variant, client: clients[index] as Client }));
      const tables: string[] = [];
      for (const operation of OPERATIONS) tables.push(await compare(operation, subjects, options));
      return [...tables, NOTES.join('\n')].join('\n\n');
    } finally {
      await Promise.all(clients.map((client) => client.close()));
      await stop();
    }
  },
};

interface Subject {
  readonly variant: Variant;
  readonly client: Client;
}

async function compare(
  operation: Operation,
  subjects: readonly Subject[],
  { seconds, warmUpSeconds, progress }: BenchmarkOptions,
): Promise<string> {
  const works: (Subject & { readonly answers: Answers; readonly operation: Operation })[] = [];
  for (const subject of subjects) {
    progress(`${operation.name}: warming up ${subject.variant.name}`);
    const answers = await readAnswers(subject.client, operation, works[0]?.answers);
    works.push({ ...subject, answers, operation });
    await load(subject.variant, { ...subject, operation, answers, durationMs: warmUpSeconds * 1_000 });
  }
  const best = new Map<Variant, Load>();
  for (let round = 1; round <= ROUNDS; round++) {
    for (const work of works) {
      progress(`${operation.name}: round ${round} of ${ROUNDS}, ${work.variant.name}`);
      const measured = await load(work.variant, { ...work, durationMs: seconds * 1_000 });
      const known = best.get(work.variant);
      if (!known || measured.totalUs < known.totalUs) best.set(work.variant, measured);
    }
  }
  return describe(operation, [...best]);
}

function describe(operation: Operation, results: readonly (readonly [Variant, Load])[]): string {
  const [, ours] = results[0] ?? [];
  if (!ours) throw new Error('Nothing was measured.');
  const rows = results.map(([{ name }, result]) => [
    name,
    count(result.requestsPerSecond),
    ratio(result.requestsPerSecond / ours.requestsPerSecond),
    millis(result.p50Ms),
    millis(result.p99Ms),
    micros(result.gatewayUs),
    ratio(result.gatewayUs / ours.gatewayUs),
    micros(result.totalUs),
    ratio(result.totalUs / ours.totalUs),
  ]);
  const head = ['gateway', 'req/s', 'ratio', 'p50', 'p99', 'gateway CPU/req', 'ratio', 'total CPU/req', 'ratio'];
  return `${operation.name}: ${operation.meaning}\n${table(head, rows)}`;
}
