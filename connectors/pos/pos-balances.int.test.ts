import { afterEach, expect } from '@jest/globals';
import { balancesContract } from '../runtime/balances.contract.ts';
import { TEST_LIMITS } from '../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../simulators/demo-catalogue.ts';
import { posSeed } from '../simulators/demo-seeds.ts';
import { startLightspeedSimulator } from '../simulators/pos-lightspeed/lightspeed-simulator.ts';
import { SquareContract, startHeldSquare } from '../simulators/pos-square/testing/square-contract.ts';
import { connectLightspeed } from './lightspeed/connect-lightspeed.ts';
import type { PosMapping } from './pos-mapping.ts';
import { connectSquare } from './square/connect-square.ts';

const WORDS: Omit<PosMapping, 'locations'> = {
  tenders: {},
  states: {},
  returnReasons: {},
  otherReturnReason: 'OTHER',
};
const shops = {
  square: posSeed(createDemoCatalogue(), 'SQUARE'),
  lightspeed: posSeed(createDemoCatalogue(), 'LIGHTSPEED'),
};
const skusOf = ({ items }: (typeof shops)['square']): readonly string[] =>
  items.filter(({ unit }) => unit === 'EA').map(({ sku }) => sku);

/** All that the adapter asks and gets is held against Square's own contract. */
const contract = SquareContract.open('ALL');

afterEach(() => {
  expect(contract?.takeFaults() ?? []).toEqual([]);
});

balancesContract('Square', async () => {
  const simulator = await startHeldSquare(contract, shops.square);
  const [{ code: store } = { code: '' }] = shops.square.locations;
  const locations = Object.fromEntries(shops.square.locations.map(({ code }) => [simulator.locationId(code), code]));
  return {
    simulator,
    location: store,
    skus: skusOf(shops.square),
    put: (sku, quantity) => simulator.count({ locationCode: store, sku, quantity }),
    connect: (platform) =>
      connectSquare({
        system: 'pos-high-street',
        baseUrl: simulator.url,
        accessToken: 'square-token',
        signatureKey: 'signature-key',
        notificationUrl: 'http://127.0.0.1:1/webhooks/pos-high-street',
        mapping: { ...WORDS, locations },
        limits: TEST_LIMITS,
        platform,
      }),
  };
});

balancesContract('Lightspeed', async () => {
  const simulator = await startLightspeedSimulator(shops.lightspeed);
  const [{ code: store } = { code: '' }] = shops.lightspeed.locations;
  const locations = Object.fromEntries(shops.lightspeed.locations.map(({ code }) => [simulator.outletId(code), code]));
  return {
    simulator,
    location: store,
    skus: skusOf(shops.lightspeed),
    put: (sku, quantity) => simulator.count({ locationCode: store, sku, quantity }),
    connect: async (platform) =>
      connectLightspeed({
        system: 'pos-west',
        baseUrl: simulator.url,
        accessToken: 'lightspeed-token',
        clientSecret: 'client-secret',
        mapping: { ...WORDS, locations },
        limits: TEST_LIMITS,
        platform,
      }),
  };
});
