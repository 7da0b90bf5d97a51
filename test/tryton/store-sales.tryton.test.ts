import { afterEach, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { Type, type Static } from '@sinclair/typebox';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { trytonUnderTest } from '../../connectors/systems/tryton/testing/config.ts';
import { TrytonApi } from '../../connectors/systems/tryton/tryton-api.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { openRetailerHub, type RetailerHub } from '../harness/open-retailer-hub.ts';
import { readPositions } from '../harness/read-state.ts';

/*
 * What a store sells, with Tryton as ERP and as the system of the store's own shelf: the sales are posted to it, and what they move
 * there comes back to nobody.
 */

const tryton = trytonUnderTest();
const { baseUrl, database, customer } = tryton;
const STORE = 'STORE-1';
const SKU = tryton.skus[40] ?? '';
const ON_SHELF = 40;
const LOGIN = { user: tryton.login.user, password: { env: 'TRYTON_PASSWORD' } };
const SECRETS = { TRYTON_PASSWORD: tryton.login.password };
const TODAY = DateTime.now().setZone('Europe/London').toFormat('yyyy-MM-dd');
const PLACE = { location: STORE, type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP', 'PICKUP', 'RETURN'] };
const TRYTON = { vendor: 'tryton', baseUrl, database, login: LOGIN };

const FILE = {
  systems: [
    {
      ...TRYTON,
      kind: 'erp',
      system: 'erp-main',
      sales: { customer },
      mapping: {
        units: { u: 'EA' },
        warehouses: { 'ST-1': PLACE },
        lifecycleByActive: { true: 'ACTIVE', false: 'DISCONTINUED' },
        companyCurrency: 'GBP',
      },
    },
    {
      ...TRYTON,
      kind: 'wms',
      system: 'shelf-1',
      customer,
      mapping: { locations: { 'ST-1': STORE }, lost: 'LOST', found: 'FOUND' },
    },
  ],
  // Tryton gets one sale a day: the test says when the day is over.
  salesPosting: { roundMs: 50, lookAgainMs: 200, lateWaitMs: 200 },
  retail: { countOwners: { [STORE]: 'stock-take' } },
};

const FIGURES = 'sales returns units total { amountMinor }';
const POSTINGS = `query ($day: String!) { salesPostings(location: "${STORE}", day: $day) { state
  registers { register taken { ${FIGURES} } posted { ${FIGURES} } }
  batches { sequence status document total { amountMinor } } } }`;
const POST = `mutation ($input: PostStoreSalesInput!) { postStoreSales(input: $input) { salesPostings { state } } }`;
const WAITING = `{ quarantinedMessages(first: 100, system: "shelf-1") { edges { node { eventId } } } }`;

interface Register {
  readonly register: string | null;
  readonly taken: { readonly sales: number; readonly returns: number };
}
interface Posting {
  readonly state: string;
  readonly registers: readonly Register[];
  readonly batches: readonly { readonly sequence: number; readonly status: string; readonly document: string | null }[];
}
interface Waiting {
  readonly quarantinedMessages: { readonly edges: readonly { readonly node: { readonly eventId: string } }[] };
}

const closers: (() => PromiseLike<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openStore(): Promise<{
  readonly hub: RetailerHub;
  readonly operator: HubClient;
  readonly till: HubClient;
}> {
  const hub = await openRetailerHub(FILE, SECRETS);
  closers.push(() => hub[Symbol.asyncDispose]());
  return { hub, operator: await hub.as('operator'), till: await hub.as('integrator') };
}

const line = { lineId: '1', sku: SKU, quantity: '1', unitPriceMinor: 690 };
const receipt = (number: string, register: string) => ({
  channel: `STORE:${STORE}`,
  externalId: number,
  location: STORE,
  register,
  currency: 'GBP',
  lines: [line],
  charges: [],
});
const at = new Date().toISOString();
const COUNTED_MS = 60_000;
const sale = (number: string, register: string) => ({
  eventId: `sale-${number}`,
  type: 'store-sale-recorded',
  occurredAt: at,
  data: { ...receipt(number, register), tenders: [{ tender: 'CARD', amountMinor: 690 }] },
});
const refund = (number: string, register: string) => ({
  eventId: `refund-${number}`,
  type: 'return-recorded',
  occurredAt: at,
  data: {
    ...receipt(number, register),
    lines: [{ ...line, reason: 'UNWANTED' }],
    refunds: [{ tender: 'CARD', amountMinor: 690 }],
  },
});

test('a day of a store is one sale with its shipment, what comes late another, and none of it comes back as a fact', async () => {
  const { operator, till } = await openStore();
  const api = new TrytonApi({
    ...tryton,
    system: 'bench',
    platform: { clock: new SystemClock(), telemetry: silentTelemetry },
  });
  closers.push(() => api.close());
  const onHand = async () => (await readPositions(operator, [STORE])).find(({ sku }) => sku === SKU)?.onHand;
  const countedAt = new Date(Date.parse(at) - COUNTED_MS).toISOString();
  const counted = { location: STORE, lines: [{ lineId: '1', sku: SKU, quantity: String(ON_SHELF) }] };
  await waitFor(async () => {
    await till.ingest('stock-take', [
      { eventId: 'count', type: 'stock-counted', occurredAt: countedAt, data: counted },
    ]);
    return (await onHand()) === String(ON_SHELF);
  }, 'the shelf');

  const facts = [sale('R-1', 'till-1'), sale('R-2', 'till-1'), sale('R-3', 'till-2'), refund('R-4', 'till-2')];
  await till.ingest('tills', facts);
  await till.ingest('tills', facts);
  await waitFor(async () => (await onHand()) === String(ON_SHELF - 2), 'the sales on the shelf');

  const posting = async () =>
    (await operator.graphql<{ salesPostings: Posting[] }>(POSTINGS, { day: TODAY })).salesPostings[0];
  const until = (state: string, batches: number) =>
    waitFor(async () => {
      const found = await posting();
      return found?.state === state && found.batches.length === batches ? found : undefined;
    }, state);
  await waitFor(async () => {
    const taken = (await posting())?.registers.map(({ register, taken }) => [register, taken.sales, taken.returns]);
    return JSON.stringify(taken) === '[["till-1",2,0],["till-2",1,1]]';
  }, 'all receipts');
  // Nothing is posted before the day is over.
  await until('OPEN', 0);
  await operator.graphql(POST, { input: { location: STORE, day: TODAY } });
  const whole = await until('PROVEN', 1);
  expect(whole).toMatchObject({
    registers: [
      { register: 'till-1', posted: { sales: 2, returns: 0, units: '2', total: { amountMinor: 1_380 } } },
      { register: 'till-2', posted: { sales: 1, returns: 1, units: '0', total: { amountMinor: 0 } } },
    ],
    batches: [{ sequence: 1, status: 'DONE', total: { amountMinor: 1_380 } }],
  });

  await till.ingest('tills', [sale('R-5', 'till-1')]);
  const late = await until('PROVEN', 2);
  expect(late.batches[0]).toEqual(whole.batches[0]);
  const sales = await salesOf(api);
  expect(sales.map(({ number }) => number)).toEqual(late.batches.map(({ document }) => document));
  const goods = sales.flatMap((row) => [...row['shipments.'], ...row['shipment_returns.']]);
  expect(goods.map(({ state }) => state)).toEqual(['done', 'done', 'done']);

  // The feeds of the shelf have been read past all of this: a change that came later has come in.
  const probe = tryton.skus[41] ?? '';
  await moveBySomebody(api, probe);
  const found = async () => (await readPositions(operator, [STORE])).find(({ sku }) => sku === probe)?.onHand;
  await waitFor(async () => (await found()) !== undefined, 'the later change');
  expect(await onHand()).toBe(String(ON_SHELF - 3));
  const { quarantinedMessages } = await operator.graphql<Waiting>(WAITING);
  const told = quarantinedMessages.edges.map(({ node }) => node.eventId);
  const own = goods.flatMap(({ id, moves }) => [`shipment:${id}`, ...moves.map((move) => `move:${move}`)]);
  expect(told.filter((eventId) => own.some((each) => eventId.startsWith(each)))).toEqual([]);
});

const Shipment = Type.Object({ id: Type.Integer(), state: Type.String(), moves: Type.Array(Type.Integer()) });
const SaleRow = Type.Object({
  number: Type.String(),
  'shipments.': Type.Array(Shipment),
  'shipment_returns.': Type.Array(Shipment),
});

/** What Tryton holds of the day, the first made first. */
function salesOf(api: TrytonApi): Promise<readonly Static<typeof SaleRow>[]> {
  const domain = [['reference', 'like', `stockwire:sales:${STORE}:${TODAY}:%`]];
  const fields = ['shipments', 'shipment_returns'].flatMap((of) => [`${of}.state`, `${of}.moves`]);
  return api.search('sale.sale', { domain, order: [['id', 'ASC']], fields: ['number', ...fields] }, SaleRow);
}

/** Somebody finds one on the shelf, in Tryton itself. */
async function moveBySomebody(api: TrytonApi, sku: string): Promise<void> {
  const { storage, id } = tryton.warehouses.find(({ code }) => code === 'ST-1') ?? { storage: 0, id: 0 };
  const Product = Type.Object({ id: Type.Integer(), default_uom: Type.Integer() });
  const asked = { domain: [['code', '=', sku]], fields: ['default_uom'] };
  const [product] = await api.search('product.product', asked, Product);
  const Place = Type.Object({ id: Type.Integer(), lost_found_location: Type.Integer() });
  const [place] = await api.search(
    'stock.location',
    { domain: [['id', '=', id]], fields: ['lost_found_location'] },
    Place,
  );
  const values = {
    product: product?.id,
    uom: product?.default_uom,
    quantity: 1,
    from_location: place?.lost_found_location,
    to_location: storage,
    company: tryton.company,
  };
  const ids = await api.create('stock.move', [values]);
  await api.press('stock.move', 'do', ids);
}
