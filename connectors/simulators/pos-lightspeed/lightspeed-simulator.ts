import { bearerToken } from '../runtime/bearer-token.ts';
import { parseDecimal } from '../runtime/decimal.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorOptions } from '../runtime/simulator.ts';
import type { StockLevel } from '../runtime/stock-book.ts';
import { ON_SHELF } from '../runtime/till.ts';
import type { ReturnInput, SaleInput, TillItem, TillLocation } from '../runtime/till.ts';
import { LightspeedEstate } from './lightspeed-estate.ts';
import { lightspeedErrorBody } from './lightspeed-error.ts';
import { masterRoutes } from './master-routes.ts';
import { saleRoutes } from './sale-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export interface LightspeedOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `lightspeed-token`. */
  readonly accessToken?: string;
  /** Signs webhooks that name no secret of their own. Default `lightspeed-secret`. */
  readonly clientSecret?: string;
  readonly domainPrefix?: string;
  readonly locations: readonly TillLocation[];
  readonly items: readonly TillItem[];
  readonly openingStock?: readonly { readonly locationCode: string; readonly sku: string; readonly quantity: string }[];
}

interface RungUpSale {
  readonly receiptNumber: string;
  readonly saleId: string;
}

interface ShelfQuantity {
  readonly locationCode: string;
  readonly sku: string;
  readonly quantity: string;
}

export interface LightspeedSimulator extends Simulator {
  /** Lightspeed's own id of a store. */
  outletId(locationCode: string): string;
  productId(sku: string): string;
  registerItem(item: TillItem): void;
  ringUpSale(input: SaleInput): RungUpSale;
  /** A sale with negative quantities; `return_for` names the original unless the return is blind. */
  ringUpReturn(input: ReturnInput): RungUpSale;
  /** Edits a finished sale, which reappears in the feed with a higher version. */
  amendSale(saleId: string, change: { readonly note: string }): void;
  /** Somebody counts the drawer and closes the register, now. */
  closeRegister(input: {
    readonly locationCode: string;
    readonly register?: number;
    readonly countedMinor: number;
  }): void;
  /** Somebody counted: the quantity becomes book and truth. */
  count(input: ShelfQuantity): void;
  /** Goods vanish (negative) or turn up without any system noticing. */
  changeTruth(input: ShelfQuantity): void;
  /** What really lies in the stores, which no API shows. Units are ten-thousandths. */
  physicalTruth(): readonly StockLevel[];
  /** Subscribes without HTTP. Without types: all of them. Without a secret: the client secret signs. */
  subscribe(input: { readonly url: string; readonly secret?: string; readonly types?: readonly string[] }): void;
}

const CONTENT_FIELDS = [
  'quantity',
  'price',
  'unit_price',
  'amount',
  'inventory_level',
  'current_amount',
  'total_price_incl',
];
const REGISTERS_PER_OUTLET = 1;
const WINDOW_SECONDS = 300;

/** A POS estate that speaks the subset of Lightspeed Retail (X-Series) in the README, on a port of its own. */
export async function startLightspeedSimulator(options: LightspeedOptions): Promise<LightspeedSimulator> {
  const core = createSimulatorCore(options, { system: 'lightspeed', contentFields: CONTENT_FIELDS });
  const estate = new LightspeedEstate(core, options);
  const accessToken = options.accessToken ?? 'lightspeed-token';
  // Source: the vendor's limit, 300 for each register and 50 more in five minutes.
  const capacity = 300 * REGISTERS_PER_OUTLET * options.locations.length + 50;
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: lightspeedErrorBody,
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity, refillPerSecond: capacity / WINDOW_SECONDS },
    routes: [...saleRoutes(estate), ...masterRoutes(estate), ...webhookRoutes(estate)],
  });
  return { ...simulator, ...controlsOf(estate) };
}

function controlsOf(estate: LightspeedEstate): Omit<LightspeedSimulator, keyof Simulator> {
  const { till } = estate;
  return {
    outletId: (code) => estate.outletId(code),
    productId: (sku) => estate.product(sku).id,
    registerItem: (item) => estate.registerItem(item),
    ringUpSale: (input) => rungUp(estate.sell(input)),
    ringUpReturn: (input) => rungUp(estate.takeBack(input)),
    amendSale: (saleId, { note }) => estate.amend(saleId, note),
    closeRegister: (input) => estate.registerBook.close(input),
    count: ({ locationCode, sku, quantity }) => estate.count({ locationCode, sku, units: parseDecimal(quantity) }),
    changeTruth: ({ locationCode, sku, quantity }) =>
      till.stock.change({ location: locationCode, sku, status: ON_SHELF }, parseDecimal(quantity)),
    physicalTruth: () => till.stock.truth(),
    subscribe: (input) => {
      estate.webhooks.subscribe(input);
    },
  };
}

function rungUp(sale: { readonly id: string; readonly receipt: { readonly number: string } }): RungUpSale {
  return { receiptNumber: sale.receipt.number, saleId: sale.id };
}
