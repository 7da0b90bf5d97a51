import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { trytonUnderTest } from '../../systems/tryton/testing/config.ts';
import { TrytonTrade } from '../../wms/tryton/testing/tryton-trade.ts';
import { purchasesContract } from '../purchases.contract.ts';
import { connectTrytonErp } from './connect-tryton-erp.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';

const tryton = trytonUnderTest();
const [first = '', second = ''] = tryton.skus.slice(45);
const MAPPING: TrytonErpMapping = {
  units: { u: 'EA' },
  warehouses: {
    'DC-NORTH': { location: 'NORTH', type: 'DC', timeZone: 'Europe/London', capabilities: ['SHIP'] },
  },
  lifecycleByActive: { true: 'ACTIVE', false: 'DISCONTINUED' },
  companyCurrency: 'GBP',
};

purchasesContract('Tryton', async () => {
  const trade = new TrytonTrade(tryton);
  const ids = new Map<string, number>();
  return {
    location: 'NORTH',
    skus: [first, second],
    buy: async (lines) => {
      const bought = lines.map(({ quantity, ...line }) => ({ ...line, quantity: Number(quantity), unitPrice: '3.10' }));
      const { id, number } = await trade.buy(bought);
      ids.set(number, id);
      return number;
    },
    cancel: (number) => trade.call('model.purchase.purchase.write', [[ids.get(number)], { state: 'cancelled' }]),
    close: () => trade.close(),
    connect: (platform) =>
      connectTrytonErp({ ...tryton, system: 'erp-tryton', mapping: MAPPING, limits: TEST_LIMITS, platform }),
  };
});
