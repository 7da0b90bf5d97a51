import { beforeAll, describe, expect, test } from '@jest/globals';
import { orderReferenceOf } from '../../connectors/erp/business-central/order-reference.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from '../harness/live-frames.ts';
import type { TestTopology } from '../harness/open-topology.ts';
import { readPositions } from '../harness/read-state.ts';
import { openResumingView } from '../harness/resuming-view.ts';

/*
 * The hub as two of everything over NATS and MongoDB: what is done through one gateway is seen through the other.
 */

interface AvailabilityChange {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly available: string | null;
}

interface OrderChange {
  readonly version: number;
  readonly status: string;
  readonly lines: readonly { readonly states: readonly { readonly state: string }[] }[];
}

const AVAILABILITY = `subscription ($channel: ID!, $skus: [ID!], $after: ChangeCursor) {
  availabilityChanged(channel: $channel, skus: $skus, after: $after) {
    cursor reset changes { key version deleted sku { id } available }
  }
}`;
const ORDERS = `subscription ($customer: String!) {
  orderStatusChanged(customer: $customer) { cursor reset changes { version status lines { states { state quantity } } } }
}`;
const CHANNEL = 'WEB-GB';
/** Of two lamps. */
const TAXES = [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: 1_500 }];

export function wholePathSuite(shared: () => TestTopology): void {
  describe('what is done through one gateway', () => {
    let hub: TestTopology;
    beforeAll(() => {
      hub = shared();
    });

    test('takes an order through one gateway and tells it live through the other, from the shelf to the return', async () => {
      const [, second = ''] = hub.gateways;
      const shopper = await hub.as({ role: 'shopper', customer: 'ALICE' });
      const counter = await hub.as({ role: 'store', stores: ['STORE-YORK'] }, 1);
      const agent = await hub.as({ role: 'agent' }, 1);
      const { work } = hub.retailer.wms;
      hub.retailer.wms.count({ warehouse: 'DC-NORTH', sku: 'LAMP', quantity: '5' });
      await waitFor(async () => (await availableOf(shopper, 'LAMP')) === '5', 'the counted stock');
      const shop = subscribe<AvailabilityChange>(second, {
        query: AVAILABILITY,
        variables: { channel: CHANNEL, skus: ['LAMP'] },
      });
      const own = subscribe<OrderChange>(second, {
        token: await hub.issuer.issueToken({ role: 'shopper', customer: 'ALICE' }),
        query: ORDERS,
        variables: { customer: 'ALICE' },
      });
      await waitFor(() => shop.frames.length > 0 && own.frames.length > 0, 'the snapshots');

      const { placeOrder } = await shopper.graphql<PlacedOrder>(PLACE_ORDER, {
        input: {
          channel: CHANNEL,
          externalId: 'TWO-GATEWAYS-1',
          lines: [{ sku: 'LAMP', quantity: '2', unitPriceMinor: 4_500, taxes: TAXES }],
          tenders: [{ tender: 'CARD', amountMinor: 9_000 }],
        },
      });
      const { order } = placeOrder;
      await shop.awaitChange(({ available }) => available === '3', 'the reservation');
      await own.awaitChange(hasState('RELEASED'), 'the release');
      const task = await waitFor(
        () => hub.retailer.wms.orders().find(({ partnerOrderId }) => partnerOrderId.startsWith(order.id)),
        'the work',
      );
      work.pick(task.id);
      work.pack(task.id);
      work.ship(task.id, { carrier: 'DPD', trackingNumber: 'T-1' });
      work.deliver(task.id);
      await own.awaitChange(({ status }) => status === 'DELIVERED', 'the delivery');
      const { messages, erp } = hub.retailer;
      const milestones = (): string =>
        messages
          .messages()
          .filter((message) => message.order === 'TWO-GATEWAYS-1')
          .map(({ milestone }) => milestone)
          .join();
      await waitFor(() => milestones() === 'CONFIRMED,SHIPPED,DELIVERED', 'the customer to hear of it');
      const isInvoice = ({ externalDocumentNumber }: Readonly<Record<string, unknown>>): boolean =>
        externalDocumentNumber === orderReferenceOf(order.id);
      const invoiced = (): unknown => erp.salesInvoices().find(isInvoice)?.['totalAmountIncludingTax'];
      await waitFor(() => invoiced() === 90, 'the invoice');

      const { requestReturn } = await counter.graphql<RequestedReturn>(REQUEST_RETURN, {
        input: {
          idempotencyKey: 'two-gateways-return-1',
          order: order.id,
          location: 'STORE-YORK',
          lines: [{ orderLine: order.lines[0]?.id, quantity: '1', reason: 'UNWANTED' }],
        },
      });
      const { id: returned, lines } = requestReturn.return;
      await counter.graphql(RECEIVE_RETURN, { input: { return: returned, location: 'STORE-YORK' } });
      await own.awaitChange(({ status }) => status === 'PARTIALLY_RETURNED', 'the return on the order');
      await counter.graphql(DISPOSE_RETURN, {
        inspect: { return: returned, lines: [{ line: lines[0]?.id, condition: 'A' }] },
        dispose: { return: returned, lines: [{ line: lines[0]?.id, disposition: 'RESTOCK' }] },
      });
      await shop.awaitChange(({ available }) => available === '4', 'the restock');

      expect(shop.changes().map(({ available }) => available)).toEqual(['5', '3', '4']);
      const { order: told } = await agent.graphql<{ order: object }>(STORY, { id: order.id });
      expect(told).toMatchObject({ status: 'PARTIALLY_RETURNED', returns: [{ lines: [{ disposition: 'RESTOCK' }] }] });
      const link = { input: { customer: 'ALICE', system: 'crm', reference: '4711' } };
      await agent.graphql(LINK, link);
      expect(await (await hub.as({ role: 'agent' })).graphql(KNOWN)).toEqual({
        customerByReference: {
          reference: 'ALICE',
          references: [{ system: 'crm', reference: '4711' }],
          orders: { edges: [{ node: { id: order.id } }] },
          returns: { edges: [{ node: { id: returned } }] },
        },
      });
      await shop.close();
      await own.close();
    });

    test('takes the sale of a till off the shelf once, and tells it at every gateway', async () => {
      const counted = factOf('till-1', 'stock-counted', {
        location: 'STORE-LEEDS',
        lines: [lineOf('TEE-BLACK-M', '100')],
      });
      await hub.integrator.ingest('stock-take', [counted]);
      const agent = await hub.as({ role: 'agent' }, 1);
      await waitFor(async () => (await onHandOf(agent, 'STORE-LEEDS')) === '100', 'the count');

      // Told twice, as tills do.
      const sale = factOf('till-2', 'store-sale-recorded', SALE);
      await hub.integrator.ingest('till', [sale]);
      await hub.integrator.ingest('till', [sale], { waitMs: 5_000 });
      const read = await Promise.all(
        hub.gateways.map(async (_, index) => {
          const agent = await hub.as({ role: 'agent' }, index);
          return waitFor(async () => {
            const onHand = await onHandOf(agent, 'STORE-LEEDS');
            return onHand === '100' ? undefined : onHand;
          }, 'the sale');
        }),
      );

      expect(read).toEqual(['99', '99']);
    });

    test('reads its own writes at any gateway, from any process', async () => {
      const agents = await Promise.all(hub.gateways.map((_, index) => hub.as({ role: 'agent' }, index)));
      const [first, second] = agents as [HubClient, HubClient];
      for (let round = 1; round <= 10; round++) {
        const { reserveStock } = await first.graphql<Reserved>(RESERVE, { key: `own-${round}` });
        const id = reserveStock.reservations[0]?.id ?? '';
        const read = await second.graphql<{ reservation: { id: string } | null }>(READ_RESERVATION, {
          id,
          atLeast: reserveStock.changeCursor,
        });
        expect(read.reservation?.id).toBe(id);
      }
    });

    test('lets a client of a gateway that was killed go on by its cursor at the other', async () => {
      const [first = '', second = ''] = hub.gateways;
      const token = await hub.issuer.issueToken({ role: 'agent' });
      const view = await openResumingView<AvailabilityChange>(first, {
        token,
        query: AVAILABILITY,
        variables: { channel: CHANNEL },
      });
      const agent = await hub.as({ role: 'agent' }, 1);
      await agent.graphql<Reserved>(RESERVE, { key: 'moving-1' });

      await hub.process('gateway-1').kill();
      const { reserveStock } = await agent.graphql<Reserved>(RESERVE, { key: 'moving-2' });
      const framesBefore = view.frames.length;
      await view.reopen(second);
      const want = await availableOf(agent, 'TEE-BLACK-M', reserveStock.changeCursor);
      await waitFor(() => view.values.get('TEE-BLACK-M|WEB-GB')?.available === want, 'the change that was missed');

      expect(view.frames[framesBefore]?.reset).toBe(false);
      expect(view.backwards).toEqual([]);
      await view.close();
      await hub.process('gateway-1').start();
      expect(await availableOf(await hub.as({ role: 'agent' }), 'TEE-BLACK-M', reserveStock.changeCursor)).toBe(want);
    });
  });
}

interface PlacedOrder {
  readonly placeOrder: { readonly order: { readonly id: string; readonly lines: readonly { readonly id: string }[] } };
}
interface RequestedReturn {
  readonly requestReturn: {
    readonly return: { readonly id: string; readonly lines: readonly { readonly id: string }[] };
  };
}
interface Reserved {
  readonly reserveStock: {
    readonly changeCursor: string;
    readonly reservations: readonly { readonly id: string }[];
  };
}

const PLACE_ORDER = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id lines { id } } } }`;
const REQUEST_RETURN = `mutation ($input: RequestReturnInput!) {
  requestReturn(input: $input) { return { id lines { id } } }
}`;
const RECEIVE_RETURN = `mutation ($input: ReceiveReturnInput!) { receiveReturn(input: $input) { return { status } } }`;
const DISPOSE_RETURN = `mutation ($inspect: InspectReturnInput!, $dispose: DispositionReturnInput!) {
  inspectReturn(input: $inspect) { return { status } }
  dispositionReturn(input: $dispose) { return { status } }
}`;
const STORY = `query ($id: ID!) { order(id: $id) { status returns { lines { disposition } } } }`;
const LINK = 'mutation ($input: CustomerReferenceInput!) { linkCustomer(input: $input) { customer { reference } } }';
const KNOWN = `{ customerByReference(system: "crm", reference: "4711") {
  reference references { system reference } orders(first: 1) { edges { node { id } } } returns(first: 1) { edges { node { id } } }
} }`;
const RESERVE = `mutation ($key: String!) { reserveStock(input: {
  idempotencyKey: $key, kind: CART, channel: "WEB-GB", ttlMs: 600000, lines: [{ sku: "TEE-BLACK-M", quantity: "1" }]
}) { changeCursor reservations { id } } }`;
const READ_RESERVATION = `query ($id: ID!, $atLeast: ChangeCursor) { reservation(id: $id, atLeast: $atLeast) { id } }`;

const SALE = {
  channel: 'STORE:STORE-LEEDS',
  externalId: 'till-2',
  location: 'STORE-LEEDS',
  currency: 'GBP',
  lines: [{ ...lineOf('TEE-BLACK-M', '1'), unitPriceMinor: 1_500 }],
  charges: [],
  tenders: [{ tender: 'CASH', amountMinor: 1_500 }],
};

function hasState(state: string): (change: OrderChange) => boolean {
  return ({ lines }) => lines.some(({ states }) => states.some((each) => each.state === state));
}

function factOf(eventId: string, type: string, data: object) {
  return { eventId, type, occurredAt: new Date().toISOString(), data };
}

function lineOf(sku: string, quantity: string) {
  return { lineId: sku, sku, quantity };
}

async function onHandOf(client: HubClient, location: string): Promise<string | undefined> {
  return (await readPositions(client, [location])).find(({ sku }) => sku === 'TEE-BLACK-M')?.onHand;
}

async function availableOf(client: HubClient, sku: string, atLeast?: string): Promise<string | undefined> {
  const { availability } = await client.graphql<{ availability: readonly ({ readonly available: string } | null)[] }>(
    `query ($skus: [ID!]!, $atLeast: ChangeCursor) {
      availability(skus: $skus, channel: "${CHANNEL}", atLeast: $atLeast) { available }
    }`,
    { skus: [sku], ...(atLeast !== undefined && { atLeast }) },
  );
  return availability[0]?.available;
}
