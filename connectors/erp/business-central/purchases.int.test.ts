import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { erpSeed } from '../../simulators/demo-seeds.ts';
import { startErpSimulator } from '../../simulators/erp/erp-simulator.ts';
import type { ErpPurchaseOrderInput } from '../../simulators/erp/purchase-orders.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { purchasesContract } from '../purchases.contract.ts';
import { connectBusinessCentral } from './connect-business-central.ts';

const seed = erpSeed(createDemoCatalogue());
const pieces = seed.items.filter(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === 'PCS');
const LOCATION = seed.locations[0]?.code ?? '';

purchasesContract('Business Central', async () => {
  const simulator = await startErpSimulator({ seed });
  const orders = new Map<string, ErpPurchaseOrderInput>();
  const put = (order: ErpPurchaseOrderInput): void => {
    orders.set(order.number, order);
    simulator.putPurchaseOrder(order);
  };
  return {
    location: LOCATION,
    skus: [pieces[0]?.number ?? '', pieces[1]?.number ?? ''],
    buy: async (lines) => {
      const number = `PO-${orders.size + 1}`;
      put({
        number,
        vendorNumber: 'V-1',
        locationCode: LOCATION,
        status: 'Open',
        lines: lines.map(({ sku: itemNumber, quantity, expectedOn }) => ({
          itemNumber,
          quantity,
          unitOfMeasureCode: 'PCS',
          ...(expectedOn !== undefined && { expectedReceiptDate: expectedOn }),
        })),
      });
      return number;
    },
    cancel: async (number) => put({ ...(orders.get(number) as ErpPurchaseOrderInput), status: 'Draft' }),
    close: () => simulator.close(),
    connect: (platform) =>
      connectBusinessCentral({
        system: 'erp-main',
        baseUrl: simulator.url,
        companyId: simulator.companyId,
        credentials: { clientId: 'erp-client', clientSecret: 'erp-secret', tokenPath: '/oauth2/token' },
        clientState: 'a shared secret',
        mapping: {
          units: { PCS: 'EA' },
          locationTypes: {},
          capabilities: {},
          lifecycleByBlocked: {},
          tracking: {},
          companyCurrency: 'GBP',
          priceLists: [],
          timeZone: 'Europe/London',
        },
        limits: TEST_LIMITS,
        platform,
      }),
  };
});
