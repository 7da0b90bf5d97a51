/* Runs that people ask for or that are due, through the graph: what they compare, find, keep and survive. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { skuChanged } from '../../schema/events/products.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { openReconciliationStore } from './app/reconciliation/reconciliation-store.ts';
import { openOperationsDesk, type OperationsDesk } from './testing/operations-desk.ts';
import { TwoBooks } from './testing/two-books.ts';

const DAY_MS = 86_400_000;
const SETTLE_MS = 45_000;
const RUN = `id system status figure requestedBy reason locationsCompared locationsFailed raised cleared isCutOff failure
  counts { matched tolerated mismatched missingInLedger missingInSystem notComparable }
  variance { more less unvalued values { basis more { amountMinor currencyCode } less { amountMinor } } }
  locations { location { id } asOf failure differences { sku { id } told recorded difference valueBasis
    value { amountMinor currencyCode } exception { id status quantity valueBasis } } }`;

interface RunSeen {
  readonly id: string;
  readonly status: string;
  readonly locations: readonly {
    readonly location: { readonly id: string };
    readonly differences: readonly object[];
  }[];
  readonly [field: string]: unknown;
}

let desk: OperationsDesk;
let two: TwoBooks;

async function open(limits: Parameters<typeof openOperationsDesk>[0] = {}): Promise<void> {
  desk = await openOperationsDesk(limits);
  const source = { system: 'wms', figure: 'SELLABLE' as const, locations: ['NORTH', 'SOUTH'] };
  two = new TwoBooks(desk.platform, source);
}
beforeEach(() => open({ reconciliation: { differencesMax: 20, runsKeptMax: 2 } }));
afterEach(async () => {
  two.close();
  await desk.close();
});

function lie(
  location: string,
  sku: string,
  { told, held }: { readonly told: string; readonly held: string | null },
): void {
  two.put(two.told, location, sku, told);
  two.put(two.held, location, sku, held);
}

const start = (more = '', key = 'key-1') =>
  desk.mutate(
    'startReconciliation',
    `system: "wms", reason: "Monthly.", idempotencyKey: "${key}" ${more}`,
    `reconciliationRun { id status }`,
  );

async function runs(): Promise<readonly RunSeen[]> {
  const { data } = await desk.ask(`{ reconciliationRuns(system: "wms") { edges { node { ${RUN} } } } }`);
  const { edges } = (data as unknown as { reconciliationRuns: { edges: { node: RunSeen }[] } }).reconciliationRuns;
  return edges.map(({ node }) => node);
}

/** Lets time pass until the newest run is over. */
function ended(count = 1): Promise<RunSeen> {
  return waitFor(async () => {
    desk.clock.advance(SETTLE_MS);
    const all = await runs();
    const [newest] = all;
    return all.length >= count && (newest?.status === 'DONE' || newest?.status === 'FAILED') ? newest : undefined;
  }, 'the run to end');
}

async function priced(sku: string, amountMinor: number): Promise<void> {
  const data = {
    sku,
    product: sku,
    title: sku,
    lifecycle: 'ACTIVE',
    categories: [],
    prices: [{ amount: { amountMinor, currencyCode: 'GBP' }, effectiveFrom: '1970-01-01T00:00:00.000Z' }],
  } as const;
  const nowMs = desk.clock.nowMs();
  const told = { key: sku, occurredAtMs: nowMs, recordedAtMs: nowMs, correlationId: sku };
  const { stream, subject, envelope } = publicationOf(skuChanged, {
    id: desk.platform.ids.next(),
    source: { system: 'products', eventId: sku },
    ...told,
    data: { ...data, categories: [], prices: [...data.prices] },
  });
  await desk.platform.streams.publish(stream, subject, envelope);
  const prices = await desk.platform.documents.collection({ name: 'operations-sku-prices', indexes: [] });
  await waitFor(() => prices.get(sku), `the price of ${sku}`);
}

describe('a run that somebody asks for', () => {
  test('says what it compared, how far apart the books are and by what that was valued', async () => {
    await priced('PRICED', 500);
    two.costs.set('COSTED', 320);
    lie('NORTH', 'EQUAL', { told: '4', held: '4' });
    lie('NORTH', 'COSTED', { told: '7', held: '5' });
    lie('NORTH', 'PRICED', { told: '1', held: '2.5' });
    lie('SOUTH', 'NOBODYS', { told: '0', held: '3' });
    lie('SOUTH', 'FORGOTTEN', { told: '1', held: null });

    expect((await start()).data).toEqual({
      startReconciliation: { reconciliationRun: { id: expect.any(String), status: 'WAITING' } },
    });
    const run = await ended();
    expect(run).toMatchObject({
      system: 'wms',
      status: 'DONE',
      figure: 'SELLABLE',
      requestedBy: 'op',
      reason: 'Monthly.',
      locationsCompared: 2,
      locationsFailed: 0,
      raised: 3,
      cleared: 0,
      counts: { matched: 1, tolerated: 0, mismatched: 2, missingInLedger: 0, missingInSystem: 1, notComparable: 1 },
      variance: {
        more: '2',
        less: '4.5',
        unvalued: 1,
        values: [
          { basis: 'COST', more: { amountMinor: 640, currencyCode: 'GBP' }, less: { amountMinor: 0 } },
          { basis: 'PRICE', more: { amountMinor: 0 }, less: { amountMinor: 750 } },
        ],
      },
    });
    const north = run.locations.find(({ location }) => location.id === 'NORTH');
    expect(north?.differences).toContainEqual({
      sku: { id: 'COSTED' },
      told: '7',
      recorded: '5',
      difference: '2',
      valueBasis: 'COST',
      value: { amountMinor: 640, currencyCode: 'GBP' },
      exception: { id: expect.any(String), status: 'OPEN', quantity: '2', valueBasis: 'COST' },
    });
  });

  test('raises exceptions with quantity, value and lineage, and closes them when the books agree again', async () => {
    await priced('LAMP', 500);
    lie('NORTH', 'LAMP', { told: '1', held: '3' });
    await start();
    const { id } = await ended();
    const [raised] = await desk.list('classes: [BALANCE_VARIANCE]');
    expect(raised).toMatchObject({
      status: 'OPEN',
      quantity: '-2',
      summary: 'wms tells 1 for sale, the ledger held 3, valued by its price.',
      impact: { skus: [{ id: 'LAMP' }], locations: [{ id: 'NORTH' }] },
      lineage: { source: 'wms', eventId: id, correlationId: id },
    });

    lie('NORTH', 'LAMP', { told: '3', held: '3' });
    await start('', 'key-2');
    expect(await ended(2)).toMatchObject({ raised: 0, cleared: 1 });
    expect(await desk.list('classes: [BALANCE_VARIANCE]')).toMatchObject([
      { id: raised?.id, status: 'RESOLVED', closedBy: 'reconciliation' },
    ]);
  });

  test('leaves what was accepted accepted for as long as the books differ', async () => {
    lie('NORTH', 'LAMP', { told: '1', held: '3' });
    await start();
    await ended();
    const [raised] = await desk.list();
    await desk.mutate('waiveException', `exception: "${raised?.id}", reason: "Samples."`);
    await start('', 'key-2');
    await ended(2);
    expect(await desk.list()).toMatchObject([{ status: 'WAIVED' }]);
    lie('NORTH', 'LAMP', { told: '3', held: '3' });
    await start('', 'key-3');
    await ended(2);
    await waitFor(async () => (await desk.list())[0]?.status === 'RESOLVED', 'the exception to be closed');
  });

  test('compares the locations that were named alone, within the tolerance that was given', async () => {
    lie('NORTH', 'LAMP', { told: '98', held: '100' });
    lie('SOUTH', 'LAMP', { told: '1', held: '100' });
    await start('locations: ["NORTH"], tolerance: { percent: 2 }');
    expect(await ended()).toMatchObject({
      locationsCompared: 1,
      counts: { matched: 0, tolerated: 1, mismatched: 0 },
      raised: 0,
    });
  });

  test('is one run under one key, and refuses what cannot be', async () => {
    const [first, again] = [await start(), await start()];
    expect(again.data).toEqual(first.data);
    expect((await start('locations: ["NORTH"]')).code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await start('locations: ["EAST"]', 'key-2')).code).toBe('BAD_USER_INPUT');
    expect((await start('tolerance: { percent: 101 }', 'key-2')).code).toBe('BAD_USER_INPUT');
    const other = `system: "erp", reason: "x", idempotencyKey: "key-2"`;
    expect((await desk.mutate('startReconciliation', other, 'reconciliationRun { id }')).code).toBe('BAD_USER_INPUT');
    expect(await runs()).toHaveLength(1);
  });

  test('goes on where a location does not answer, and leaves what was said of that one before', async () => {
    lie('NORTH', 'LAMP', { told: '1', held: '3' });
    lie('SOUTH', 'LAMP', { told: '1', held: '3' });
    await start();
    await ended();
    two.down.add('SOUTH');
    lie('NORTH', 'LAMP', { told: '3', held: '3' });
    await start('', 'key-2');
    expect(await ended(2)).toMatchObject({
      status: 'FAILED',
      locationsCompared: 1,
      locationsFailed: 1,
      cleared: 1,
      failure: 'SOUTH does not answer.',
    });
    expect(await desk.list('statuses: [OPEN]')).toMatchObject([{ impact: { locations: [{ id: 'SOUTH' }] } }]);
  });

  test('raises no more than its bound, and says so', async () => {
    for (let index = 0; index < 30; index++) lie('NORTH', `SKU-${index}`, { told: '1', held: '2' });
    await start();
    expect(await ended()).toMatchObject({ raised: 20, isCutOff: true, counts: { mismatched: 30 } });
    expect(await desk.list()).toHaveLength(20);
  });
});

describe('runs without anybody asking', () => {
  test('begin after a day, and once', async () => {
    lie('NORTH', 'LAMP', { told: '1', held: '3' });
    await waitFor(async () => {
      desk.clock.advance(SETTLE_MS);
      return two.asked.includes('balance-sources');
    }, 'the systems to be looked for');
    expect(await runs()).toEqual([]);
    desk.clock.advance(DAY_MS);
    const run = await ended();
    expect(run).toMatchObject({ requestedBy: null, reason: null, raised: 1 });
    expect(await runs()).toHaveLength(1);
  });

  test('are kept to a number for each system, with what they found', async () => {
    for (const key of ['a', 'b', 'c']) {
      await start('', key);
      await waitFor(async () => {
        desk.clock.advance(SETTLE_MS);
        return (await runs()).some(({ id, status }) => id === `asked/${key}` && status === 'DONE');
      }, key);
    }
    await waitFor(async () => (await runs()).length === 2, 'the oldest to be let go of');
    expect((await runs()).map(({ id }) => id)).toEqual(['asked/c', 'asked/b']);
    const { locations } = await openReconciliationStore(desk.platform.documents);
    expect(await locations.get('asked/a|NORTH')).toBeUndefined();
    expect(await locations.get('asked/b|NORTH')).toBeDefined();
  });

  test('are begun anew when a process ended in the middle', async () => {
    const { runs: stored } = await openReconciliationStore(desk.platform.documents);
    lie('NORTH', 'LAMP', { told: '1', held: '3' });
    await start();
    const known = await stored.get('asked/key-1');
    if (!known) throw new Error('The run was not written down.');
    const startedAtMs = desk.clock.nowMs();
    await stored.save({ ...known.document, status: 'RUNNING', attempts: 1, startedAtMs }, known.version);
    expect(await ended()).toMatchObject({ status: 'DONE', raised: 1 });
  });
});
