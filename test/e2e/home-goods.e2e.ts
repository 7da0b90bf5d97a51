import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startErpSimulator, type ErpSimulator } from '../../connectors/simulators/erp/erp-simulator.ts';
import { startOmsSimulator, type OmsSimulator } from '../../connectors/simulators/oms/oms-simulator.ts';
import type { Node } from '../../connectors/simulators/oms/routing-book.ts';
import { warehouseWorker } from '../../connectors/simulators/oms/warehouse-worker.ts';
import { startWmsSimulator, type WmsSimulator } from '../../connectors/simulators/wms/wms-simulator.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import {
  HOME_ERP_SEED,
  HOME_SKUS,
  HOME_WAREHOUSE,
  homeSystems,
  OMS,
  OMS_SECRET,
  WMS,
  ERP,
} from '../harness/home-goods.ts';
import { openRetailerHub, type RetailerHub } from '../harness/open-retailer-hub.ts';

/*
 * A sofa that its vendor sends, lamps from a warehouse and a rug from a store, in one cart of a channel that a separate OMS
 * orchestrates: over the public API, between an ERP, a warehouse system and an OMS whose webhooks come twice and in another
 * order. The OMS gives the warehouse its work by itself.
 */

const PLACES = { VENDOR: 'vendor', STORE: 'store', DC: 'dc' } as const;
const FAULTS = { duplicate: 0.5, reorder: 0.5 };

const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const CANCEL = 'mutation ($order: ID!) { cancelOrder(input: { order: $order }) { order { id } } }';
const ORDER = `query ($id: ID!) { order(id: $id) { status totals { grand { amountMinor } }
  orchestratedBy { party system }
  lines { sku { id } location { id } states { state quantity } }
  sourcingDecisions { id }
  salesOrder { number invoices { number } }
  shipments { location { id } }
  timeline(first: 200) { edges { node { type source evidence } } } } }`;
const AVAILABLE = '{ availability(skus: ["SOFA", "LAMP", "RUG"], channel: "HOME") { available } }';
const positionOf = (location: string, sku: string) =>
  `positions(location: "${location}", skus: ["${sku}"]) { edges { node { sellable allocated } } }`;
const POSITIONS = `{ vendor: ${positionOf('VENDOR', 'SOFA')} dc: ${positionOf('DC', 'LAMP')} store: ${positionOf('STORE', 'RUG')} }`;
const DECIDE = `mutation ($input: SetOwnershipInput!) { setOwnership(input: $input) { ownershipRule { version } } }`;
const WHO = '{ orchestration(channel: "HOME") { party system decision { reason authority } } }';

interface OrderData {
  readonly status: string;
  readonly totals: { readonly grand: { readonly amountMinor: number } };
  readonly orchestratedBy: { readonly party: string; readonly system: string | null };
  readonly lines: readonly {
    readonly location: { readonly id: string } | null;
    readonly states: readonly { readonly state: string; readonly quantity: string }[];
  }[];
  readonly sourcingDecisions: readonly object[];
  readonly salesOrder: {
    readonly number: string | null;
    readonly invoices: readonly { readonly number: string | null }[];
  };
  readonly shipments: readonly { readonly location: { readonly id: string } }[];
  readonly timeline: {
    readonly edges: readonly {
      readonly node: { readonly type: string; readonly source: string; readonly evidence: string };
    }[];
  };
}

let hub: RetailerHub;
let oms: OmsSimulator;
let wms: WmsSimulator;
let erp: ErpSimulator;
let agent: HubClient;

beforeAll(async () => {
  const webhooks = { backoffMs: 1, reorderHoldMs: 5 };
  erp = await startErpSimulator({ seed: HOME_ERP_SEED });
  const items = HOME_SKUS.map((sku) => ({ sku, name: sku, gtin: '', step: '1' }));
  wms = await startWmsSimulator({ warehouses: [HOME_WAREHOUSE], items, faults: FAULTS, webhooks });
  const warehouse = Promise.resolve({ url: wms.url, accessToken: 'wms-token', warehouse: HOME_WAREHOUSE });
  const nodes: readonly Node[] = [
    { code: PLACES.VENDOR, skus: ['SOFA'] },
    { code: PLACES.STORE, skus: ['RUG'] },
    { code: PLACES.DC, skus: ['LAMP'], worker: warehouseWorker(warehouse) },
  ];
  oms = await startOmsSimulator({ nodes, faults: FAULTS, webhooks });
  const locations = Object.fromEntries(Object.entries(PLACES).map(([location, code]) => [code, location]));
  hub = await openRetailerHub(homeSystems({ erp, wms, oms }, locations), {
    OMS_SECRET,
    WMS_SECRET: 'wms-secret',
    ERP_SECRET: 'erp-secret',
  });
  oms.subscribe({ url: `${hub.url}/webhooks/${OMS}`, secret: OMS_SECRET });
  wms.subscribe({ url: `${hub.url}/webhooks/${WMS}`, secret: 'wms-secret' });
  agent = await hub.as('agent');
  wms.receive({ warehouse: HOME_WAREHOUSE, sku: 'LAMP', quantity: '6', reference: 'first' });
  const integrator = await hub.as('integrator');
  for (const [location, sku, quantity] of [
    ['VENDOR', 'SOFA', '4'],
    ['STORE', 'RUG', '5'],
  ] as const) {
    const data = { location, reference: location, lines: [{ lineId: '1', sku, quantity }] };
    const told = { eventId: `in-${location}`, type: 'goods-received', occurredAt: '2026-01-05T09:00:00.000Z', data };
    await integrator.ingest('supply-portal', [told]);
  }
  // What is sold and from where comes from the ERP, how much there is from the warehouse and from the portal.
  const isThere = async (): Promise<boolean> => {
    const text = JSON.stringify(await agent.graphql(AVAILABLE).catch(() => ''));
    return ['"4"', '"5"', '"6"'].every((quantity) => text.includes(quantity));
  };
  await waitFor(isThere, 'stock');
});

afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await Promise.all([oms.close(), wms.close(), erp.close()]);
});

const PRICES = { SOFA: 90_000, LAMP: 4_500, RUG: 12_000 } as const;
type Cart = readonly (readonly [sku: keyof typeof PRICES, quantity: number])[];

async function place(externalId: string, cart: Cart): Promise<string> {
  const lines = cart.map(([sku, quantity]) => ({ sku, quantity: String(quantity), unitPriceMinor: PRICES[sku] }));
  const amountMinor = cart.reduce((sum, [sku, quantity]) => sum + PRICES[sku] * quantity, 0);
  const tenders = [{ tender: 'CARD', amountMinor }];
  const input = { channel: 'HOME', externalId, customer: 'ANN', lines, tenders };
  const { placeOrder } = await agent.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  return placeOrder.order.id;
}

const read = async (id: string) => (await agent.graphql<{ order: OrderData }>(ORDER, { id })).order;

const statesOf = ({ lines }: OrderData) =>
  lines.map(({ location, states }) => {
    return [location?.id, ...states.map(({ state, quantity }) => `${quantity} ${state}`)].join(' ');
  });

const until = (id: string, ...states: readonly string[]): Promise<OrderData> =>
  waitFor(async () => {
    const order = await read(id);
    return statesOf(order).join() === states.join() ? order : undefined;
  }, states.join());

test('a mixed cart goes where the OMS says, and what three systems tell of it is one timeline to the door', async () => {
  const id = await place('home-1', [
    ['SOFA', 1],
    ['LAMP', 2],
    ['RUG', 1],
  ]);
  const released = await until(id, 'VENDOR 1 RELEASED', 'DC 2 RELEASED', 'STORE 1 RELEASED');
  // The hub has chosen nothing by itself, and given the warehouse no work: the OMS has.
  expect([released.sourcingDecisions, released.orchestratedBy]).toEqual([[], { party: 'OMS', system: OMS }]);
  const [taken] = oms.orders();
  expect(taken).toMatchObject({ reference: id, channel: 'HOME', number: 'home-1' });
  expect(taken?.lines.map(({ reservations }) => reservations.length)).toEqual([1, 1, 1]);
  await waitFor(() => wms.orders().length === 1, 'the work of the warehouse');

  oms.advance(id, PLACES.STORE, 'picked');
  wms.work.pick(id);
  await until(id, 'VENDOR 1 RELEASED', 'DC 2 PICKED', 'STORE 1 PICKED');
  wms.work.pack(id);
  wms.work.ship(id);
  oms.advance(id, PLACES.STORE, 'shipped');
  // The vendor tells nothing before the sofa has left.
  oms.advance(id, PLACES.VENDOR, 'shipped');
  await until(id, 'VENDOR 1 SHIPPED', 'DC 2 SHIPPED', 'STORE 1 SHIPPED');
  for (const node of [PLACES.STORE, PLACES.VENDOR]) oms.advance(id, node, 'delivered');
  wms.work.deliver(id);
  const delivered = await until(id, 'VENDOR 1 DELIVERED', 'DC 2 DELIVERED', 'STORE 1 DELIVERED');
  expect(delivered.status).toBe('DELIVERED');
  expect(delivered.shipments.map(({ location }) => location.id).toSorted()).toEqual(['DC', 'STORE', 'VENDOR']);

  const invoiced = await waitFor(async () => {
    const order = await read(id);
    const numbers = order.salesOrder.invoices.map(({ number }) => number);
    return numbers.length === 3 && numbers.every((number) => number !== null) ? order : undefined;
  }, 'an invoice for each parcel');
  expect(erp.salesInvoices()).toHaveLength(3);
  const entries = invoiced.timeline.edges.map(({ node }) => node);
  const typesOf = (system: string) => entries.filter(({ source }) => source === system).map(({ type }) => type);
  const routed = ['ROUTING_HANDED_OVER', 'LOCATION_CHOSEN', 'WORK_RELEASED', 'PICK_RECORDED', 'SHIPMENT_RECORDED'];
  expect(typesOf(OMS)).toEqual(expect.arrayContaining(routed));
  expect(typesOf(WMS)).toEqual(expect.arrayContaining(['PICK_RECORDED', 'SHIPMENT_RECORDED', 'DELIVERY_RECORDED']));
  expect(typesOf(ERP)).toEqual(expect.arrayContaining(['SALES_ORDER_RECORDED', 'INVOICED']));
  expect(entries.find(({ type }) => type === 'SALES_ORDER_RECORDED')?.evidence).toBe(invoiced.salesOrder.number);
  expect(entries.map(({ type }) => type)).toContain('STOCK_RESERVED');
  expect(entries.map(({ type }) => type)).not.toContain('STATUS_REGRESSION');

  // Each parcel has left the ledger once, whoever told it, however often.
  const left = (sellable: string) => ({ edges: [{ node: { sellable, allocated: '0' } }] });
  const positions = { vendor: left('3'), dc: left('4'), store: left('4') };
  const isRetired = async () => JSON.stringify(await agent.graphql(POSITIONS)) === JSON.stringify(positions);
  await waitFor(isRetired, 'the allocations to be retired');
});

test('what the OMS agrees on with the customer changes the order, and it routes what is more', async () => {
  const id = await place('home-2', [['RUG', 1]]);
  await until(id, 'STORE 1 RELEASED');
  const changes = [{ sku: 'RUG', quantityChange: 1, unitPrice: '120.00' }];
  oms.amend(id, { currency: 'GBP', agent: 'desk', reason: 'A second one.', changes });
  const changed = await until(id, 'STORE 2 RELEASED');
  expect(changed.totals.grand.amountMinor).toBe(24_000);
  const change = changed.timeline.edges.find(({ node }) => node.type === 'ORDER_CHANGED');
  expect(change?.node.source).toBe(OMS);
});

test('an order that is called off is stopped where the OMS has it, and its stock is free again', async () => {
  const id = await place('home-3', [
    ['SOFA', 1],
    ['LAMP', 1],
  ]);
  await until(id, 'VENDOR 1 RELEASED', 'DC 1 RELEASED');
  const inWarehouse = () => wms.orders().find(({ partnerOrderId }) => partnerOrderId === id);
  await waitFor(inWarehouse, 'the work of the warehouse');
  await agent.graphql(CANCEL, { order: id });
  const isOver = async () => {
    const { lines } = await read(id);
    return lines.every(({ states }) => states.every(({ state }) => state === 'CANCELLED'));
  };
  await waitFor(isOver, 'the cancellation');
  expect(oms.orders().find(({ reference }) => reference === id)?.parts).toEqual([]);
  expect(inWarehouse()?.status).toBe('canceled');
  const isFree = async () => {
    const text = JSON.stringify(await agent.graphql(AVAILABLE));
    return text.includes('"3"') && text.includes('"4"');
  };
  await waitFor(isFree, 'the goods to be free');
});

test('the register gives the channel to the hub, for orders that are placed from then on', async () => {
  const operator = await hub.as('operator');
  const before = await place('home-4', [['SOFA', 1]]);
  const rule = { domain: 'ORCHESTRATION', quantity: 'RECORD', channel: 'HOME', writerSystem: null };
  const input = { ...rule, reason: 'The OMS is replaced.', authority: 'Operations' };
  await operator.graphql(DECIDE, { input });
  const decision = { reason: 'The OMS is replaced.', authority: 'Operations' };
  expect(await agent.graphql(WHO)).toEqual({ orchestration: { party: 'HUB', system: null, decision } });
  let no = 4;
  const after = await waitFor(async () => {
    const order = await read(await place(`home-${++no}`, [['RUG', 1]]));
    return order.orchestratedBy.party === 'HUB' ? order : undefined;
  }, 'an order of the hub');
  expect(after.orchestratedBy).toEqual({ party: 'HUB', system: null });
  expect((await until(before, 'VENDOR 1 RELEASED')).orchestratedBy).toEqual({ party: 'OMS', system: OMS });
});
