import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { micros, millis, ratio, table } from '../measure/report.ts';
import { readAnswers } from '../storefront/answers.ts';
import type { Answers } from '../storefront/answers.ts';
import { createClient } from '../storefront/client.ts';
import type { Client } from '../storefront/client.ts';
import { load } from '../storefront/load.ts';
import type { Load } from '../storefront/load.ts';
import { storefrontOf } from '../storefront/operations.ts';
import type { Operation } from '../storefront/operations.ts';
import { startVariants } from '../storefront/variants.ts';
import type { Variant } from '../storefront/variants.ts';

const SIZES = [20, 200, 2_000];
const ROUNDS = 3;
/** Few, so that an answer of a megabyte is not waited for by others behind it. */
const CONCURRENCY = 4;
const PAGES = 5;

interface Subject {
  readonly variant: Variant;
  readonly client: Client;
}

/** How a gateway's cost grows with the number of entities that it puts together. */
export const entities: Benchmark = {
  name: 'entities',
  run: async (options) => {
    options.progress('starting gateways');
    const { variants, token, stop } = await startVariants();
    const subjects = variants.map((variant) => ({
      variant,
      client: createClient(variant.name, variant.gateway.url, { token, connections: CONCURRENCY }),
    }));
    try {
      const tables: string[] = [];
      for (const size of SIZES) tables.push(await compare(size, subjects, options));
      return `${tables.join('\n\n')}\n\nRatios are to the first line. ${CONCURRENCY} requests at a time; all answers are equal.`;
    } finally {
      await Promise.all(subjects.map(({ client }) => client.close()));
      await stop();
    }
  },
};

async function compare(size: number, subjects: readonly Subject[], options: BenchmarkOptions): Promise<string> {
  const { seconds, warmUpSeconds, progress } = options;
  const operation = storefrontOf(size, PAGES);
  const works: (Subject & { readonly answers: Answers; readonly operation: Operation })[] = [];
  for (const subject of subjects) {
    progress(`${operation.name}: warming up ${subject.variant.name}`);
    const answers = await readAnswers(subject.client, operation, works[0]?.answers);
    const work = { ...subject, answers, operation };
    works.push(work);
    await load(subject.variant, { ...work, durationMs: warmUpSeconds * 1_000, concurrency: CONCURRENCY });
  }
  const best = new Map<Variant, Load>();
  for (let round = 1; round <= ROUNDS; round++) {
    for (const work of works) {
      progress(`${operation.name}: round ${round} of ${ROUNDS}, ${work.variant.name}`);
      const measured = await load(work.variant, { ...work, durationMs: seconds * 1_000, concurrency: CONCURRENCY });
      const known = best.get(work.variant);
      if (!known || measured.totalUs < known.totalUs) best.set(work.variant, measured);
    }
  }
  return describe(size, [...best]);
}

function describe(size: number, results: readonly (readonly [Variant, Load])[]): string {
  const [, ours] = results[0] ?? [];
  if (!ours) throw new Error('Nothing was measured.');
  const rows = results.map(([{ name }, { p50Ms, gatewayUs, totalUs }]) => [
    name,
    millis(p50Ms),
    ratio(p50Ms / ours.p50Ms),
    micros(gatewayUs),
    ratio(gatewayUs / ours.gatewayUs),
    micros(gatewayUs / size),
    micros(totalUs),
  ]);
  const head = [`${size} SKUs`, 'p50', 'ratio', 'gateway CPU/req', 'ratio', 'per SKU', 'total CPU/req'];
  return table(head, rows);
}
