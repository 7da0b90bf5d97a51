import { afterEach, expect, test } from '@jest/globals';
import { SystemClock } from '../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../kernel/ports/silent-telemetry.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { erpSeed } from '../../simulators/demo-seeds.ts';
import { startErpSimulator, type ErpSimulator } from '../../simulators/erp/erp-simulator.ts';
import { salesOrderBookContract, type SalesOrderBookUnderTest } from '../sales-order-book.contract.ts';
import type { SalesOrderBook } from '../sales-order-book.ts';
import { openForgetfulDoor } from '../testing/forgetful-door.ts';
import { connectBusinessCentral, type BusinessCentralConnection } from './connect-business-central.ts';

const seed = erpSeed(createDemoCatalogue());
const SKUS = ['LAMP', 'TEE-BLACK-M'];

function connect(erp: ErpSimulator, baseUrl: string): BusinessCentralConnection & { readonly book: SalesOrderBook } {
  const connection = connectBusinessCentral({
    system: 'erp-main',
    baseUrl,
    companyId: erp.companyId,
    credentials: { clientId: 'erp-client', clientSecret: 'erp-secret', tokenPath: '/oauth2/token' },
    clientState: 'a shared secret',
    mapping: {
      units: {},
      locationTypes: {},
      capabilities: {},
      lifecycleByBlocked: {},
      tracking: {},
      companyCurrency: 'GBP',
      priceLists: [],
      timeZone: 'Europe/London',
    },
    orders: { customers: { WEB: 'C-WEB-GB' }, chargesAccount: '6710' },
    limits: TEST_LIMITS,
    platform: { clock: new SystemClock(), telemetry: silentTelemetry },
  });
  const { orders } = connection.port;
  if (!orders) throw new Error('It keeps no orders.');
  return { ...connection, book: orders };
}

const minor = (amount: unknown): number => Math.round(Number(amount) * 100);
const linesOf = (lines: unknown) => lines as readonly Readonly<Record<string, unknown>>[];

/** Beside the goods, and on the lines of text behind them. */
function reservationsOf(lines: readonly Readonly<Record<string, unknown>>[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  for (const { lineType, description, description2 } of lines) {
    if (lineType === 'Item') found.push(typeof description2 === 'string' && description2 !== '' ? [description2] : []);
    if (lineType === 'Comment') found.at(-1)?.push(String(description).replace('Reservation ', ''));
  }
  return found;
}

async function open(): Promise<SalesOrderBookUnderTest & { readonly erp: ErpSimulator }> {
  const erp = await startErpSimulator({ seed });
  const door = await openForgetfulDoor(() => erp.url);
  const [one, two] = [connect(erp, door.url), connect(erp, erp.url)];
  return {
    erp,
    book: one.book,
    other: two.book,
    channel: 'WEB',
    location: 'DC-NORTH',
    skus: SKUS,
    currency: 'GBP',
    orders: async () =>
      erp.salesOrders().map((order) => ({
        document: String(order['number']),
        lines: linesOf(order['salesOrderLines']).flatMap(({ lineType, lineObjectNumber, quantity }) =>
          lineType === 'Item' ? [{ sku: String(lineObjectNumber), quantity: Number(quantity) }] : [],
        ),
        totalMinor: minor(order['totalAmountIncludingTax']),
      })),
    reservations: async () => erp.salesOrders().flatMap((order) => reservationsOf(linesOf(order['salesOrderLines']))),
    invoices: async () =>
      erp.salesInvoices().map(({ number, totalAmountIncludingTax }) => ({
        invoice: String(number),
        amountMinor: minor(totalAmountIncludingTax),
      })),
    loseAnswerOfWrite: (ordinal) => {
      let writes = 0;
      door.loseAnswer(({ method, path }) => method !== 'GET' && !path.includes('/oauth2/') && ++writes === ordinal);
    },
    close: async () => {
      await Promise.all([one.close(), two.close()]);
      await door.close();
      await erp.close();
    },
  };
}

salesOrderBookContract('Business Central', open);

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

test('an order stands for the customer of its channel, its claims beside the goods, and is posted on the day of the parcel', async () => {
  const opened = await open();
  const { erp, book } = opened;
  closers.push(() => opened.close());
  const line = { orderLine: 'order-1.1', lineNo: 1, sku: 'LAMP', quantity: '2', unitPriceMinor: 4_950 };
  const order = { order: 'order-1', channel: 'WEB', currency: 'GBP', totalMinor: 10_295 };
  await book.record({
    ...order,
    number: 'W-1',
    customer: 'ann',
    placedAt: '2026-06-30T23:30:00.000Z',
    lines: [{ ...line, reservations: ['0199a000-0000-7000-8000-00000000000a'] }],
  });
  expect(erp.salesOrders()).toMatchObject([
    {
      customerNumber: 'C-WEB-GB',
      // Half past midnight in the summer of the company.
      orderDate: '2026-07-01',
      salesOrderLines: [
        {
          lineObjectNumber: 'LAMP',
          description2: '0199a000-0000-7000-8000-00000000000a',
          quantity: 2,
          unitPrice: 49.5,
        },
        { lineType: 'Account', lineObjectNumber: '6710', description: 'Charges and discounts', unitPrice: 3.95 },
      ],
    },
  ]);
  await book.invoice({
    ...order,
    shipment: 'order-1.s1',
    shippedAt: '2026-07-02T12:00:00.000Z',
    location: 'DC-NORTH',
    lines: [line],
    amountMinor: 10_295,
  });
  expect(erp.salesInvoices()).toMatchObject([
    {
      postingDate: '2026-07-02',
      totalAmountIncludingTax: 102.95,
      salesInvoiceLines: [
        { lineObjectNumber: 'LAMP', quantity: 2 },
        { unitPrice: 0 },
        { description: 'Parcel order-1.s1', unitPrice: 3.95 },
      ],
    },
  ]);
  expect(erp.salesOrders()).toMatchObject([{ fullyShipped: true, fullyInvoiced: true }]);
});
