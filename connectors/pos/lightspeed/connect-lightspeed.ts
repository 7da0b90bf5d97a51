import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { RECEIPTS_PER_LOOK_UP_MAX, type Pos, type Receipt, type RegisterDay } from '../port.ts';
import type { PosMapping } from '../pos-mapping.ts';
import { LightspeedApi } from './lightspeed-api.ts';
import { LightspeedBalances } from './lightspeed-balances.ts';
import { LightspeedDayApi } from './lightspeed-day-api.ts';
import { lightspeedFeed, lightspeedReceiver, readLightspeedAgain } from './lightspeed-intake.ts';
import { lightspeedRegisterDays, type DayReader } from './lightspeed-register-days.ts';
import type { SaleReader } from './sale-messages.ts';

export interface LightspeedOptions {
  /** The name of this system as a source, such as `pos-west`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly clientSecret: string;
  readonly mapping: PosMapping;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export function connectLightspeed(options: LightspeedOptions): Connection<Pos> {
  const { system, baseUrl, mapping, platform, limits = {} } = options;
  const http = createHttpClient({
    system,
    baseUrl,
    authorisation: bearerToken(options.accessToken),
    limits,
    ...platform,
  });
  const reader: SaleReader = { api: new LightspeedApi(system, http), mapping };
  return {
    port: new LightspeedPos(reader, { api: new LightspeedDayApi(system, http), mapping, clock: platform.clock }),
    receiver: lightspeedReceiver({ ...reader, clientSecret: options.clientSecret }),
    feeds: [lightspeedFeed(reader)],
    mapping,
    balances: new LightspeedBalances({ ...reader, http, clock: platform.clock }),
    readAgain: (origin, rows) => readLightspeedAgain(origin, { ...reader, mapping: { ...mapping, ...rows } }),
    close: () => http.close(),
  };
}

class LightspeedPos implements Pos {
  readonly system: string;
  readonly locations: readonly string[];
  readonly #reader: SaleReader;
  readonly #days: DayReader;

  constructor(reader: SaleReader, days: DayReader) {
    this.system = reader.api.system;
    this.locations = [...new Set(Object.values(reader.mapping.locations))];
    this.#reader = reader;
    this.#days = days;
  }

  async lookUpReceipts(numbers: readonly string[]): Promise<ReadonlyMap<string, Receipt>> {
    invariant(numbers.length <= RECEIPTS_PER_LOOK_UP_MAX, 'A look-up has more than RECEIPTS_PER_LOOK_UP_MAX numbers.');
    if (numbers.length === 0) return new Map();
    const sales = await this.#reader.api.salesByNumber(numbers);
    return new Map(
      sales.flatMap((sale) => {
        const location = this.#reader.mapping.locations[sale.outlet_id];
        if (location === undefined) return [];
        const { invoice_number: number, register_id: register = null, user_id: cashier = null } = sale;
        const printedAt = new Date(sale.sale_date).toISOString();
        return [[number, { number, location, register, cashier, printedAt }] as const];
      }),
    );
  }

  async registerDays(location: string, businessDay: string): Promise<readonly RegisterDay[]> {
    const outletIds = reversed(this.#reader.mapping.locations).get(location) ?? [];
    const days: RegisterDay[] = [];
    for (const outletId of outletIds)
      days.push(...(await lightspeedRegisterDays({ outletId, location, businessDay }, this.#days)));
    return days;
  }
}
