import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { boundsOfDay } from '../../runtime/calendar-day.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';
import { RECEIPTS_PER_LOOK_UP_MAX, type Pos, type Receipt, type RegisterDay } from '../port.ts';
import type { PosMapping } from '../pos-mapping.ts';
import { TemplateApi } from './template-api.ts';
import { readNotification, templateFeed, templateReceiver } from './template-intake.ts';
import { receiptMessages } from './template-messages.ts';
import type { RawReceipt, TemplateDay } from './template-objects.ts';

export interface TemplateOptions {
  /** The name of this system as a source, such as `pos-high-street`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly mapping: PosMapping;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export interface TemplateConnection extends Connection<Pos> {
  /** Has webhooks sent to an address. To be called every few hours. */
  ensureSubscribed(webhookUrl: string): Promise<void>;
}

export function connectTemplate(options: TemplateOptions): TemplateConnection {
  const { system, baseUrl, mapping, platform, webhookSecret: secret, limits = {} } = options;
  const pace = new VendorPace(platform.clock);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const api = new TemplateApi(system, http);
  return {
    port: new TemplatePos(api, mapping),
    receiver: templateReceiver({ system, secret, mapping }),
    feeds: [templateFeed(api, mapping)],
    mapping,
    readAgain: async ({ kind, body }, rows) => {
      const current = { ...mapping, ...rows };
      return kind === 'receipt'
        ? receiptMessages(body as RawReceipt, current)
        : readNotification(String(body), current);
    },
    pace,
    ensureSubscribed: (webhookUrl) => api.subscribe(webhookUrl, secret),
    close: () => http.close(),
  };
}

class TemplatePos implements Pos {
  readonly system: string;
  readonly locations: readonly string[];
  readonly #api: TemplateApi;
  readonly #mapping: PosMapping;

  constructor(api: TemplateApi, mapping: PosMapping) {
    this.system = api.system;
    this.locations = [...new Set(Object.values(mapping.locations))];
    this.#api = api;
    this.#mapping = mapping;
  }

  async lookUpReceipts(numbers: readonly string[]): Promise<ReadonlyMap<string, Receipt>> {
    invariant(numbers.length <= RECEIPTS_PER_LOOK_UP_MAX, 'A look-up has more than RECEIPTS_PER_LOOK_UP_MAX numbers.');
    if (numbers.length === 0) return new Map();
    const receipts = await this.#api.receiptsByNumber(numbers);
    return new Map(
      receipts.flatMap(({ number, store, register = null, cashier = null, printed_at: printed }) => {
        const location = this.#mapping.locations[store];
        if (location === undefined) return [];
        return [[number, { number, location, register, cashier, printedAt: new Date(printed).toISOString() }] as const];
      }),
    );
  }

  async registerDays(location: string, businessDay: string): Promise<readonly RegisterDay[]> {
    boundsOfDay(businessDay, 'UTC');
    const days: RegisterDay[] = [];
    for (const store of reversed(this.#mapping.locations).get(location) ?? []) {
      days.push(...registerDays(await this.#api.day(store, businessDay), { location, businessDay }));
    }
    return days;
  }
}

function registerDays(
  { currency, registers }: TemplateDay,
  head: Pick<RegisterDay, 'location' | 'businessDay'>,
): readonly RegisterDay[] {
  return registers.map(({ register, sales, returns, receipts, is_closed: isClosed }) => ({
    ...head,
    register,
    currency,
    taken: { receiptCount: sales.count, totalMinor: Number(sales.total) },
    given: { receiptCount: returns.count, totalMinor: Number(returns.total) },
    receipts: [...receipts].sort(),
    drawer: null,
    isClosed,
  }));
}
