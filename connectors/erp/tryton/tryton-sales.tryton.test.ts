import { Type } from '@sinclair/typebox';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SystemClock } from '../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../kernel/ports/silent-telemetry.ts';
import type { PostSales } from '../../../schema/commands/sales.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import { trytonUnderTest } from '../../systems/tryton/testing/config.ts';
import { TrytonApi } from '../../systems/tryton/tryton-api.ts';
import type { Erp } from '../port.ts';
import { salesLedgerContract, type SalesLedgerUnderTest } from '../sales-ledger.contract.ts';
import type { SalesLedger } from '../sales-ledger.ts';
import { openForgetfulDoor } from '../testing/forgetful-door.ts';
import { connectTrytonErp } from './connect-tryton-erp.ts';

const tryton = trytonUnderTest();
const platform = { clock: new SystemClock(), telemetry: silentTelemetry };
const SALE_STATES = ['confirmed', 'processing', 'done'];
const businessDay = new Date().toISOString().slice(0, 10);
let stores = 0;

/** Another name for the same warehouse each time, so that no test meets the sales of another. */
const freshStore = (): string => `LEDGER-${++stores}`;

function connect(location: string, baseUrl = tryton.baseUrl): PolledConnection<Erp> & { readonly ledger: SalesLedger } {
  const connection = connectTrytonErp({
    ...tryton,
    system: 'erp-tryton',
    baseUrl,
    mapping: {
      units: { u: 'EA' },
      warehouses: { 'ST-1': { location, type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP'] } },
      lifecycleByActive: { true: 'ACTIVE', false: 'DISCONTINUED' },
      companyCurrency: 'GBP',
    },
    sales: { customer: tryton.customer },
    platform,
  });
  const { sales } = connection.port;
  if (!sales) throw new Error('It takes no sales.');
  return { ...connection, ledger: sales };
}

const openApi = (): TrytonApi => new TrytonApi({ ...tryton, system: 'bench', platform });

async function countSales(api: TrytonApi, domain: readonly unknown[]): Promise<number> {
  return (await api.search('sale.sale', { domain, fields: ['id'] }, Type.Object({ id: Type.Integer() }))).length;
}

async function open(): Promise<SalesLedgerUnderTest> {
  const door = await openForgetfulDoor(() => tryton.baseUrl);
  const location = freshStore();
  const [one, two, api] = [connect(location, door.url), connect(location), openApi()];
  return {
    ledger: one.ledger,
    other: two.ledger,
    location,
    skus: tryton.skus.slice(20, 23),
    businessDay,
    currency: 'GBP',
    postedDocuments: () => countSales(api, [['state', 'in', SALE_STATES]]),
    loseNextAnswer: () => door.loseAnswer(({ text }) => text.includes('model.sale.sale.create')),
    close: async () => {
      await Promise.all([one.close(), two.close(), api.close()]);
      await door.close();
    },
  };
}

salesLedgerContract('Tryton', open);

describe('sales of stores in Tryton', () => {
  const closers: (() => PromiseLike<void>)[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const Goods = Type.Object({ state: Type.String(), reference: Type.String(), effective_date: Type.String() });
  const Sale = Type.Object({
    state: Type.String(),
    sale_date: Type.String(),
    total_amount: Type.String(),
    'shipments.': Type.Array(Goods),
    'shipment_returns.': Type.Array(Goods),
  });
  const Stock = Type.Object({ quantity: Type.Number() });

  test('leave the store’s warehouse on their day, more than it has as well, and what came back is there again', async () => {
    const location = freshStore();
    const [connection, api] = [connect(location), openApi()];
    closers.push(
      () => connection.close(),
      () => api.close(),
    );
    const { storage = 0 } = tryton.warehouses.find(({ code }) => code === 'ST-1') ?? {};
    const [sku = ''] = tryton.skus.slice(30);
    const onHand = async (): Promise<number> => {
      const context = { locations: [storage], with_childs: true };
      const asked = { domain: [['code', '=', sku]], fields: ['quantity'], context };
      return (await api.search('product.product', asked, Stock))[0]?.quantity ?? 0;
    };
    const before = await onHand();
    const batch: PostSales = {
      location,
      businessDay,
      currency: 'GBP',
      sequence: 1,
      registers: [{ register: 'till-1', sales: 2, returns: 1, units: '43', totalMinor: 43 * 690 }],
      lines: [
        { register: 'till-1', sku, quantity: '45', unitPriceMinor: 690 },
        { register: 'till-1', sku, quantity: '-2', unitPriceMinor: 690 },
      ],
      charges: [],
    };
    await connection.ledger.post(batch);
    expect(await onHand()).toBe(before - 43);
    const fields = ['state', 'sale_date', 'total_amount'];
    const goods = ['state', 'reference', 'effective_date'].flatMap((field) => [
      `shipments.${field}`,
      `shipment_returns.${field}`,
    ]);
    const reference = `stockwire:sales:${location}:${businessDay}:GBP:1`;
    const asked = { domain: [['reference', '=', reference]], fields: [...fields, ...goods] };
    const moved = [{ state: 'done', reference, effective_date: businessDay }];
    expect(await api.search('sale.sale', asked, Sale)).toMatchObject([
      {
        sale_date: businessDay,
        total_amount: '296.70',
        'shipments.': moved,
        'shipment_returns.': moved,
      },
    ]);
  });
});
