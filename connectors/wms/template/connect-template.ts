import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import type { Connection } from '../../runtime/connection.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';
import type { BinStock, PositionKey, Release, Wms } from '../port.ts';
import { workHandlers } from '../work-handlers.ts';
import { TemplateApi } from './template-api.ts';
import { readNotification, templateFeed, templateReceiver } from './template-intake.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { eventMessage } from './template-messages.ts';
import type { RawEvent } from './template-objects.ts';

export interface TemplateOptions {
  /** The name of this system as a source, such as `wms-north`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly mapping: TemplateMapping;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export interface TemplateConnection extends Connection<Wms> {
  /** Has webhooks sent to an address. To be called every few hours. */
  ensureSubscribed(webhookUrl: string): Promise<void>;
}

export function connectTemplate(options: TemplateOptions): TemplateConnection {
  const { system, baseUrl, mapping, platform, webhookSecret: secret, limits = {} } = options;
  const pace = new VendorPace(platform.clock);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const api = new TemplateApi(system, http);
  const port = new TemplateWms(api, mapping);
  return {
    port,
    // What the hub tells the warehouse to do goes through its queue: durable, paced, in order.
    commands: workHandlers(port),
    pace,
    receiver: templateReceiver({ system, secret, mapping }),
    feeds: Object.keys(mapping.locations).map((warehouse) => templateFeed(api, warehouse, mapping)),
    mapping,
    readAgain: async ({ kind, body }, rows) => {
      const current = { ...mapping, ...rows };
      return [kind === 'event' ? eventMessage(body as RawEvent, current) : readNotification(String(body), current)];
    },
    ensureSubscribed: (webhookUrl) => api.subscribe(webhookUrl, secret),
    close: () => http.close(),
  };
}

class TemplateWms implements Wms {
  readonly system: string;
  readonly locations: readonly string[];
  readonly #api: TemplateApi;
  readonly #mapping: TemplateMapping;
  readonly #warehouses: ReadonlyMap<string, readonly string[]>;

  constructor(api: TemplateApi, mapping: TemplateMapping) {
    this.system = api.system;
    this.#api = api;
    this.#mapping = mapping;
    this.#warehouses = reversed(mapping.locations);
    this.locations = [...this.#warehouses.keys()];
  }

  async lookUpBins(keys: readonly PositionKey[]): Promise<ReadonlyMap<string, readonly BinStock[]>> {
    const known = keys.filter(({ location }) => this.#warehouses.has(location));
    const wanted = new Set(known.map(({ sku, location }) => `${sku}|${location}`));
    const bins = new Map<string, readonly BinStock[]>();
    for (const row of await this.#api.stock([...new Set(known.map(({ sku }) => sku))])) {
      const key = `${row.sku}|${this.#mapping.locations[row.warehouse]}`;
      if (!wanted.has(key) || row.bins.length === 0) continue;
      const stock = row.bins.map(({ bin, status, quantity }) => {
        return { bin, status, quantity: decimalText(quantity, 'quantity') };
      });
      bins.set(key, [...(bins.get(key) ?? []), ...stock]);
    }
    return bins;
  }

  async release({ idempotencyKey, order, location, lines, shipTo }: Release): Promise<void> {
    await this.#api.createWork({
      key: idempotencyKey,
      order_ref: order,
      warehouse: this.#warehouseOf(location),
      ...(shipTo && { ship_to: shipTo }),
      lines: lines.map(({ orderLine, sku, quantity }) => ({ line_ref: orderLine, sku, quantity })),
    });
  }

  async cancelRelease(order: string, location: string): Promise<'CANCELLED' | 'REFUSED'> {
    const outcome = await this.#api.cancelWork(order, this.#warehouseOf(location));
    return outcome === 'CANCELLED' ? 'CANCELLED' : 'REFUSED';
  }

  #warehouseOf(location: string): string {
    const [warehouse] = this.#warehouses.get(location) ?? [];
    invariant(warehouse !== undefined, `${this.system} does not run ${location}.`);
    return warehouse;
  }
}
