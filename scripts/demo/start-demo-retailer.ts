import { createDemoCatalogue, type DemoCatalogue } from '../../connectors/simulators/demo-catalogue.ts';
import { erpSeed, posSeed, taxSeed, wmsSeed } from '../../connectors/simulators/demo-seeds.ts';
import { startCarrierSimulator, type CarrierSimulator } from '../../connectors/simulators/carrier/carrier-simulator.ts';
import { startErpSimulator, type ErpSimulator } from '../../connectors/simulators/erp/erp-simulator.ts';
import {
  startLightspeedSimulator,
  type LightspeedSimulator,
} from '../../connectors/simulators/pos-lightspeed/lightspeed-simulator.ts';
import { startSquareSimulator, type SquareSimulator } from '../../connectors/simulators/pos-square/square-simulator.ts';
import { startPaymentSimulator, type PaymentSimulator } from '../../connectors/simulators/payment/payment-simulator.ts';
import { startWmsSimulator, type WmsSimulator } from '../../connectors/simulators/wms/wms-simulator.ts';
import { startTaxSimulator, type TaxSimulator } from '../../connectors/simulators/tax/tax-simulator.ts';
import {
  startMessageSimulator,
  type MessageSimulator,
} from '../../connectors/simulators/messages/message-simulator.ts';
import type { AmazonSimulator } from '../../connectors/simulators/marketplace-amazon/amazon-simulator.ts';
import type { Faults } from '../../connectors/simulators/runtime/faults.ts';

import type { OmsSimulator } from '../../connectors/simulators/oms/oms-simulator.ts';
import { startDemoOms } from './demo-oms.ts';
import { startDemoMarkets } from './demo-marketplaces.ts';

/** The outside systems of a retailer that does not exist. */
export interface DemoRetailer {
  readonly catalogue: DemoCatalogue;
  readonly erp: ErpSimulator;
  readonly wms: WmsSimulator;
  /** The POS of the stores in the north. */
  readonly square: SquareSimulator;
  /** The POS of the stores in the west and in Ireland. */
  readonly lightspeed: LightspeedSimulator;
  /** Takes the money of both web shops. */
  readonly psp: PaymentSimulator;
  /** Knows the taxes of both countries. */
  readonly tax: TaxSimulator;
  /** Carries what the warehouse sends. */
  readonly parcels: CarrierSimulator;
  /** Sends messages to the customers of both web shops. */
  readonly messages: MessageSimulator;
  /** Routes the orders of the shop for homes. */
  readonly oms: OmsSimulator;
  /** Where it sells beside its own shops. */
  readonly markets: { readonly british: AmazonSimulator; readonly irish: AmazonSimulator };
  close(): Promise<void>;
}

export interface DemoRetailerOptions {
  /** Ids and documents count on from here: higher than in any earlier run against the same data. */
  readonly numbersFrom: number;
  readonly randomSeed: number;
  readonly faults?: Partial<Faults>;
}

/** Balances in minor units. */
const DEMO_GIFT_CARDS = { gift_100: 10_000, gift_50: 5_000 };

/** Starts the simulated systems, each on a port of its own, with the same retailer in all of them. */
export async function startDemoRetailer(options: DemoRetailerOptions): Promise<DemoRetailer> {
  const catalogue = createDemoCatalogue();
  const warehouse = startWmsSimulator({ ...wmsSeed(catalogue), ...options });
  const [erp, wms, square, lightspeed, psp, parcels, tax, messages, markets, oms] = await Promise.all([
    startErpSimulator({ seed: erpSeed(catalogue), ...options }),
    warehouse,
    startSquareSimulator({ ...posSeed(catalogue, 'SQUARE'), ...options }),
    startLightspeedSimulator({ ...posSeed(catalogue, 'LIGHTSPEED'), ...options }),
    startPaymentSimulator({ giftCards: DEMO_GIFT_CARDS, ...options }),
    startCarrierSimulator(options),
    startTaxSimulator({ ...taxSeed(catalogue), ...options }),
    startMessageSimulator(options),
    startDemoMarkets(catalogue, options),
    startDemoOms(warehouse, options),
  ]);
  const systems = [erp, wms, square, lightspeed, psp, parcels, tax, messages, oms, markets.british, markets.irish];
  return {
    catalogue,
    erp,
    wms,
    square,
    lightspeed,
    psp,
    tax,
    parcels,
    messages,
    oms,
    markets,
    close: async () => {
      await Promise.all(systems.map((system) => system.close()));
    },
  };
}
