import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { holderOf, type TestTopology } from '../harness/open-topology.ts';

/*
 * Two processes of the connectors over NATS and MongoDB, of which one is killed in the middle: commands to a warehouse,
 * decisions about mappings and events for other systems go on from the other one.
 */

/** Of one vase. */
const TAXES = [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: 167 }];
const CONNECTORS = ['connectors-1', 'connectors-2'];

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { lines { states { state } } } }`;
const AVAILABLE = `{ skus(ids: ["VASE-TALL"]) { availability(channel: "WEB-GB") { available } } }`;
const QUEUES = `{ outboundQueues { system breaker waiting { lane commands } } }`;
const WAITING = `{ outboundCommands(system: "wms-north", status: WAITING, first: 100) { idempotencyKey } }`;
const EXCEPTIONS = `{ exceptions(filter: { source: "wms-north" }) { edges { node { class status summary } } } }`;
const QUARANTINED = `{ quarantinedMessages(system: "wms-north") { edges { node { reason exception { class } } } } }`;
const DRAFT = `mutation ($input: DraftMappingInput!) { draftMapping(input: $input) { version { version } } }`;
const ACTIVATE = `mutation ($input: ActivateMappingInput!) { activateMapping(input: $input) { version { status } } }`;
const PUT = `mutation ($input: PutEventConsumerInput!) { putEventConsumer(input: $input) { eventConsumer { id } } }`;
const REPLAY = `mutation ($input: ReplayEventsInput!) { replayEvents(input: $input) { eventConsumer { id } } }`;
const CONSUMERS = `{ eventConsumers { id topics { topic cursor lag isCaughtUp } } }`;

interface Queues {
  readonly outboundQueues: readonly {
    readonly system: string;
    readonly breaker: string;
    readonly waiting: readonly { readonly lane: string; readonly commands: number }[];
  }[];
}

interface TakenEvent {
  readonly id: string;
  readonly subject: string;
  readonly data: { readonly lines: readonly { readonly states: readonly { readonly state: string }[] }[] };
}

export function connectorsSuite(shared: () => TestTopology): void {
  describe('two processes of the connectors', () => {
    let hub: TestTopology;
    let operator: HubClient;
    let shopper: HubClient;

    beforeAll(async () => {
      hub = shared();
      operator = await hub.as({ role: 'operator' });
      shopper = await hub.as({ role: 'shopper', customer: 'ALICE' });
      hub.retailer.wms.count({ warehouse: 'DC-NORTH', sku: 'VASE-TALL', quantity: '500' });
      await waitFor(
        async () => JSON.stringify(await shopper.graphql(AVAILABLE).catch(() => '')).includes('"available":"500"'),
        'the stock',
      );
    });

    /** Repeated under its number until it is answered: a machine that does much else takes its time. */
    function placeOrder(externalId: string): Promise<string> {
      const input = {
        channel: 'WEB-GB',
        externalId,
        lines: [{ sku: 'VASE-TALL', quantity: '1', unitPriceMinor: 1_000, taxes: TAXES }],
        tenders: [{ tender: 'CARD', amountMinor: 1_000 }],
      };
      return waitFor(async () => {
        const { placeOrder: placed } = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, {
          input,
        });
        return placed.order.id;
      }, externalId);
    }

    const queue = async () => {
      const { outboundQueues } = await operator.graphql<Queues>(QUEUES);
      return outboundQueues.find(({ system }) => system === 'wms-north');
    };

    test('have the work of a warehouse go on from the other one when the one that let it go is killed in the middle of its queue', async () => {
      const { wms } = hub.retailer;
      wms.faults.set({ outage: 'UNAVAILABLE' });
      const orders: string[] = [];
      for (let count = 1; count <= 12; count++) orders.push(await placeOrder(`QUEUE-${count}`));
      await waitFor(async () => (await queue())?.waiting.find(({ lane }) => lane === 'FULFILMENT')?.commands === 12);
      await waitFor(async () => (await queue())?.breaker === 'OPEN', 'the breaker, told by whichever process is asked');
      const { outboundCommands } = await operator.graphql<{ outboundCommands: { idempotencyKey: string }[] }>(WAITING);
      const leader = await holderOf(hub, CONNECTORS, 'outbound-wms-north');

      wms.faults.set({ outage: 'NONE', latencyMs: 100 });
      const arrivedNow = () =>
        wms.orders().flatMap(({ partnerOrderId }) => orders.find((order) => partnerOrderId.startsWith(order)) ?? []);
      await waitFor(() => arrivedNow().length >= 2, 'the first work');
      await hub.process(leader).kill();
      expect(arrivedNow().length).toBeLessThan(12);
      await waitFor(() => arrivedNow().length === 12, 'all work');
      wms.faults.clear();

      const arrived = arrivedNow();
      expect(arrived.toSorted()).toEqual(orders.toSorted());
      const place = (order: string) =>
        outboundCommands.findIndex(({ idempotencyKey }) => idempotencyKey.includes(order));
      // Four are under way at once, so no work is further from its place than that.
      for (const [index, order] of arrived.entries()) expect(Math.abs(place(order) - index)).toBeLessThanOrEqual(4);
      const stateOf = async (id: string) => JSON.stringify(await operator.graphql(ORDER, { id }));
      await waitFor(async () => (await Promise.all(orders.map(stateOf))).every((each) => each.includes('RELEASED')));
      expect(await holderOf(hub, CONNECTORS, 'outbound-wms-north')).not.toBe(leader);
      await hub.process(leader).start();
    });

    test('read what waited again by a mapping that was activated while neither of them was there', async () => {
      const adjust = (quantity: string) =>
        hub.retailer.wms.adjust({
          warehouse: 'DC-NORTH',
          sku: 'VASE-TALL',
          quantity,
          from: 'available',
          reason: 'CRUSHED',
        });
      adjust('1');
      const exception = async () => {
        const { exceptions } = await operator.graphql<{
          exceptions: { edges: { node: { class: string; status: string; summary: string } }[] };
        }>(EXCEPTIONS);
        return exceptions.edges.find(({ node }) => node.summary.includes('CRUSHED'))?.node;
      };
      await waitFor(async () => (await exception())?.status === 'OPEN', 'the exception');
      const { quarantinedMessages } = await operator.graphql<{ quarantinedMessages: { edges: object[] } }>(QUARANTINED);
      expect(quarantinedMessages.edges).toMatchObject([{ node: { exception: { class: 'UNMAPPED_VALUE' } } }]);

      const named = { system: 'wms-north', domain: 'reasons' };
      const put = [{ external: 'CRUSHED', canonical: 'DAMAGE' }];
      await operator.graphql(DRAFT, { input: { ...named, put, reason: 'A new word.' } });
      await Promise.all(CONNECTORS.map((name) => hub.process(name).kill()));
      await operator.graphql(ACTIVATE, { input: { ...named, version: 1, reason: 'Tried out.' } });
      await Promise.all(CONNECTORS.map((name) => hub.process(name).start()));

      await waitFor(async () => (await exception())?.status === 'RESOLVED', 'what waited');
      // Both read by the new word from now on, also the one that only answers.
      const { quarantinedMessages: left } = await operator.graphql<{ quarantinedMessages: { edges: object[] } }>(
        QUARANTINED,
      );
      expect(left.edges).toEqual([]);
    });

    test('bring a system its events in order per subject, from the other one when the one that fed it is killed', async () => {
      const shop = await startConsumer();
      const reference = await startConsumer();
      try {
        await register('old-shop', shop.url);
        const feeder = await holderOf(hub, CONNECTORS, 'outbound-webhook.old-shop');
        const orders: string[] = [];
        for (let count = 1; count <= 10; count++) {
          orders.push(await placeOrder(`EVENTS-${count}`));
          if (count !== 5) continue;
          await waitFor(() => shop.taken.length > 0, 'the first event');
          await hub.process(feeder).kill();
        }
        await waitFor(
          () => orders.every((order) => shop.taken.some((event) => isReleased(event, order))),
          'each order',
        );
        await waitFor(() => isCaughtUp('old-shop'), 'the consumer to be caught up');

        await register('reference', reference.url);
        await operator.graphql(REPLAY, { input: { consumer: 'reference', topic: 'ORDER_STATUS' } });
        await waitFor(() => orders.every((order) => reference.taken.some((event) => isReleased(event, order))));
        await waitFor(() => isCaughtUp('reference'), 'the other consumer to be caught up');
        for (const order of orders) expect(firstsOf(shop.taken, order)).toEqual(firstsOf(reference.taken, order));
        expect(await holderOf(hub, CONNECTORS, 'outbound-webhook.old-shop')).not.toBe(feeder);
        await hub.process(feeder).start();
      } finally {
        await shop.close();
        await reference.close();
      }
    });

    const topicOf = async (id: string) => {
      const { eventConsumers } = await operator.graphql<{
        eventConsumers: { id: string; topics: { cursor: string; isCaughtUp: boolean }[] }[];
      }>(CONSUMERS);
      return eventConsumers.find((each) => each.id === id)?.topics[0];
    };
    const isCaughtUp = async (id: string) => (await topicOf(id))?.isCaughtUp;

    async function register(id: string, url: string): Promise<void> {
      await operator.graphql(PUT, { input: { id, url, topics: ['ORDER_STATUS'], perSecond: 100 } });
      await waitFor(async () => !((await topicOf(id))?.cursor ?? '.').startsWith('.'), 'the first cursor');
    }
  });
}

interface EventTaker {
  readonly url: string;
  readonly taken: readonly TakenEvent[];
  close(): Promise<void>;
}

/** A system outside that takes every event. */
async function startConsumer(): Promise<EventTaker> {
  const taken: TakenEvent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as TakenEvent);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isReleased({ subject, data }: TakenEvent, order: string): boolean {
  return subject === order && data.lines.some(({ states }) => states.some(({ state }) => state === 'RELEASED'));
}

/** The events of a subject in the order in which they came first: an event may come again after a kill. */
function firstsOf(taken: readonly TakenEvent[], order: string): readonly string[] {
  return [...new Set(taken.filter(({ subject }) => subject === order).map(({ id }) => id))];
}
