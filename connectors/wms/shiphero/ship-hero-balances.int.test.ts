import { describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { balancesContract } from '../../runtime/balances.contract.ts';
import type { Connection } from '../../runtime/connection.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { wmsSeed } from '../../simulators/demo-seeds.ts';
import { startWmsSimulator, type WmsSimulator } from '../../simulators/wms/wms-simulator.ts';
import type { Wms } from '../port.ts';
import { connectShipHero } from './connect-ship-hero.ts';
import type { ShipHeroMapping } from './ship-hero-mapping.ts';

const seed = wmsSeed(createDemoCatalogue());
const SKUS = seed.items.map(({ sku }) => sku);
const MAPPING: ShipHeroMapping = {
  locations: { 'DC-NORTH': 'NORTH' },
  statuses: { available: 'SELLABLE', hold: 'NOT_SELLABLE', damaged: 'NOT_SELLABLE', quarantine: 'NOT_SELLABLE' },
  reasons: {},
};

const connect = (wms: WmsSimulator, platform: TestPlatform, mapping = MAPPING): Promise<Connection<Wms>> =>
  connectShipHero({
    system: 'wms-north',
    baseUrl: wms.url,
    accessToken: 'wms-token',
    webhookSecret: 'webhook-secret',
    mapping,
    limits: TEST_LIMITS,
    platform,
  });

balancesContract('ShipHero', async () => {
  const simulator = await startWmsSimulator(seed);
  return {
    simulator,
    connect: (platform) => connect(simulator, platform),
    location: 'NORTH',
    skus: SKUS,
    put: (sku, quantity) => simulator.count({ warehouse: 'DC-NORTH', sku, quantity }),
  };
});

describe('What lies in warehouses of ShipHero', () => {
  const [sku = ''] = SKUS;

  async function opened(warehouses: readonly string[], mapping: ShipHeroMapping) {
    const platform = await openTestPlatform();
    const wms = await startWmsSimulator({ warehouses, items: seed.items });
    const connection = await connect(wms, platform, mapping);
    const close = async (): Promise<void> => {
      await connection.close();
      await wms.close();
      await platform.close();
    };
    return { wms, balances: connection.balances, close };
  }

  test('is what may be sold: what is on hold or damaged is left out', async () => {
    const { wms, balances, close } = await opened(['DC-NORTH'], MAPPING);
    wms.count({ warehouse: 'DC-NORTH', sku, quantity: '9' });
    wms.adjust({ warehouse: 'DC-NORTH', sku, quantity: '2', from: 'available', to: 'hold', reason: 'QC' });
    wms.adjust({ warehouse: 'DC-NORTH', sku, quantity: '1', from: 'available', to: 'damaged', reason: 'DAMAGED' });
    expect((await balances?.lookUp('NORTH', [sku]))?.balances).toEqual([{ sku, quantity: '6' }]);
    await close();
  });

  test('is that of all warehouses that are one location, one after the other', async () => {
    const locations = { 'DC-NORTH': 'NORTH', 'DC-ANNEX': 'NORTH' };
    const { wms, balances, close } = await opened(['DC-NORTH', 'DC-ANNEX'], { ...MAPPING, locations });
    wms.count({ warehouse: 'DC-NORTH', sku, quantity: '2' });
    wms.count({ warehouse: 'DC-ANNEX', sku, quantity: '3' });
    const first = await balances?.list('NORTH', undefined);
    const second = await balances?.list('NORTH', first?.next);
    expect([first, second].map((page) => page?.balances)).toEqual([[{ sku, quantity: '2' }], [{ sku, quantity: '3' }]]);
    expect(second?.next).toBeUndefined();
    await close();
  });

  test('is not told while a status has no meaning, instead of guessed', async () => {
    const { wms, balances, close } = await opened(['DC-NORTH'], { ...MAPPING, statuses: { available: 'SELLABLE' } });
    wms.receive({ warehouse: 'DC-NORTH', sku, quantity: '2', reference: 'PO-1', status: 'quarantine' });
    await expect(balances?.list('NORTH', undefined)).rejects.toThrow('"quarantine" is not mapped');
    await close();
  });
});
