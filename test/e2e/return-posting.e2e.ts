/* Goods come back on the shelf, the ERP says no, they are held; somebody mends it and replays, and they are for sale again. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

const LEEDS = 'STORE-LEEDS';
const RETURNS = `query ($location: ID!) { returns(location: $location) { edges { node { id status lines { id status } } } } }`;
const INSPECT = `mutation ($input: InspectReturnInput!) { inspectReturn(input: $input) { return { id } } }`;
const DISPOSE = `mutation ($input: DispositionReturnInput!) { dispositionReturn(input: $input) { return { id } } }`;
const POSTINGS = `query ($id: ID!) { return(id: $id) {
  postings { id subject kind status attempts document reason bookings { account dimension amount { amountMinor currencyCode } } }
  shelfMoves { direction isDone location { id } lines { sku { id } quantity } } } }`;
const POSITION = `query ($location: ID!) { positions(location: $location, skus: ["LAMP"]) { edges { node {
  sellable qcHold returnPending } } } }`;
const EXCEPTIONS = `{ exceptions(filter: { classes: [POSTING_FAILED] }) { edges { node {
  id status summary valueAtRisk { amountMinor currencyCode } possibleActions } } } }`;
const ACT = `mutation ($input: ActOnExceptionInput!) { actOnException(input: $input) { exception { id } } }`;

interface Posted {
  readonly postings: readonly {
    readonly status: string;
    readonly attempts: number;
    readonly document: string | null;
    readonly reason: string | null;
  }[];
  readonly shelfMoves: readonly { readonly direction: string; readonly isDone: boolean }[];
}
type Edges<Node> = { readonly edges: readonly { readonly node: Node }[] };

let demo: DemoHub;
let operator: HubClient;
let agent: HubClient;
let id = '';

beforeAll(async () => {
  demo = await openDemoHub({ pollerLimits: { intervalMs: 100 } });
  [operator, agent] = [await demo.as('operator'), await demo.as('agent')];
  await stockShelves(demo, [{ location: LEEDS, sku: 'LAMP', quantity: '5' }]);
});

afterAll(() => demo?.[Symbol.asyncDispose]());

const posted = async (): Promise<Posted> => (await agent.graphql<{ return: Posted }>(POSTINGS, { id })).return;
const lamps = async () => {
  const { positions } = await operator.graphql<{ positions: Edges<object> }>(POSITION, { location: LEEDS });
  return positions.edges[0]?.node;
};
const exceptions = async () =>
  (await operator.graphql<{ exceptions: Edges<{ id: string; status: string; summary: string }> }>(EXCEPTIONS))
    .exceptions.edges;

/** Two lamps come back to Leeds by another way than over its counter, and are put on the shelf again. */
async function restock(): Promise<void> {
  const integrator = await demo.as('integrator');
  const data = {
    channel: 'WEB-GB',
    externalId: 'RET-1',
    location: LEEDS,
    currency: 'GBP',
    lines: [{ lineId: '1', sku: 'LAMP', quantity: '2', unitPriceMinor: 7_000, reason: 'UNWANTED' }],
    charges: [],
    refunds: [],
  };
  const occurredAt = new Date().toISOString();
  await integrator.ingest('parcel-desk', [{ eventId: 'ret-1', type: 'return-recorded', occurredAt, data }]);
  const found = await waitFor(async () => {
    const { returns } = await agent.graphql<{
      returns: Edges<{ id: string; status: string; lines: readonly { id: string }[] }>;
    }>(RETURNS, { location: LEEDS });
    return returns.edges.find(({ node }) => node.status === 'RECEIVED')?.node;
  }, 'the return');
  id = found.id;
  const lines = found.lines.map((line) => ({ line: line.id }));
  await agent.graphql(INSPECT, { input: { return: id, lines: lines.map((line) => ({ ...line, condition: 'A' })) } });
  const decided = lines.map((line) => ({ ...line, disposition: 'RESTOCK' }));
  await agent.graphql(DISPOSE, { input: { return: id, lines: decided } });
}

describe('a return that the books do not follow', () => {
  test('holds its goods, and people are told', async () => {
    const { erp } = demo.retailer;
    erp.closeBooksBefore('2999-01-01');
    await restock();
    const failed = await waitFor(async () => {
      const state = await posted();
      return state.shelfMoves.some(({ isDone }) => isDone) ? state : undefined;
    }, 'the held goods');
    expect(failed).toMatchObject({
      postings: [
        {
          subject: 'GOODS',
          kind: 'JOURNAL',
          status: 'REFUSED',
          reason: expect.stringContaining('not within your range'),
          bookings: [{ account: 'COGS' }, { account: 'INVENTORY', dimension: LEEDS }],
        },
      ],
      shelfMoves: [
        { direction: 'HOLD', isDone: true, location: { id: LEEDS }, lines: [{ sku: { id: 'LAMP' }, quantity: '2' }] },
      ],
    });
    expect(await lamps()).toMatchObject({ sellable: '5', qcHold: '2', returnPending: '0' });
    const [found] = await waitFor(async () => {
      const edges = await exceptions();
      return edges.length > 0 ? edges : undefined;
    }, 'the exception');
    expect(found?.node).toMatchObject({ status: 'OPEN', possibleActions: ['REPLAY', 'WAIVE'] });
    expect(erp.generalLedgerEntries()).toEqual([]);
  });

  test('is in the books and its goods for sale once it was mended and replayed', async () => {
    const { erp } = demo.retailer;
    erp.closeBooksBefore('');
    const [found] = await exceptions();
    const input = {
      exception: found?.node.id,
      action: 'REPLAY',
      reason: 'The books are open.',
      idempotencyKey: 'once',
    };
    await operator.graphql(ACT, { input });
    const done = await waitFor(async () => {
      const state = await posted();
      return state.shelfMoves.length === 2 && state.shelfMoves.every(({ isDone }) => isDone) ? state : undefined;
    }, 'the end of it');
    expect(done).toMatchObject({
      postings: [{ status: 'POSTED', attempts: 2, reason: null }],
      shelfMoves: [{ direction: 'HOLD' }, { direction: 'RELEASE' }],
    });
    expect(await lamps()).toMatchObject({ sellable: '7', qcHold: '0' });
    const entries = erp.generalLedgerEntries();
    expect(entries.map(({ accountNumber }) => accountNumber)).toEqual(['7110', '2110']);
    await waitFor(async () => (await exceptions())[0]?.node.status === 'RESOLVED', 'the end of the exception');
  });
});
