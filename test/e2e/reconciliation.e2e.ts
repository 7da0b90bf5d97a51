import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readPositions } from '../harness/read-state.ts';
import { reconcile, RECONCILE_SOON } from '../harness/reconcile.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

/* The book of a warehouse against the ledger of a whole hub, through the public graph: I45 end to end. */

const NORTH = 'DC-NORTH';
/** Nothing is under way when books are compared here. */
const LIMITS = { ...RECONCILE_SOON, settleMs: 50, looksAgainMax: 1 };
const EXCEPTIONS = `{ exceptions(filter: { classes: [BALANCE_VARIANCE] }) { edges { node {
  id status quantity valueBasis valueAtRisk { amountMinor } summary
  impact { skus { id } locations { id } } lineage { source } } } } }`;

interface Exceptions {
  readonly exceptions: {
    readonly edges: readonly {
      readonly node: {
        readonly status: string;
        readonly quantity: string;
        readonly impact: { readonly skus: readonly { readonly id: string }[] };
      };
    }[];
  };
}

let demo: DemoHub;
let operator: HubClient;
let integrator: HubClient;
let told = 0;

beforeAll(async () => {
  demo = await openDemoHub({ pollerLimits: { intervalMs: 100 }, reconciliationLimits: LIMITS });
  operator = await demo.as('operator');
  integrator = await demo.as('integrator');
  // Whatever lies in the warehouse was counted once; what it opened with nobody has told the hub.
  const shelves = demo.retailer.catalogue.items.map(({ sku }) => ({ location: NORTH, sku, quantity: '6' }));
  await stockShelves(demo, shelves);
});
afterAll(() => demo?.[Symbol.asyncDispose]());

const exceptions = async (status: string) => {
  const { exceptions: page } = await operator.graphql<Exceptions>(EXCEPTIONS);
  return page.edges.map(({ node }) => node).filter((node) => node.status === status);
};
const stock = () => readPositions(integrator, [NORTH]);

/** The ledger hears what did not happen. */
async function mislead(sku: string, quantity: string): Promise<void> {
  const lines = [{ lineId: '1', sku, quantity, reason: 'FOUND' }];
  const data = { location: NORTH, lines };
  const occurredAt = new Date().toISOString();
  const message = { eventId: `misled-${++told}`, type: 'stock-adjusted', occurredAt, data };
  const [outcome] = await integrator.ingest('shelf-scanner', [message], { waitMs: 10_000 });
  expect(outcome?.ledger?.state).toBe('RECORDED');
}

describe('a warehouse whose book is compared with the ledger', () => {
  test('has no exception while both agree', async () => {
    const { wms } = demo.retailer;
    for (const quantity of ['1', '2', '3']) wms.receive({ warehouse: NORTH, sku: 'LAMP', quantity, reference: 'PO-1' });
    await waitFor(
      async () => (await stock()).some(({ sku, onHand }) => sku === 'LAMP' && onHand === '12'),
      'the receipts',
    );
    const run = await reconcile(operator, DEMO_SYSTEMS.wms);
    expect(run).toMatchObject({
      status: 'DONE',
      raised: 0,
      counts: { matched: demo.retailer.catalogue.items.length, mismatched: 0, missingInLedger: 0, missingInSystem: 0 },
    });
    expect(await exceptions('OPEN')).toEqual([]);
  });

  test('has exactly one exception for each difference, however often it is compared, and its stock is left alone', async () => {
    await mislead('LAMP', '-2');
    await mislead('TEE-BLACK-M', '1');
    await mislead('COFFEE-HOUSE', '-6');
    const before = await stock();

    const run = await reconcile(operator, DEMO_SYSTEMS.wms);
    expect(run).toMatchObject({ raised: 3, counts: { mismatched: 2, missingInLedger: 1 } });
    expect(await reconcile(operator, DEMO_SYSTEMS.wms)).toMatchObject({ raised: 3, cleared: 0 });
    const found = await exceptions('OPEN');
    expect(new Map(found.map(({ impact, quantity }) => [impact.skus[0]?.id, quantity]))).toEqual(
      new Map([
        ['LAMP', '2'],
        ['TEE-BLACK-M', '-1'],
        ['COFFEE-HOUSE', '6'],
      ]),
    );
    expect(found).toContainEqual({
      ...found[0],
      id: expect.any(String),
      quantity: '2',
      valueBasis: 'PRICE',
      valueAtRisk: { amountMinor: expect.any(Number) },
      summary: 'wms-north tells 12 for sale, the ledger held 10, valued by its price.',
      impact: { skus: [{ id: 'LAMP' }], locations: [{ id: NORTH }] },
      lineage: { source: DEMO_SYSTEMS.wms },
    });
    expect(await stock()).toEqual(before);
  });

  test('is settled by what people do, and the next comparison says so', async () => {
    await mislead('LAMP', '2');
    await mislead('COFFEE-HOUSE', '6');
    expect(await reconcile(operator, DEMO_SYSTEMS.wms, [NORTH])).toMatchObject({ raised: 1, cleared: 2 });
    await waitFor(async () => (await exceptions('RESOLVED')).length === 2, 'two exceptions to be closed');
    expect((await exceptions('OPEN')).map(({ quantity }) => quantity)).toEqual(['-1']);
  });

  test('is told as a failure when it does not answer, and nothing is made of its silence', async () => {
    const { faults } = demo.retailer.wms;
    faults.set({ outage: 'UNAVAILABLE' });
    const run = await reconcile(operator, DEMO_SYSTEMS.wms);
    faults.clear();
    expect(run).toMatchObject({
      status: 'FAILED',
      raised: 0,
      cleared: 0,
      failure: expect.stringContaining('wms-north'),
    });
    expect(await exceptions('OPEN')).toHaveLength(1);
  });
});
