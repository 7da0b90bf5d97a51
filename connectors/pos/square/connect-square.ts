import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';
import { RECEIPTS_PER_LOOK_UP_MAX, type Pos, type Receipt, type RegisterDay } from '../port.ts';
import { stockHandlers } from '../stock-handlers.ts';
import type { PosStock } from '../stock-port.ts';
import { InventoryApi } from './inventory-api.ts';
import type { OrderReader } from './order-messages.ts';
import { ReceiptIndex } from './receipt-index.ts';
import { SquareApi } from './square-api.ts';
import { SquareBalances } from './square-balances.ts';
import { SquareDayApi } from './square-day-api.ts';
import { squareRegisterDays, type SquareDayReader } from './square-register-days.ts';
import { readSquareAgain, squareFeeds, squareReceiver, type SquareReader } from './square-intake.ts';
import type { SquareMapping } from './square-mapping.ts';
import { SquareOrder } from './square-objects.ts';
import { SquareStock } from './square-stock.ts';

export interface SquareOptions {
  /** The name of this system as a source, such as `pos-high-street`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly signatureKey: string;
  /** The webhook address exactly as subscribed: it is part of what is signed. */
  readonly notificationUrl: string;
  readonly mapping: SquareMapping;
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export interface SquareConnection extends Connection<Pos> {
  readonly stock: PosStock;
}

export async function connectSquare(options: SquareOptions): Promise<SquareConnection> {
  const { system, baseUrl, mapping, platform, limits = {} } = options;
  const pace = new VendorPace(platform.clock);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const inventory = new InventoryApi(system, http);
  const reader: SquareReader = {
    api: new SquareApi(system, http),
    receipts: await ReceiptIndex.open(system, platform.documents),
    inventory,
    clock: platform.clock,
    mapping,
  };
  const stock = new SquareStock(inventory, mapping);
  const { signatureKey, notificationUrl } = options;
  return {
    port: new SquarePos(reader, { api: new SquareDayApi(system, http), clock: platform.clock }),
    receiver: squareReceiver({ ...reader, signatureKey, notificationUrl }),
    feeds: squareFeeds(reader),
    mapping,
    stock,
    commands: stockHandlers(stock),
    pace,
    balances: new SquareBalances({ ...reader, http, clock: platform.clock }),
    readAgain: (origin, rows) => readSquareAgain(origin, { ...reader, mapping: { ...mapping, ...rows } }),
    close: () => http.close(),
  };
}

class SquarePos implements Pos {
  readonly system: string;
  readonly locations: readonly string[];
  readonly #reader: OrderReader;
  readonly #days: SquareDayReader;

  constructor(reader: OrderReader, days: SquareDayReader) {
    this.system = reader.api.system;
    this.locations = [...new Set(Object.values(reader.mapping.locations))];
    this.#reader = reader;
    this.#days = days;
  }

  /** Finds what was sold since the hub is connected: Square has no search by receipt number. */
  async lookUpReceipts(numbers: readonly string[]): Promise<ReadonlyMap<string, Receipt>> {
    invariant(numbers.length <= RECEIPTS_PER_LOOK_UP_MAX, 'A look-up has more than RECEIPTS_PER_LOOK_UP_MAX numbers.');
    const { api, receipts, mapping } = this.#reader;
    const orderIds = await receipts.find(numbers);
    if (orderIds.size === 0) return new Map();
    const orders = await api.orders([...orderIds.values()]);
    return new Map(
      [...orderIds].flatMap(([number, orderId]) => {
        const found = orders.get(orderId);
        if (!found) return [];
        const order = parseAnswer(this.system, SquareOrder, found);
        const location = mapping.locations[order.location_id];
        if (location === undefined) return [];
        const printedAt = new Date(order.closed_at ?? order.created_at).toISOString();
        return [[number, { number, location, register: null, cashier: null, printedAt }] as const];
      }),
    );
  }

  async registerDays(location: string, businessDay: string): Promise<readonly RegisterDay[]> {
    const locationIds = reversed(this.#reader.mapping.locations).get(location) ?? [];
    const days: RegisterDay[] = [];
    for (const locationId of locationIds)
      days.push(...(await squareRegisterDays({ locationId, location, businessDay }, this.#days)));
    return days;
  }
}
