import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SYSTEMS, DEMO_TAX_RULES } from '../../scripts/demo/connect-demo-retailer.ts';
import { demoHandOffs } from '../../scripts/demo/demo-hand-offs.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

/*
 * Orders and their money through the public API, over real HTTP: a provider that promises, takes and gives back, a tax
 * system, a warehouse, webhooks and outages.
 */

const ORDER = `id status
  totals { grand { amountMinor } tax { amountMinor } }
  lines { states { state quantity } totals { discounts { amountMinor } tax { amountMinor } grand { amountMinor } } }
  payments { tender provider status authorized { amountMinor } captured { amountMinor } refunded { amountMinor }
    chargedBack { amountMinor } }
  holds { id type state blocks placedBy authority reason }
  timeline(first: 100) { edges { node { type } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { ${ORDER} } } }`;
const ONE = `query ($id: ID!) { order(id: $id) { ${ORDER} } }`;
const INVOICES = `query ($id: ID!) { order(id: $id) { salesOrder { invoices { number } } } }`;
const BOOKS = `query ($id: ID!) {
  order(id: $id) {
    taxCheck { system state quoted { amountMinor } booking document }
    payments { reference operations { kind state amount { amountMinor } } }
  }
}`;
const CANCEL = `mutation ($order: ID!) { cancelOrder(input: { order: $order }) { order { ${ORDER} } } }`;
const HOLD = `mutation ($input: PlaceHoldInput!) { placeHold(input: $input) { order { ${ORDER} } } }`;
const RESOLVE = `mutation ($input: ResolveHoldInput!) { resolveHold(input: $input) { order { ${ORDER} } } }`;

interface Amount {
  readonly amountMinor: number;
}

interface OrderData {
  readonly id: string;
  readonly status: string;
  readonly totals: { readonly grand: Amount; readonly tax: Amount };
  readonly lines: readonly { readonly states: readonly { readonly state: string }[]; readonly totals: object }[];
  readonly payments: readonly Readonly<Record<'authorized' | 'captured' | 'refunded' | 'chargedBack', Amount>>[];
  readonly holds: readonly { readonly id: string; readonly type: string; readonly state: string }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

const YORK = { name: 'A. Customer', street: '2 Low Road', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };

let demo: DemoHub;
let agent: HubClient;
let orders = 0;

beforeAll(async () => {
  const retail = { taxRules: DEMO_TAX_RULES, ...demoHandOffs(DEMO_SYSTEMS.erp) };
  demo = await openDemoHub({ retail, pollerLimits: { intervalMs: 100 } });
  agent = await demo.as('agent');
  await stockShelves(demo, [{ location: 'DC-NORTH', sku: 'LAMP', quantity: '200' }]);
});

beforeEach(() => {
  demo.retailer.psp.faults.clear();
  demo.retailer.tax.faults.clear();
});

afterAll(() => demo[Symbol.asyncDispose]());

const provided = (token: string) => ({ provider: { system: DEMO_SYSTEMS.psp, token } });
const tax = (amountMinor: number) => [{ jurisdiction: 'GB', ratePercent: '20', amountMinor }];

/** Two lamps at 45.00 less 9.00, carriage 3.95: 84.95 with 14.16 of tax in it. */
const PRICED = {
  lines: [
    {
      sku: 'LAMP',
      quantity: '2',
      unitPriceMinor: 4_500,
      discounts: [{ promotion: 'SUMMER', description: 'Tenth off', amountMinor: 900 }],
      taxes: tax(1_350),
    },
  ],
  charges: [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 395, taxes: tax(66) }],
  tenders: [{ tender: 'CARD', amountMinor: 8_495, ...provided('tok_visa') }] as readonly object[],
};

async function place(changes: Partial<typeof PRICED> & { readonly shipTo?: typeof YORK } = {}): Promise<OrderData> {
  const input = { channel: 'WEB-GB', externalId: `paid-${++orders}`, customer: 'ALICE', ...PRICED, ...changes };
  const { placeOrder } = await agent.graphql<{ placeOrder: { order: OrderData } }>(PLACE, { input });
  return placeOrder.order;
}

const paidBy = (token: string) => ({ tenders: [{ tender: 'CARD', amountMinor: 8_495, ...provided(token) }] });

async function read(id: string): Promise<OrderData> {
  const { order } = await agent.graphql<{ order: OrderData }>(ONE, { id });
  return order;
}

function until(id: string, isSo: (order: OrderData) => boolean, what: string): Promise<OrderData> {
  return waitFor(async () => {
    const order = await read(id);
    return isSo(order) ? order : undefined;
  }, what);
}

/** The warehouse sends the whole order. */
async function send(id: string): Promise<void> {
  const { wms } = demo.retailer;
  const work = await waitFor(
    () => wms.orders().find(({ partnerOrderId }) => partnerOrderId.startsWith(id)),
    'the work at the warehouse',
  );
  wms.work.pick(work.id);
  wms.work.pack(work.id);
  wms.work.ship(work.id);
}

/** What the ERP calls its invoices of an order, once it has said so. */
function invoicesOf(id: string): Promise<readonly string[]> {
  return waitFor(async () => {
    const { order } = await agent.graphql<{
      order: { salesOrder: { invoices: readonly { readonly number: string | null }[] } };
    }>(INVOICES, { id });
    const numbers = order.salesOrder.invoices.flatMap(({ number }) => number ?? []);
    return numbers.length > 0 ? numbers : undefined;
  }, 'the invoice');
}

/** What the customer was told of an order. */
const toldOf = (id: string): readonly string[] =>
  demo.retailer.messages
    .messages()
    .flatMap(({ reference, milestone }) => (reference.startsWith(`${id}/`) ? [milestone] : []));

const hasWork = (id: string): boolean =>
  demo.retailer.wms.orders().some(({ partnerOrderId }) => partnerOrderId.startsWith(id));
const capturedOf = ({ payments }: OrderData): readonly number[] => payments.map(({ captured }) => captured.amountMinor);
const paymentOf = (id: string) => demo.retailer.psp.payments().find((each) => each.merchantReference === `${id}.p1`);

describe('an order that is paid through a provider', () => {
  test('is promised while the customer waits, and taken over all tenders when the goods leave', async () => {
    const before = demo.retailer.psp.takings();
    const order = await place({
      tenders: [
        { tender: 'CARD', amountMinor: 6_000, ...provided('tok_visa') },
        { tender: 'GIFT_CARD', amountMinor: 2_495, ...provided('gift_50') },
      ],
    });
    expect(order).toMatchObject({
      status: 'PROCESSING',
      totals: { grand: { amountMinor: 8_495 }, tax: { amountMinor: 1_416 } },
      payments: [
        {
          provider: 'psp-main',
          status: 'AUTHORIZED',
          authorized: { amountMinor: 6_000 },
          captured: { amountMinor: 0 },
        },
        { tender: 'GIFT_CARD', authorized: { amountMinor: 2_495 } },
      ],
      lines: [
        { totals: { discounts: { amountMinor: 900 }, tax: { amountMinor: 1_416 }, grand: { amountMinor: 8_495 } } },
      ],
    });
    expect(order.holds.map(({ type, state }) => [type, state])).toEqual([
      ['TAX_PENDING', 'RESOLVED'],
      ['PAYMENT_PENDING', 'RESOLVED'],
      ['PAYMENT_PENDING', 'RESOLVED'],
    ]);
    await send(order.id);
    const sent = await until(order.id, (now) => capturedOf(now).join() === '6000,2495', 'the money');
    expect(sent.status).toBe('SHIPPED');
    expect(demo.retailer.psp.takings() - before).toBe(8_495);
    const booked = await waitFor(
      () => demo.retailer.tax.transactions().find(({ reference }) => reference === order.id),
      'the taxes to be booked',
    );
    expect(booked.items.map(({ amount, tax: minor }) => [amount, minor])).toEqual([[8_495, 1_416]]);
    const books = await waitFor(async () => {
      const known = await agent.graphql<{ order: { taxCheck: { booking: string } } }>(BOOKS, { id: order.id });
      return known.order.taxCheck.booking === 'BOOKED' ? known.order : undefined;
    }, 'the booking to be known');
    const operations = (amountMinor: number) => [{ kind: 'CAPTURE', state: 'DONE', amount: { amountMinor } }];
    expect(books).toEqual({
      taxCheck: {
        system: 'tax-main',
        state: 'MATCHED',
        quoted: { amountMinor: 1_416 },
        booking: 'BOOKED',
        document: booked.id,
      },
      payments: [
        { reference: paymentOf(order.id)?.id, operations: operations(6_000) },
        { reference: expect.any(String), operations: operations(2_495) },
      ],
    });
    // The ERP has invoiced what was taken, and the customer has heard of it.
    const [invoiced] = await invoicesOf(order.id);
    const invoice = demo.retailer.erp.salesInvoices().find(({ number: known }) => known === invoiced);
    expect(invoice).toMatchObject({ totalAmountIncludingTax: 84.95, customerNumber: 'C-WEB-GB' });
    await waitFor(() => toldOf(order.id).join() === 'CONFIRMED,SHIPPED', 'the customer to hear of it');
  });

  test('is refused when the money is not promised, again when it is asked again, and claims nothing', async () => {
    const declined = (): Promise<unknown> => {
      orders = 1_000;
      return place(paidBy('tok_declined'));
    };
    for (let attempt = 0; attempt < 2; attempt++) {
      const failure = await declined().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(GraphqlFailure);
      expect((failure as GraphqlFailure).errors[0]?.extensions).toMatchObject({
        code: 'PAYMENT_DECLINED',
        details: { reason: 'insufficient_funds' },
      });
    }
    const refusals = demo.retailer.psp.payments().filter(({ status }) => status === 'declined');
    expect(refusals).toHaveLength(1);
  });

  test('waits for whoever has to say yes, and goes on with their callback', async () => {
    const order = await place(paidBy('tok_pending'));
    expect(order).toMatchObject({ status: 'HELD', payments: [{ status: 'PENDING' }] });
    expect(hasWork(order.id)).toBe(false);
    expect(toldOf(order.id)).toEqual([]);
    demo.retailer.psp.complete(paymentOf(order.id)?.id ?? '', 'authorised');
    await until(order.id, ({ status }) => status === 'PROCESSING', 'the promise');
    await send(order.id);
    await until(order.id, (now) => capturedOf(now)[0] === 8_495, 'the money');
  });

  test('is looked at when its provider says so, and called off with its promise when it is a fraud', async () => {
    const order = await place(paidBy('tok_review'));
    expect(order).toMatchObject({ status: 'HELD' });
    expect(order.holds.at(-1)).toMatchObject({ type: 'FRAUD_REVIEW', state: 'ACTIVE', authority: 'psp-main' });
    demo.retailer.psp.decideRisk(paymentOf(order.id)?.id ?? '', 'rejected');
    const off = await until(order.id, ({ status }) => status === 'CANCELLED', 'the verdict');
    expect(off.timeline.edges.map(({ node }) => node.type)).toContain('FRAUD_FOUND');
    await until(order.id, ({ payments }) => payments[0]?.authorized.amountMinor === 0, 'the promise to be given up');
    expect(hasWork(order.id)).toBe(false);
  });

  test('goes on while its provider is away, which takes the money once when it is back', async () => {
    const order = await place();
    const before = demo.retailer.psp.takings();
    demo.retailer.psp.faults.set({ outage: 'UNAVAILABLE' });
    await send(order.id);
    const sent = await until(order.id, ({ status }) => status === 'SHIPPED', 'the parcel');
    expect(capturedOf(sent)).toEqual([0]);
    demo.retailer.psp.faults.clear();
    await until(order.id, (now) => capturedOf(now)[0] === 8_495, 'the money');
    expect(demo.retailer.psp.takings() - before).toBe(8_495);
  });

  test('that its channel had authorised itself is found by its reference, and belongs to one order', async () => {
    const payment = demo.retailer.psp.pay({
      merchantReference: `paid-${orders + 1}`,
      amount: 8_495,
      currency: 'GBP',
      token: 'tok_visa',
    });
    const provider = { system: DEMO_SYSTEMS.psp, reference: payment.id };
    const tenders = [{ tender: 'CARD', amountMinor: 8_495, provider }];
    const order = await place({ tenders });
    expect(order).toMatchObject({ status: 'PROCESSING', payments: [{ status: 'AUTHORIZED' }] });
    await expect(place({ tenders })).rejects.toMatchObject({ code: 'PAYMENT_DECLINED' });
    await send(order.id);
    await until(order.id, (now) => capturedOf(now)[0] === 8_495, 'the money');
    demo.retailer.psp.chargeBack(payment.id, 500);
    await until(order.id, ({ payments }) => payments[0]?.chargedBack.amountMinor === 500, 'the chargeback');
  });

  test('gives the promise up when it is called off', async () => {
    const order = await place();
    await agent.graphql(CANCEL, { order: order.id });
    const off = await until(order.id, ({ payments }) => payments[0]?.authorized.amountMinor === 0, 'the promise');
    expect(['CANCELLED', 'PROCESSING']).toContain(off.status);
    expect(capturedOf(off)).toEqual([0]);
  });
});

describe('the taxes of an order', () => {
  const wrong = { lines: [{ ...PRICED.lines[0], taxes: tax(1_349) }] } as unknown as Partial<typeof PRICED>;

  test('that differ by a minor unit hold it, until an agent lets it go', async () => {
    const order = await place(wrong);
    const [, , hold] = order.holds;
    expect(order.status).toBe('HELD');
    expect(hold).toMatchObject({ type: 'TAX_PENDING', state: 'ACTIVE', authority: 'tax-main' });
    expect(hasWork(order.id)).toBe(false);
    const input = { order: order.id, hold: hold?.id, outcome: 'RESOLVED', reason: 'Rounding', authority: 'finance' };
    const resolved = await agent.graphql<{ resolveHold: { order: OrderData } }>(RESOLVE, { input });
    expect(resolved.resolveHold.order.status).toBe('PROCESSING');
    await waitFor(() => hasWork(order.id), 'the work');
  });

  test('wait while the tax system is away, and so does the order', async () => {
    demo.retailer.tax.faults.set({ outage: 'UNAVAILABLE' });
    const order = await place();
    expect(order.status).toBe('HELD');
    expect(order.holds[0]).toMatchObject({ type: 'TAX_PENDING', state: 'ACTIVE' });
    expect(hasWork(order.id)).toBe(false);
    demo.retailer.tax.faults.clear();
    await until(order.id, ({ status }) => status === 'PROCESSING', 'the taxes');
  });
});

describe('an order that a store sends', () => {
  const LABELS = `query ($id: ID!) { order(id: $id) {
    labels { status carrier trackingNumber label { reference cost { amountMinor } } }
    shipments { trackingNumber deliveredAt label { reference } tracking { status } }
  } }`;
  const STEP = 'mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { order { id } } }';
  interface Labelled {
    readonly labels: readonly { readonly status: string; readonly trackingNumber: string }[];
    readonly shipments: readonly { readonly deliveredAt: string | null }[];
  }
  const labelled = async (id: string): Promise<Labelled> =>
    (await agent.graphql<{ order: Labelled }>(LABELS, { id })).order;

  test('goes from the warehouse where it is told to, also when that changes after the warehouse has it', async () => {
    const { id } = await place({ ...paidBy('tok_visa'), shipTo: YORK });
    const told = () => demo.retailer.wms.orders().find(({ partnerOrderId }) => partnerOrderId.startsWith(id));
    await waitFor(() => told()?.shippingAddress?.address1 === YORK.street, 'the work and its address');
    const EDIT = `mutation ($input: EditOrderInput!) { editOrder(input: $input) { order { shipTo { street } } } }`;
    const shipTo = { ...YORK, street: '9 Mill Lane' };
    const about = { order: id, idempotencyKey: 'moved', expectedRevision: 1, reason: 'The customer moved.' };
    expect(await agent.graphql(EDIT, { input: { ...about, shipTo } })).toEqual({
      editOrder: { order: { shipTo: { street: '9 Mill Lane' } } },
    });
    await waitFor(() => told()?.shippingAddress?.address1 === '9 Mill Lane', 'the other address at the warehouse');
    await agent.graphql(CANCEL, { order: id });
    await until(id, ({ status }) => status === 'CANCELLED', 'the end of it');
  });

  test('leaves with a label, by which its carrier tells where it is; one that is not needed is given back', async () => {
    await stockShelves(demo, [{ location: 'STORE-LEEDS', sku: 'SCARF-SKY', quantity: '9' }]);
    const store = await demo.as('store', { stores: ['STORE-LEEDS'] });
    const lines = [{ ...PRICED.lines[0], sku: 'SCARF-SKY' }] as typeof PRICED.lines;
    const packed = async (): Promise<string> => {
      const { id } = await place({ ...paidBy('tok_visa'), lines, shipTo: YORK });
      await until(id, (order) => JSON.stringify(order.lines).includes('RELEASED'), 'the work in the store');
      for (const step of ['PICK', 'PACK']) await store.graphql(STEP, { input: inputOf(id, step) });
      await waitFor(async () => (await labelled(id)).labels[0]?.status === 'BOUGHT', 'the label');
      return id;
    };
    const inputOf = (order: string, step: string) => ({
      order,
      location: 'STORE-LEEDS',
      step,
      idempotencyKey: order + step,
    });
    const sent = await packed();
    await store.graphql(STEP, { input: inputOf(sent, 'SHIP') });
    const left = await labelled(sent);
    const number = left.labels[0]?.trackingNumber ?? '';
    expect(left).toMatchObject({
      labels: [{ status: 'USED', carrier: 'swallow', label: { cost: { amountMinor: 220 } } }],
      shipments: [{ trackingNumber: number, deliveredAt: null, label: { reference: expect.any(String) } }],
    });
    demo.retailer.parcels.scan('swallow', number, { status: 'delivered' });
    await until(sent, ({ status }) => status === 'DELIVERED', 'the arrival');

    const off = await packed();
    await agent.graphql(CANCEL, { order: off });
    await waitFor(async () => (await labelled(off)).labels[0]?.status === 'VOIDED', 'the label to be given back');
    const labels = demo.retailer.parcels.parcels().flatMap(({ label }) => label?.status ?? []);
    expect(labels.toSorted()).toEqual(['purchased', 'voided']);
  });
});

describe('a hold', () => {
  test('is placed and ended by agents alone, with reason and authority', async () => {
    const order = await place();
    const input = {
      order: order.id,
      idempotencyKey: 'h-1',
      type: 'ADDRESS_INVALID',
      blocks: ['SHIP'],
      reason: 'No such street',
      authority: 'customer service',
    };
    const shopper = await demo.as('shopper', { customer: 'ALICE' });
    await expect(shopper.graphql(HOLD, { input })).rejects.toThrow(GraphqlFailure);
    const held = await agent.graphql<{ placeHold: { order: OrderData } }>(HOLD, { input });
    const again = await agent.graphql<{ placeHold: { order: OrderData } }>(HOLD, { input });
    expect(held.placeHold.order.status).toBe('HELD');
    expect(again.placeHold.order.holds).toEqual(held.placeHold.order.holds);
    const hold = held.placeHold.order.holds.at(-1);
    expect(hold).toMatchObject({ blocks: ['SHIP'], reason: 'No such street', authority: 'customer service' });
    // What it does not block goes on.
    await waitFor(() => hasWork(order.id), 'the work');
    const { order: seen } = await shopper.graphql<{ order: OrderData }>(ONE, { id: order.id });
    expect(seen.holds).toEqual([]);
    const end = { order: order.id, hold: hold?.id, outcome: 'REJECTED', reason: 'No answer', authority: 'desk' };
    await agent.graphql(RESOLVE, { input: end });
    await until(order.id, ({ payments }) => payments[0]?.authorized.amountMinor === 0, 'the order to be called off');
  });
});
