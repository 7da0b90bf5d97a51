import { beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import { availableOf, COUNTED, countStock } from '../harness/leeds-stock.ts';
import type { TestTopology } from '../harness/open-topology.ts';

/*
 * Money, taxes, holds and the counter of a store, and a ledger that is away, where each question goes to another process
 * than the one before.
 */

const SKU = 'BELT-M';
const STORE = 'STORE-LEEDS';
const PRICE = 3_200;
/** A sixth, because prices include it. */
const TAX = 533;

const ORDER = `id status totals { tax { amountMinor } } taxCheck { state booking } lines { id states { state } }
  payments { status authorized { amountMinor } captured { amountMinor } }
  holds { id type state }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { ${ORDER} } } }`;
const READ = `query ($id: ID!) { order(id: $id) { ${ORDER} } }`;
const FIND = `query ($number: String!) { orderByExternalId(channel: "WEB-GB", externalId: $number) { id status } }`;
const DO = 'mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { order { id } } }';
const HOLD = 'mutation ($input: PlaceHoldInput!) { placeHold(input: $input) { order { holds { id } } } }';
const RESOLVE = 'mutation ($input: ResolveHoldInput!) { resolveHold(input: $input) { order { id } } }';

interface OrderData {
  readonly id: string;
  readonly status: string;
  readonly taxCheck: { readonly booking: string } | null;
  readonly lines: readonly { readonly states: readonly { readonly state: string }[] }[];
  readonly payments: readonly Readonly<Record<'authorized' | 'captured', { readonly amountMinor: number }>>[];
}

export function paidOrdersSuite(shared: () => TestTopology): void {
  describe('orders that are paid through a provider', () => {
    let hub: TestTopology;
    let agents: readonly HubClient[];
    let asked = 0;
    const placed = new Set<string>();
    beforeAll(async () => {
      hub = shared();
      agents = await Promise.all(hub.gateways.map((_, index) => hub.as({ role: 'agent' }, index)));
      await countStock(hub, SKU);
    });

    /** A gateway asks the processes of a subgraph in turn, and gateways are asked in turn here. */
    const anyone = (): HubClient => agents[asked++ % agents.length] as HubClient;

    const place = async (number: string, { token = 'tok_visa', line = {} } = {}): Promise<OrderData> => {
      const taxes = [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: TAX }];
      const provider = { system: DEMO_SYSTEMS.psp, token };
      const input = {
        channel: 'WEB-GB',
        externalId: `PAID-${number}`,
        customer: 'ALICE',
        lines: [{ sku: SKU, quantity: '1', unitPriceMinor: PRICE, taxes, ...line }],
        tenders: [{ tender: 'CARD', amountMinor: PRICE, provider }],
      };
      const { placeOrder } = await anyone().graphql<{ placeOrder: { order: OrderData } }>(PLACE, { input });
      placed.add(placeOrder.order.id);
      return placeOrder.order;
    };

    const until = (id: string, isSo: (order: OrderData) => boolean, what: string): Promise<OrderData> =>
      waitFor(async () => {
        const { order } = await anyone().graphql<{ order: OrderData }>(READ, { id });
        return isSo(order) ? order : undefined;
      }, what);

    test('are promised while the customer waits, and taken with their taxes when they are collected at the counter', async () => {
      const counters = await Promise.all(
        hub.gateways.map((_, index) => hub.as({ role: 'store', stores: [STORE] }, index)),
      );
      const order = await place('counter', { line: { pickupAt: STORE } });
      expect(order).toMatchObject({
        totals: { tax: { amountMinor: TAX } },
        taxCheck: { state: 'MATCHED' },
        payments: [{ status: 'AUTHORIZED', authorized: { amountMinor: PRICE }, captured: { amountMinor: 0 } }],
      });
      await until(order.id, ({ lines }) => lines[0]?.states[0]?.state === 'RELEASED', 'the work');
      const handOver = { proof: 'ID_DOCUMENT', reference: '42' };
      for (const [at, step] of ['PICK', 'READY', 'HAND_OVER'].entries()) {
        const input = { order: order.id, location: STORE, idempotencyKey: `${order.id}/${step}`, step };
        const counter = counters[at % counters.length] as HubClient;
        await counter.graphql(DO, { input: { ...input, ...(step === 'HAND_OVER' && { handOver }) } });
      }
      await until(order.id, ({ payments }) => payments[0]?.captured.amountMinor === PRICE, 'the money');
      await until(order.id, ({ taxCheck }) => taxCheck?.booking === 'BOOKED', 'the taxes to be booked');
      expect(
        hub.retailer.psp.payments().filter(({ merchantReference }) => merchantReference === `${order.id}.p1`),
      ).toHaveLength(1);
      const booked = hub.retailer.tax.transactions().filter(({ reference }) => reference === order.id);
      expect(booked).toHaveLength(1);
    });

    test('wait for whoever has to say yes, and for people, whichever process they tell', async () => {
      const order = await place('pending', { token: 'tok_pending' });
      expect(order).toMatchObject({ status: 'HELD', payments: [{ status: 'PENDING' }] });
      const about = { order: order.id, reason: 'No such street', authority: 'customer service' };
      const input = { ...about, idempotencyKey: 'h-1', type: 'ADDRESS_INVALID', blocks: ['RELEASE'] };
      const held = await anyone().graphql<Held>(HOLD, { input });
      const again = await anyone().graphql<Held>(HOLD, { input });
      expect(again).toEqual(held);
      const payment = hub.retailer.psp.payments().find((each) => each.merchantReference === `${order.id}.p1`);
      hub.retailer.psp.complete(payment?.id ?? '', 'authorised');
      await until(order.id, ({ payments }) => payments[0]?.authorized.amountMinor === PRICE, 'the promise');
      const hold = held.placeHold.order.holds.at(-1)?.id;
      await anyone().graphql(RESOLVE, { input: { ...about, hold, outcome: 'RESOLVED', reason: 'It is new' } });
      await until(order.id, ({ lines }) => lines[0]?.states[0]?.state === 'RELEASED', 'the work');
    });

    test('stay captured while no process of the ledger is there, and go on under their number when one is', async () => {
      for (const name of LEDGERS) await hub.process(name).kill();
      const failure = await place('away').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(GraphqlFailure);
      expect(['CONTEXT_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'SUBGRAPH_UNAVAILABLE']).toContain(
        (failure as GraphqlFailure).code,
      );
      const kept = await waitFor(async () => {
        const found = await anyone().graphql<{ orderByExternalId: { id: string; status: string } | null }>(FIND, {
          number: 'PAID-away',
        });
        return found.orderByExternalId ?? undefined;
      }, 'the order to be read');
      expect(kept.status).toBe('RECEIVED');
      for (const name of LEDGERS) await hub.process(name).start();
      await hub.inventory();
      const order = await waitFor(() => place('away').catch(() => undefined), 'the order');
      expect(order.id).toBe(kept.id);
      expect(order.payments).toMatchObject([{ status: 'AUTHORIZED' }]);
      await waitFor(
        async () => (await availableOf(agents[0] as HubClient, SKU)) === COUNTED - placed.size,
        'one unit of each order to be claimed or gone',
      );
    });
  });
}

const LEDGERS = ['inventory-1', 'inventory-2'];

interface Held {
  readonly placeHold: { readonly order: { readonly holds: readonly { readonly id: string }[] } };
}
