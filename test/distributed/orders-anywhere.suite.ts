import { beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { cancelOrder, countStock, placeOrder } from '../harness/leeds-stock.ts';
import type { TestTopology } from '../harness/open-topology.ts';

/*
 * What one process of orders has saved, the other one lists and finds; and an order of a marketplace goes its whole way over
 * several processes of each kind.
 */

const LISTED = 'SOCKS-NAVY';
const SOLD = 'MUG-SAND';
const LIST = `query ($status: OrderStatus) { orders(first: 100, channel: "WEB-GB", status: $status) {
  edges { node { id externalId } } } }`;
const SEARCH = `query ($filter: OrderSearchInput!) { orderSearch(first: 100, filter: $filter) {
  totalCount edges { node { id externalId status } } } }`;
const MARKET_ORDER = `query ($number: String!) { orderByExternalId(channel: "MARKET-GB", externalId: $number) {
  id lines { states { state quantity } } salesOrder { invoices { number } } marketplace { acknowledgedAt words { about state } }
} }`;

interface MarketOrder {
  readonly id: string;
  readonly lines: readonly { readonly states: readonly { readonly state: string; readonly quantity: string }[] }[];
  readonly salesOrder: { readonly invoices: readonly { readonly number: string | null }[] } | null;
  readonly marketplace: { readonly acknowledgedAt: string | null } | null;
}

export function ordersAnywhereSuite(shared: () => TestTopology): void {
  describe('orders of any process', () => {
    let hub: TestTopology;
    let agents: readonly HubClient[];
    beforeAll(async () => {
      hub = shared();
      const gateways = await Promise.all(hub.gateways.map((_, index) => hub.as({ role: 'agent' }, index)));
      // A gateway asks the two processes in turn.
      agents = gateways.flatMap((gateway) => [gateway, gateway]);
    });

    const everywhere = <Answer>(ask: (client: HubClient) => Promise<Answer>): Promise<Answer[]> =>
      Promise.all(agents.map(ask));

    test('are in the lists of every other one as soon as they are acknowledged, and leave them as soon as they change', async () => {
      await countStock(hub, LISTED);
      for (let n = 1; n <= 3; n++) {
        const id = await placeOrder(agents[0] as HubClient, LISTED, `LISTED-${n}`);
        const listed = await everywhere((at) => listedWith(at, 'HELD', 'RECEIVED', 'PROCESSING'));
        expect(listed.map((ids) => ids.includes(id))).toEqual(agents.map(() => true));
        await cancelOrder(agents.at(-1) as HubClient, id);
        const left = await everywhere((at) => listedWith(at, 'HELD', 'RECEIVED', 'PROCESSING'));
        expect(left.map((ids) => ids.includes(id))).toEqual(agents.map(() => false));
      }
    });

    test('are found by their words at every other one, as they stand', async () => {
      await countStock(hub, 'SOCKS-GREY');
      const kept = await placeOrder(agents[0] as HubClient, 'SOCKS-GREY', 'FOUND-Zürich-1');
      const cancelled = await placeOrder(agents[2] as HubClient, 'SOCKS-GREY', 'FOUND-Zürich-2');
      await cancelOrder(agents[1] as HubClient, cancelled);
      const find = (filter: object) => everywhere((at) => foundBy(at, filter));
      const each = (...ids: readonly string[]) => agents.map(() => ids);
      // The newest first; accents make no difference, and the beginning of a word is enough.
      await waitFor(
        async () => equal(await find({ text: 'found zuri' }), each(cancelled, kept)),
        'both to be found everywhere',
      );
      await waitFor(
        async () => equal(await find({ text: 'zurich', statuses: ['CANCELLED'] }), each(cancelled)),
        'the cancelled one to be found as such',
      );
      expect(await find({ skus: ['SOCKS-GREY'], text: 'found 1' })).toEqual(each(kept));
    });

    test('of a marketplace are taken in, acknowledged, sent by the warehouse, told to the marketplace and invoiced', async () => {
      const { wms, markets } = hub.retailer;
      const market = markets.british;
      wms.count({ warehouse: 'DC-NORTH', sku: SOLD, quantity: '6' });
      await waitFor(() => market.listings().find(({ sku }) => sku === SOLD)?.quantity === 6, 'the offer');
      const { id: number } = market.buy({ lines: [{ sku: SOLD, quantity: 2 }] });
      const until = (isSo: (order: MarketOrder) => boolean, what: string): Promise<MarketOrder> =>
        waitFor(async () => {
          const orders = await everywhere((at) => readMarketOrder(at, number));
          return orders.every((order) => order && isSo(order)) ? (orders[0] as MarketOrder) : undefined;
        }, what);

      const order = await until((each) => stateOf(each) === 'RELEASED 2', 'the work to be with the warehouse');
      await until(({ marketplace }) => typeof marketplace?.acknowledgedAt === 'string', 'the acknowledgement');
      expect(market.order(number).acknowledgement).toBe('SUCCESS');
      await waitFor(
        () => market.listings().find(({ sku }) => sku === SOLD)?.quantity === 4,
        'what is left to be offered',
      );
      const work = await waitFor(
        () => wms.orders().find(({ partnerOrderId }) => partnerOrderId.startsWith(order.id)),
        'the work at the warehouse',
      );
      wms.work.pick(work.id);
      wms.work.pack(work.id);
      wms.work.ship(work.id, { carrier: 'DPD', trackingNumber: 'T-MARKET' });
      await waitFor(() => market.order(number).status === 'Shipped', 'the parcel at the marketplace');
      const [parcel] = [...market.order(number).packages.values()];
      expect(parcel).toMatchObject({ carrier: 'DPD', trackingNumber: 'T-MARKET' });
      await until(({ salesOrder }) => typeof salesOrder?.invoices[0]?.number === 'string', 'the invoice');
    });
  });
}

async function listedWith(client: HubClient, ...statuses: readonly string[]): Promise<readonly string[]> {
  const pages = statuses.map((status) => client.graphql<{ orders: Edges }>(LIST, { status }));
  return (await Promise.all(pages)).flatMap(({ orders }) => idsOf(orders));
}

async function foundBy(client: HubClient, filter: object): Promise<readonly string[]> {
  return idsOf((await client.graphql<{ orderSearch: Edges }>(SEARCH, { filter })).orderSearch);
}

interface Edges {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
}

const idsOf = ({ edges }: Edges): readonly string[] => edges.map(({ node }) => node.id);

async function readMarketOrder(client: HubClient, number: string): Promise<MarketOrder | null> {
  return (await client.graphql<{ orderByExternalId: MarketOrder | null }>(MARKET_ORDER, { number })).orderByExternalId;
}

const stateOf = ({ lines }: MarketOrder): string =>
  lines.flatMap(({ states }) => states.map(({ state, quantity }) => `${state} ${quantity}`)).join();

const equal = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
