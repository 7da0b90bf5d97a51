import { join } from 'node:path';
import { createHubClient, type HubClient, type IngestMessage } from '../../scripts/client/hub-client.ts';
import { openingFacts } from '../../test/harness/opening-facts.ts';
import type { BenchmarkOptions } from '../benchmark.ts';
import { closedLoop, percentile } from '../measure/closed-loop.ts';
import { startMeasuredProcess, type MeasuredProcess } from '../measure/measured-process.ts';
import { count, micros, millis, ratio, table, type Row } from '../measure/report.ts';
import { openingCounts, retailerOf, saleOf, type Retailer } from './store-sales.ts';

const SOURCE = 'tills';
const BATCH = 500;
const SINGLE_CALLERS = 32;
const BATCH_CALLERS = 4;
const WAIT_MS = 5_000;
const COUNTS_PER_BATCH = 20;
/** What is handed on in order is nearly through when its last messages are; each is looked at afterwards. */
const LAST_LOOKED_AT = 2_000;
/** A peak day of 300 fashion stores has 1.5 million movements in eleven hours. */
const BACKLOG_HOURS = 4;
const PEAK_PER_SECOND = 1_500_000 / (11 * 3_600);
const FULL_BACKLOG = Math.round(PEAK_PER_SECOND * BACKLOG_HOURS * 3_600);
/** A backlog has to be worked off at least this much quicker than it grew. */
const REAL_TIMES_MIN = 8;

interface Size {
  readonly stores: number;
  readonly skus: number;
  readonly backlog: number;
}

const SIZES = {
  quick: { stores: 20, skus: 50, backlog: 2_000 },
  slice: { stores: 300, skus: 200, backlog: 30_000 },
  full: { stores: 300, skus: 8_000, backlog: FULL_BACKLOG },
} as const satisfies Record<string, Size>;

/** What comes in: durable messages a second through the door for facts, and a backlog until the ledger has all of it. */
export async function measureIntake({ seconds, isQuick, isFull, progress }: BenchmarkOptions): Promise<string> {
  const size: Size = isFull ? SIZES.full : isQuick ? SIZES.quick : SIZES.slice;
  const retailer = retailerOf(size.stores, size.skus);
  const hub = await startMeasuredProcess(join(import.meta.dirname, 'serve-hub.ts'), { stores: retailer.stores });
  try {
    const client = createHubClient(hub.url, (await hub.ask('token')) as string);
    progress(`registering ${count(size.skus)} SKUs and ${count(size.stores)} stores, and their stock`);
    await open(client, retailer);
    const sales = new Sales(retailer);
    const rates: Row[] = [];
    for (const [what, callers, each] of [
      ['one message a call', SINGLE_CALLERS, 1],
      [`batches of ${BATCH}`, BATCH_CALLERS, BATCH],
    ] as const) {
      progress(what);
      rates.push(await rateOf({ hub, client, sales, what, callers, each, seconds }));
      await awaitRecorded(client, sales.again(Math.max(0, sales.taken - LAST_LOOKED_AT), sales.taken));
    }
    progress(`a backlog of ${count(size.backlog)} messages`);
    const caughtUp = await catchUp({ hub, client, sales, size });
    await hub.ask('close');
    return [table(['durable when answered', 'messages/s', 'CPU/message', 'p50', 'p99'], rates), caughtUp].join('\n\n');
  } finally {
    await hub.stop();
  }
}

/** Sales that were never handed in before, one after the other. */
class Sales {
  readonly #retailer: Retailer;
  readonly #occurredAt = new Date().toISOString();
  #next = 0;

  constructor(retailer: Retailer) {
    this.#retailer = retailer;
  }

  get taken(): number {
    return this.#next;
  }

  take(times: number): readonly IngestMessage[] {
    return Array.from({ length: times }, () => saleOf(this.#retailer, this.#next++, this.#occurredAt));
  }

  /** The same as before. */
  again(from: number, to: number): readonly IngestMessage[] {
    const length = Math.max(0, to - from);
    return Array.from({ length }, (_, index) => saleOf(this.#retailer, from + index, this.#occurredAt));
  }
}

async function open(client: HubClient, retailer: Retailer): Promise<void> {
  await handIn(client, openingFacts({ locations: retailer.stores, skus: retailer.skus }));
  const counts = [...openingCounts(retailer, new Date().toISOString())];
  // Lines of counts are many: a few of them are a batch.
  await handIn(client, counts, COUNTS_PER_BATCH);
  for (let from = 0; from < counts.length; from += BATCH) await awaitRecorded(client, counts.slice(from, from + BATCH));
}

/** @throws when a message is not accepted: what is wrong is not measured */
async function handIn(client: HubClient, messages: readonly IngestMessage[], each = BATCH): Promise<void> {
  for (let from = 0; from < messages.length; from += each) {
    const outcomes = await client.ingest(SOURCE, messages.slice(from, from + each));
    const refused = outcomes.find(({ outcome }) => outcome !== 'ACCEPTED');
    if (refused) throw new Error(`${refused.eventId} is ${refused.outcome}: ${refused.reason ?? ''}`);
  }
}

/** Tells messages once more, which changes nothing, until the ledger has all of them. */
async function awaitRecorded(client: HubClient, messages: readonly IngestMessage[]): Promise<void> {
  for (;;) {
    const outcomes = await client.ingest(SOURCE, messages, { waitMs: WAIT_MS });
    const wrong = outcomes.find(({ outcome }) => outcome !== 'DUPLICATE' && outcome !== 'ACCEPTED');
    if (wrong) throw new Error(`${wrong.eventId} is ${wrong.outcome}: ${wrong.reason ?? ''}`);
    if (outcomes.every(({ ledger }) => ledger?.state === 'RECORDED')) return;
    const parked = outcomes.find(({ ledger }) => ledger?.state === 'PARKED' || ledger?.state === 'PARTLY_RECORDED');
    if (parked) throw new Error(`${parked.eventId} waits in the ledger.`);
  }
}

async function rateOf({
  hub,
  client,
  sales,
  what,
  callers,
  each,
  seconds,
}: {
  readonly hub: MeasuredProcess;
  readonly client: HubClient;
  readonly sales: Sales;
  readonly what: string;
  readonly callers: number;
  readonly each: number;
  readonly seconds: number;
}): Promise<Row> {
  const beforeUs = await hub.cpuUs();
  const loop = await closedLoop({
    concurrency: callers,
    durationMs: seconds * 1_000,
    call: () => handIn(client, sales.take(each)),
  });
  const messages = loop.completed * each;
  const cpuUs = ((await hub.cpuUs()) - beforeUs) / messages;
  const [p50, p99] = [0.5, 0.99].map((fraction) => millis(percentile(loop.latenciesMs, fraction)));
  const perSecond = (messages * 1_000) / loop.elapsedMs;
  return [`${what}, ${callers} callers`, count(perSecond), micros(cpuUs), p50 ?? '', p99 ?? ''];
}

/** @throws when a message of the backlog is not in the ledger in the end */
async function catchUp({
  hub,
  client,
  sales,
  size: { backlog },
}: {
  readonly hub: MeasuredProcess;
  readonly client: HubClient;
  readonly sales: Sales;
  readonly size: Size;
}): Promise<string> {
  const from = sales.taken;
  const beforeUs = await hub.cpuUs();
  const startedMs = performance.now();
  const takers = Array.from({ length: BATCH_CALLERS }, async () => {
    while (sales.taken - from < backlog) await handIn(client, sales.take(Math.min(BATCH, backlog)));
  });
  await Promise.all(takers);
  const acceptedMs = performance.now() - startedMs;
  await awaitRecorded(client, sales.again(Math.max(from, sales.taken - LAST_LOOKED_AT), sales.taken));
  const elapsedMs = performance.now() - startedMs;
  const messages = sales.taken - from;
  const cpuUs = ((await hub.cpuUs()) - beforeUs) / messages;
  for (let each = from; each < sales.taken; each += BATCH) {
    await awaitRecorded(client, sales.again(each, Math.min(each + BATCH, sales.taken)));
  }
  const perSecond = (messages * 1_000) / elapsedMs;
  const times = perSecond / PEAK_PER_SECOND;
  const wholeMinutes = FULL_BACKLOG / perSecond / 60;
  const rows = [
    [
      count(messages),
      `${(acceptedMs / 1_000).toFixed(1)} s`,
      `${(elapsedMs / 1_000).toFixed(1)} s`,
      count(perSecond),
      micros(cpuUs),
      ratio(times),
      `${wholeMinutes.toFixed(1)} min`,
    ],
  ];
  const head = [
    'backlog',
    'durable',
    'in the ledger',
    'messages/s',
    'CPU/message',
    'real time',
    'four hours of a peak',
  ];
  const part = messages < FULL_BACKLOG ? `; a slice of the ${count(FULL_BACKLOG)}, --full hands in all` : '';
  const note = `to be worked off at least ${REAL_TIMES_MIN} times as quick as it grew, ${PEAK_PER_SECOND.toFixed(1)} messages/s${part}`;
  return `${table(head, rows)}\n${note}: ${times >= REAL_TIMES_MIN ? 'met' : 'NOT MET'}`;
}
