import { bearerToken } from '../runtime/bearer-token.ts';
import { formatDecimal, parseDecimal } from '../runtime/decimal.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorOptions } from '../runtime/simulator.ts';
import type { StockLevel } from '../runtime/stock-book.ts';
import { ON_SHELF } from '../runtime/till.ts';
import type { ReturnInput, SaleInput, TillItem, TillLocation } from '../runtime/till.ts';
import { cashDrawerRoutes } from './cash-drawer-routes.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { inventoryRoutes } from './inventory-routes.ts';
import { locationRoutes } from './location-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { paymentRoutes } from './payment-routes.ts';
import { refundRoutes } from './refund-routes.ts';
import { SquareEstate } from './square-estate.ts';
import { squareErrorBody } from './square-error.ts';
import { EVENT_TYPES } from './square-webhooks.ts';
import { webhookRoutes } from './webhook-routes.ts';

export interface SquareOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `square-token`. */
  readonly accessToken?: string;
  readonly businessName?: string;
  readonly locations: readonly TillLocation[];
  readonly items: readonly TillItem[];
  readonly openingStock?: readonly OpeningShelfStock[];
}

interface OpeningShelfStock {
  readonly locationCode: string;
  readonly sku: string;
  readonly quantity: string;
}

interface RungUp {
  readonly receiptNumber: string;
  readonly orderId: string;
}

export interface SquareSimulator extends Simulator {
  /** Of what it sends notifications. */
  readonly eventTypes: readonly string[];
  /** Square's own id of a store. */
  locationId(locationCode: string): string;
  /** Catalogue object id of the variation that carries the SKU. */
  variationId(sku: string): string;
  registerItem(item: TillItem): void;
  ringUpSale(input: SaleInput): RungUp;
  ringUpReturn(input: ReturnInput): RungUp & { readonly refundId: string };
  /** Somebody counts the drawer and closes the register, now. */
  closeRegister(input: {
    readonly locationCode: string;
    readonly register?: number;
    readonly countedMinor: number;
  }): void;
  /** Somebody counted: the quantity becomes book and truth. */
  count(input: OpeningShelfStock): void;
  /** Goods vanish (negative) or turn up without any system noticing. */
  changeTruth(input: OpeningShelfStock): void;
  /** What the API shows to be in stock, as a decimal. */
  booked(at: { readonly locationCode: string; readonly sku: string }): string;
  /** What really lies in the stores, which no API shows. Units are ten-thousandths. */
  physicalTruth(): readonly StockLevel[];
  /** Subscribes without HTTP; the key signs. Without event types: all of them. */
  subscribe(input: {
    readonly url: string;
    readonly signatureKey: string;
    readonly eventTypes?: readonly string[];
  }): void;
}

const CONTENT_FIELDS = ['quantity', 'amount', 'version'];

/** A POS estate that speaks the subset of Square's API in the README, on a port of its own. */
export async function startSquareSimulator(options: SquareOptions): Promise<SquareSimulator> {
  const core = createSimulatorCore(options, { system: 'square', contentFields: CONTENT_FIELDS });
  const estate = new SquareEstate(core, options);
  const accessToken = options.accessToken ?? 'square-token';
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: squareErrorBody,
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 200, refillPerSecond: 100 },
    routes: [
      ...locationRoutes(estate),
      ...catalogRoutes(estate),
      ...orderRoutes(estate),
      ...paymentRoutes(estate),
      ...refundRoutes(estate),
      ...cashDrawerRoutes(estate),
      ...inventoryRoutes(estate),
      ...webhookRoutes(estate),
    ],
  });
  return { ...simulator, ...controlsOf(estate) };
}

function controlsOf(estate: SquareEstate): Omit<SquareSimulator, keyof Simulator> {
  const { till } = estate;
  return {
    eventTypes: EVENT_TYPES,
    locationId: (code) => estate.locationId(code),
    variationId: (sku) => estate.variation(sku).variationId,
    registerItem: (item) => estate.registerItem(item),
    ringUpSale: (input) => {
      const { order } = estate.sell(input);
      return { receiptNumber: order.receipt.number, orderId: order.id };
    },
    ringUpReturn: (input) => {
      const { order, refund } = estate.takeBack(input);
      return { receiptNumber: order.receipt.number, orderId: order.id, refundId: refund.id };
    },
    closeRegister: (input) => estate.registerBook.close(input),
    count: ({ locationCode, sku, quantity }) =>
      estate.count({ locationCode, sku, units: parseDecimal(quantity), occurredAtMs: estate.core.nowMs() }),
    changeTruth: ({ locationCode, sku, quantity }) =>
      till.stock.change({ location: locationCode, sku, status: ON_SHELF }, parseDecimal(quantity)),
    booked: ({ locationCode: location, sku }) => formatDecimal(till.stock.booked({ location, sku, status: ON_SHELF })),
    physicalTruth: () => till.stock.truth(),
    subscribe: (input) => estate.webhooks.subscribe(input),
  };
}
