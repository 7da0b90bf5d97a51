import { bearerToken } from '../runtime/bearer-token.ts';
import { parseDecimal } from '../runtime/decimal.ts';
import type { HttpFailure } from '../runtime/http-failure.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorOptions } from '../runtime/simulator.ts';
import type { StockLevel } from '../runtime/stock-book.ts';
import { startAutopilot } from './autopilot.ts';
import type { Autopilot } from './autopilot.ts';
import { OrderDesk } from './order-desk.ts';
import type { Parcel } from './order-desk.ts';
import { Warehouse } from './warehouse.ts';
import type { Adjustment, Quantity, ReceivedReturn } from './warehouse.ts';
import type { WarehouseOrder } from './warehouse-order.ts';
import type { StockStatus, WarehouseItem } from './warehouse-stock.ts';
import { wmsRoutes } from './wms-routes.ts';

export interface WmsOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `wms-token`. */
  readonly accessToken?: string;
  readonly warehouses: readonly string[];
  readonly items: readonly WarehouseItem[];
  readonly openingStock?: readonly Quantity[];
}

/** People and carriers at work. Every function takes the warehouse's order id or the partner's. */
interface WarehouseWork {
  /** `short`: units not found, by SKU. Without it the pick is short by what the shelf really lacks. */
  pick(orderId: string, options?: { readonly short?: Readonly<Record<string, string>> }): WarehouseOrder;
  pack(orderId: string): WarehouseOrder;
  ship(orderId: string, parcel?: Parcel): WarehouseOrder;
  deliver(orderId: string, shipmentId?: string): WarehouseOrder;
  autopilot(options: { readonly stepMs: number }): Autopilot;
}

export interface WmsSimulator extends Simulator {
  readonly work: WarehouseWork;
  registerItem(item: WarehouseItem): void;
  orders(): readonly WarehouseOrder[];
  receive(input: Quantity & { readonly reference: string; readonly status?: StockStatus }): void;
  /** Without `from` goods come in, without `to` they go out, with both they change status. */
  adjust(input: Adjustment): void;
  count(input: Quantity & { readonly status?: StockStatus }): void;
  receiveReturn(input: ReceivedReturn): void;
  /** Goods vanish (negative) or turn up without any system noticing. */
  changeTruth(input: Quantity & { readonly status?: StockStatus }): void;
  /** What really lies in the warehouses, which no API shows. Units are ten-thousandths. */
  physicalTruth(): readonly StockLevel[];
  /** Subscribes without HTTP; the secret signs. */
  subscribe(input: { readonly url: string; readonly secret: string }): void;
}

const CONTENT_FIELDS = [
  'quantity',
  'quantity_short',
  'quantity_before',
  'on_hand',
  'allocated',
  'available',
  'tracking_number',
];

/** A warehouse system with REST over JSON and ShipHero's way of signing webhooks, on a port of its own. */
export async function startWmsSimulator(options: WmsOptions): Promise<WmsSimulator> {
  const core = createSimulatorCore(options, { system: 'wms', contentFields: CONTENT_FIELDS });
  const warehouse = new Warehouse(core, options.warehouses, options.numbersFrom);
  for (const item of options.items) warehouse.registerItem(item);
  for (const stock of options.openingStock ?? []) warehouse.open(stock);
  const desk = new OrderDesk(warehouse);
  const accessToken = options.accessToken ?? 'wms-token';
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: wmsErrorBody(() => core.ids.hex(16)),
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    // Source: the vendor allows 7,000 requests in five minutes.
    rateLimit: { capacity: 7000, refillPerSecond: 7000 / 300 },
    routes: wmsRoutes(warehouse, desk),
  });
  const pilots: Autopilot[] = [];
  const close = async (): Promise<void> => {
    for (const pilot of pilots) pilot.stop();
    await simulator.close();
  };
  return { ...simulator, close, ...controlsOf(warehouse, desk, pilots) };
}

function controlsOf(warehouse: Warehouse, desk: OrderDesk, pilots: Autopilot[]): Omit<WmsSimulator, keyof Simulator> {
  const work: WarehouseWork = {
    pick: (orderId, options) => desk.pick(desk.order(orderId).id, options),
    pack: (orderId) => desk.pack(orderId),
    ship: (orderId, parcel) => desk.ship(orderId, parcel),
    deliver: (orderId, shipmentId) => desk.deliver(orderId, shipmentId),
    autopilot: ({ stepMs }) => {
      const pilot = startAutopilot(desk, stepMs);
      pilots.push(pilot);
      return pilot;
    },
  };
  return {
    work,
    registerItem: (item) => warehouse.registerItem(item),
    orders: () => desk.orders(),
    receive: (input) => warehouse.receive(input),
    adjust: (input) => {
      warehouse.adjust(input);
    },
    count: (input) => warehouse.count(input),
    receiveReturn: (input) => warehouse.receiveReturn(input),
    changeTruth: (input) =>
      warehouse.stock.changeTruth(input, input.status ?? 'available', parseDecimal(input.quantity)),
    physicalTruth: () => warehouse.stock.truth(),
    subscribe: ({ url, secret }) => {
      warehouse.events.subscribe(url, secret);
    },
  };
}

function wmsErrorBody(newRequestId: () => string): (failure: HttpFailure) => unknown {
  return (failure) => ({
    request_id: newRequestId(),
    errors: [{ code: failure.code, message: failure.message, field: failure.field ?? null }],
  });
}
