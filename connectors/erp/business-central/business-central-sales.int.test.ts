import { afterEach, describe, expect, test } from '@jest/globals';
import { SystemClock } from '../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../kernel/ports/silent-telemetry.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { erpSeed } from '../../simulators/demo-seeds.ts';
import { startErpSimulator, type ErpSimulator } from '../../simulators/erp/erp-simulator.ts';
import { salesLedgerContract, type SalesLedgerUnderTest } from '../sales-ledger.contract.ts';
import type { SalesLedger } from '../sales-ledger.ts';
import { openForgetfulDoor, type ForgetfulDoor } from '../testing/forgetful-door.ts';
import { connectBusinessCentral, type BusinessCentralConnection } from './connect-business-central.ts';

const seed = erpSeed(createDemoCatalogue());
const SKUS = seed.items
  .filter(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === 'PCS')
  .map(({ number }) => number);

function connect(erp: ErpSimulator, baseUrl: string): BusinessCentralConnection & { readonly ledger: SalesLedger } {
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
    sales: { customerNumber: 'C-STORE', chargesAccount: '6710' },
    limits: TEST_LIMITS,
    platform: { clock: new SystemClock(), telemetry: silentTelemetry },
  });
  const { sales } = connection.port;
  if (!sales) throw new Error('It takes no sales.');
  return { ...connection, ledger: sales };
}

async function open(): Promise<SalesLedgerUnderTest & { readonly erp: ErpSimulator; readonly door: ForgetfulDoor }> {
  const erp = await startErpSimulator({ seed, pageSizeMax: 2 });
  const door = await openForgetfulDoor(() => erp.url);
  const [one, two] = [connect(erp, door.url), connect(erp, erp.url)];
  return {
    erp,
    door,
    ledger: one.ledger,
    other: two.ledger,
    location: 'STORE-YORK',
    skus: SKUS.slice(0, 3),
    businessDay: '2026-11-20',
    currency: 'GBP',
    postedDocuments: async () =>
      erp.salesInvoices().length + erp.salesCreditMemos().filter(({ status }) => status === 'Open').length,
    loseNextAnswer: () =>
      door.loseAnswer(({ method, path }) => method === 'POST' && /\/sales(Orders|CreditMemos)$/.test(path)),
    close: async () => {
      await Promise.all([one.close(), two.close()]);
      await door.close();
      await erp.close();
    },
  };
}

salesLedgerContract('Business Central', open);

describe('sales in Business Central', () => {
  const closers: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const batch = (skus: readonly string[]) => ({
    location: 'STORE-YORK',
    businessDay: '2026-11-20',
    currency: 'GBP',
    sequence: 1,
    registers: [{ register: 'till-1', sales: 1, returns: 0, units: '2', totalMinor: 1_150 }],
    lines: [{ register: 'till-1', sku: skus[0] ?? '', quantity: '2', unitPriceMinor: 600 }],
    charges: [{ register: 'till-1', kind: 'DISCOUNT' as const, amountMinor: -50 }],
  });

  test('ship from the store and are invoiced on the business day, at the prices that were paid', async () => {
    const opened = await open();
    const { erp, ledger, skus } = opened;
    closers.push(() => opened.close());
    await ledger.post(batch(skus));
    expect(erp.salesOrders()).toMatchObject([{ fullyShipped: true, fullyInvoiced: true, customerNumber: 'C-STORE' }]);
    expect(erp.salesInvoices()).toMatchObject([
      {
        postingDate: '2026-11-20',
        currencyCode: 'GBP',
        totalAmountIncludingTax: 11.5,
        salesInvoiceLines: [
          { lineType: 'Comment', description: 'Register till-1: 1 sales, 0 returns' },
          { lineType: 'Item', lineObjectNumber: skus[0], locationCode: 'STORE-YORK', quantity: 2, unitPrice: 6 },
          { lineType: 'Account', lineObjectNumber: '6710', unitPrice: -0.5 },
        ],
      },
    ]);
  });

  test('an order that a lost answer has left behind is posted, and another one that comes to light is removed', async () => {
    const opened = await open();
    const { erp, door, ledger, skus } = opened;
    closers.push(() => opened.close());
    const making = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
      method === 'POST' && path.endsWith('/salesOrders');
    door.loseAnswer(making);
    await expect(ledger.post(batch(skus))).rejects.toThrow();
    expect(erp.salesInvoices()).toEqual([]);
    // Somebody else has made the same meanwhile.
    const [first] = erp.salesOrders();
    await fetch(`${erp.url}/api/v2.0/companies(${erp.companyId})/salesOrders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf(erp)}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        externalDocumentNumber: first?.['externalDocumentNumber'],
        customerNumber: 'C-STORE',
        salesOrderLines: [{ lineObjectNumber: skus[0], quantity: 2 }],
      }),
    });
    expect(erp.salesOrders()).toHaveLength(2);
    await ledger.post(batch(skus));
    expect(erp.salesOrders()).toMatchObject([{ id: first?.id, fullyInvoiced: true }]);
    expect(erp.salesInvoices()).toHaveLength(1);
  });
});

async function tokenOf(erp: ErpSimulator): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'erp-client',
    client_secret: 'erp-secret',
  });
  const answer = await fetch(`${erp.url}/oauth2/token`, { method: 'POST', body });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
