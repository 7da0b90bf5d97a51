import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { openBareHub } from '../harness/open-bare-hub.ts';

/* Who may write what is said once, over the graph; the ledger judges by it, and people see what it did not believe. */

const SET_OWNERSHIP = `mutation ($input: SetOwnershipInput!) {
  setOwnership(input: $input) { ownershipRule { writerSystem location { id name } } } }`;
const EXCEPTIONS = `{ exceptions { edges { node { id class status quantity closedBy
  impact { skus { id } locations { name } }
  lineage { source eventId } } } } }`;
const POSITION = `{ positions(location: "SHOP") { edges { node {
  sku { id } sellable history { edges { node { kind } } } } } } }`;

interface Exceptions {
  readonly exceptions: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly status: string; readonly class: string };
    }[];
  };
}

async function readExceptions(operator: HubClient) {
  const { exceptions } = await operator.graphql<Exceptions>(EXCEPTIONS);
  return exceptions.edges.map(({ node }) => node);
}

/** Rules travel to the ledger in their order: when a later one is seen to hold, so does every earlier one. */
async function ruleReachesTheLedger(operator: HubClient, integrator: HubClient): Promise<void> {
  await operator.graphql(SET_OWNERSHIP, { input: { quantity: 'ADJUSTMENT', writerSystem: 'count-app' } });
  let probes = 0;
  await waitFor(async () => {
    const data = { location: 'SHOP', lines: [{ lineId: '1', sku: 'PROBE', quantity: '1', reason: 'FOUND' }] };
    await integrator.ingest('probe', [{ eventId: `probe-${probes++}`, type: 'stock-adjusted', occurredAt, data }]);
    return (await readExceptions(operator)).some((each) => each.class === 'FOREIGN_WRITE');
  }, 'the rule to hold');
}

const occurredAt = '2026-01-05T09:00:00.000Z';
const REST = { categories: [], attributes: [], lifecycle: 'ACTIVE', prices: [] };
const lines = (quantity: string) => [{ lineId: '1', sku: 'LAMP', quantity }];

async function stockTheShop(integrator: HubClient): Promise<void> {
  const product = { id: 'LAMP', title: 'Lamp' };
  const item = { sku: 'LAMP', title: 'Lamp', product, baseUnit: 'EA', step: '1', tracking: 'NONE', ...REST };
  const location = { location: 'SHOP', name: 'The shop', type: 'STORE', timeZone: 'Europe/London' };
  const told = await integrator.ingest('erp', [
    { eventId: 'loc', type: 'location-recorded', occurredAt, data: { ...location, capabilities: ['PICKUP'] } },
    { eventId: 'item', type: 'item-recorded', occurredAt, data: item },
    { eventId: 'probe', type: 'item-recorded', occurredAt, data: { ...item, sku: 'PROBE' } },
    {
      eventId: 'receipt',
      type: 'goods-received',
      occurredAt,
      data: { location: 'SHOP', reference: 'po', lines: lines('5') },
    },
  ]);
  expect(told.map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
}

test('a count by a system that does not own the quantity moves nothing and is an exception until both agree', async () => {
  await using hub = await openBareHub();
  const [integrator, operator] = await Promise.all([hub.as('integrator'), hub.as('operator')]);
  await stockTheShop(integrator);
  const stock = async () => JSON.stringify(await operator.graphql(POSITION).catch(() => undefined));
  await waitFor(async () => (await stock())?.includes('"sellable":"5"'), 'the receipt');

  const rule = await operator.graphql(SET_OWNERSHIP, {
    input: { quantity: 'COUNT', location: 'SHOP', writerSystem: 'count-app' },
  });
  expect(rule).toEqual({
    setOwnership: { ownershipRule: { writerSystem: 'count-app', location: { id: 'SHOP', name: 'The shop' } } },
  });

  const count = (eventId: string, source: string, quantity: string) =>
    integrator.ingest(source, [
      {
        eventId,
        type: 'stock-counted',
        occurredAt: new Date().toISOString(),
        data: { location: 'SHOP', lines: lines(quantity) },
      },
    ]);
  const exception = async (status: string) => {
    const all = await readExceptions(operator);
    return all.find((node) => node.status === status && node.class === 'COUNT_VARIANCE');
  };
  await ruleReachesTheLedger(operator, integrator);
  await count('c-1', 'erp', '7');

  const open = await waitFor(() => exception('OPEN'), 'the exception');
  expect(open).toMatchObject({
    class: 'COUNT_VARIANCE',
    quantity: '2',
    impact: { skus: [{ id: 'LAMP' }], locations: [{ name: 'The shop' }] },
    lineage: { source: 'erp', eventId: 'c-1' },
  });
  expect(await stock()).toContain('"sellable":"5","history":{"edges":[{"node":{"kind":"RECEIPT"}}]}');

  await count('c-2', 'erp', '5');
  expect(await waitFor(() => exception('RESOLVED'), 'its end')).toMatchObject({ id: open.id, closedBy: 'inventory' });
});

test('a message that comes again with other content is an exception, once, and moves nothing', async () => {
  await using hub = await openBareHub();
  const [integrator, operator] = await Promise.all([hub.as('integrator'), hub.as('operator')]);
  await stockTheShop(integrator);
  await waitFor(
    async () => JSON.stringify(await operator.graphql(POSITION).catch(() => '')).includes('"sellable":"5"'),
    'the receipt',
  );
  const again = {
    eventId: 'receipt',
    type: 'goods-received',
    occurredAt,
    data: { location: 'SHOP', reference: 'po', lines: lines('50') },
  };
  for (let time = 0; time < 2; time++) {
    expect(await integrator.ingest('erp', [again])).toMatchObject([{ outcome: 'CONFLICT' }]);
  }
  const seen = await waitFor(async () => {
    const all = await readExceptions(operator);
    return all.some((each) => each.class === 'DUPLICATE_CONFLICT') ? all : undefined;
  }, 'the exception');
  expect(seen).toMatchObject([
    {
      class: 'DUPLICATE_CONFLICT',
      status: 'OPEN',
      impact: { locations: [{ name: 'The shop' }] },
      lineage: { source: 'erp', eventId: 'receipt' },
    },
  ]);
  expect(JSON.stringify(await operator.graphql(POSITION))).toContain('"sellable":"5"');
});
