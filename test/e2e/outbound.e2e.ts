/* What leaves the hub, through its public API: work for a warehouse that is down, and events for a system without GraphQL. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';

const QUEUES = `{ outboundQueues { system breaker underWay waiting { lane commands } oldestSubmittedAt } }`;
const PUT = `mutation ($input: PutEventConsumerInput!) { putEventConsumer(input: $input) {
  secret eventConsumer { id status topics { topic cursor lag isCaughtUp } } } }`;
const CONSUMERS = `{ eventConsumers { id topics { topic cursor lag isCaughtUp } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;
const WAITING = `{ outboundCommands(system: "wms-north", status: WAITING) { idempotencyKey } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { status lines { states { state } } } }`;
const AVAILABLE = `{ skus(ids: ["LAMP"]) { availability(channel: "WEB-GB") { available } } }`;

interface Queues {
  readonly outboundQueues: readonly {
    readonly system: string;
    readonly breaker: string;
    readonly waiting: readonly { readonly lane: string; readonly commands: number }[];
  }[];
}

let demo: DemoHub;
let operator: HubClient;

beforeAll(async () => {
  demo = await openDemoHub();
  operator = await demo.as('operator');
  demo.retailer.wms.count({ warehouse: 'DC-NORTH', sku: 'LAMP', quantity: '50' });
  const visitor = await demo.as('anonymous');
  await waitFor(
    async () => JSON.stringify(await visitor.graphql(AVAILABLE).catch(() => '')).includes('"available":"50"'),
    'the stock',
  );
});

afterAll(() => demo[Symbol.asyncDispose]());

test('orders go on while the warehouse is down; its work waits in its queue and comes, the oldest first, when it is back', async () => {
  const { wms } = demo.retailer;
  const shopper = await demo.as('shopper', { customer: 'ALICE' });
  const agent = await demo.as('agent');
  wms.faults.set({ outage: 'UNAVAILABLE' });
  const orders: string[] = [];
  for (let count = 1; count <= 5; count++) {
    const input = {
      channel: 'WEB-GB',
      externalId: `OUT-${count}`,
      lines: [{ sku: 'LAMP', quantity: '1', unitPriceMinor: 1_000 }],
      tenders: [{ tender: 'CARD', amountMinor: 1_000 }],
    };
    const { placeOrder } = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
    orders.push(placeOrder.order.id);
  }
  const stateOf = async (id: string) => JSON.stringify(await agent.graphql(ORDER, { id }));
  await waitFor(async () => (await Promise.all(orders.map(stateOf))).every((each) => each.includes('ALLOCATED')));
  const queue = async () => {
    const { outboundQueues } = await operator.graphql<Queues>(QUEUES);
    return outboundQueues.find(({ system }) => system === 'wms-north');
  };
  await waitFor(async () => (await queue())?.waiting.find(({ lane }) => lane === 'FULFILMENT')?.commands === 5);
  // From then on one at a time is tried: nothing else is under way when the warehouse is back.
  await waitFor(async () => (await queue())?.breaker === 'OPEN', 'the breaker');
  expect(wms.orders()).toEqual([]);
  const { outboundCommands } = await operator.graphql<{ outboundCommands: { idempotencyKey: string }[] }>(WAITING);
  expect(outboundCommands).toHaveLength(5);
  wms.faults.clear();
  await waitFor(() => wms.orders().length === 5, 'the work');
  const arrived = wms.orders().map(({ partnerOrderId }) => partnerOrderId);
  expect(outboundCommands[0]?.idempotencyKey).toContain(arrived[0]);
  expect(arrived.toSorted()).toEqual(orders.toSorted());
  await waitFor(async () => (await Promise.all(orders.map(stateOf))).every((each) => each.includes('RELEASED')));
});

test('a system without GraphQL registers, and gets signed events of what may be sold', async () => {
  const bodies: { readonly headers: Record<string, string>; readonly text: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push({ headers: request.headers as Record<string, string>, text: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const input = { id: 'old-shop', url, topics: ['AVAILABILITY'], channels: ['WEB-GB'], skus: ['LAMP'] };
    const { putEventConsumer } = await operator.graphql<{ putEventConsumer: { secret: string } }>(PUT, { input });
    const caughtUp = async () => {
      const { eventConsumers } = await operator.graphql<{
        eventConsumers: { topics: { cursor: string; isCaughtUp: boolean }[] }[];
      }>(CONSUMERS);
      const [topic] = eventConsumers[0]?.topics ?? [];
      return topic?.isCaughtUp === true && !topic.cursor.startsWith('.');
    };
    await waitFor(caughtUp, 'the first cursor');
    demo.retailer.wms.count({ warehouse: 'DC-NORTH', sku: 'LAMP', quantity: '7' });
    demo.retailer.wms.count({ warehouse: 'DC-NORTH', sku: 'TEE-BLACK-M', quantity: '7' });
    const webhook = new Webhook(putEventConsumer.secret);
    const events = () =>
      bodies.map(({ headers, text }) => webhook.verify(text, headers) as { type: string; data: { sku: string } });
    await waitFor(() => events().length > 0, 'an event');
    expect(events().at(-1)).toMatchObject({
      type: 'dev.stockwire.availability-changed.v1',
      data: { sku: 'LAMP', channel: 'WEB-GB' },
    });
    await waitFor(caughtUp, 'everything to be delivered');
    expect(events().every(({ data }) => data.sku === 'LAMP')).toBe(true);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
