import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import type { Connection } from '../../runtime/connection.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import { createHttpClient, type HttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';
import type { BinStock, PositionKey, Redirection, Release, Wms } from '../port.ts';
import { workHandlers } from '../work-handlers.ts';
import { ReleaseRegister } from './release-register.ts';
import { ShipHeroBalances } from './ship-hero-balances.ts';
import { shipHeroFeed, shipHeroReceiver, warehouseMessage } from './ship-hero-intake.ts';
import type { ShipHeroMapping } from './ship-hero-mapping.ts';
import { ShipHeroStock } from './ship-hero-stock.ts';
import { shippingAddressOf } from './shipping-address.ts';

export interface ShipHeroOptions {
  /** The name of this system as a source, such as `wms-north`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly mapping: ShipHeroMapping;
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export async function connectShipHero(options: ShipHeroOptions): Promise<Connection<Wms>> {
  const { system, baseUrl, mapping, platform, limits = {} } = options;
  const authorisation = bearerToken(options.accessToken);
  const pace = new VendorPace(platform.clock);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const releases = await ReleaseRegister.open(system, platform.documents);
  const stock = new ShipHeroStock(system, http);
  const port = new ShipHeroWms({ system, http, stock, releases, mapping });
  return {
    port,
    balances: new ShipHeroBalances(stock, mapping),
    commands: workHandlers(port),
    mapping,
    readAgain: async ({ body }, rows) => [warehouseMessage(body, { ...mapping, ...rows })],
    pace,
    receiver: shipHeroReceiver({ system, secret: options.webhookSecret, mapping }),
    feeds: Object.keys(mapping.locations).map((warehouse) => shipHeroFeed({ system, http, warehouse, mapping })),
    close: () => http.close(),
  };
}

interface WmsParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly stock: ShipHeroStock;
  readonly releases: ReleaseRegister;
  readonly mapping: ShipHeroMapping;
}

class ShipHeroWms implements Wms {
  readonly system: string;
  readonly locations: readonly string[];
  readonly #parts: WmsParts;
  readonly #warehouses: ReadonlyMap<string, readonly string[]>;

  constructor(parts: WmsParts) {
    this.system = parts.system;
    this.#parts = parts;
    this.#warehouses = reversed(parts.mapping.locations);
    this.locations = [...this.#warehouses.keys()];
  }

  async lookUpBins(keys: readonly PositionKey[]): Promise<ReadonlyMap<string, readonly BinStock[]>> {
    const wanted = new Set(keys.map(({ sku, location }) => `${sku}|${location}`));
    const bins = new Map<string, BinStock[]>();
    const skus = [...new Set(keys.filter(({ location }) => this.#warehouses.has(location)).map(({ sku }) => sku))];
    for (const row of (await this.#parts.stock.ofSkus(skus)).rows) {
      const key = `${row.sku}|${this.#parts.mapping.locations[row.warehouse]}`;
      if (!wanted.has(key) || row.bins.length === 0) continue;
      const stock = row.bins.map(({ bin, status, quantity }) => ({ bin, status, quantity: this.#quantity(quantity) }));
      bins.set(key, [...(bins.get(key) ?? []), ...stock]);
    }
    return bins;
  }

  async release(release: Release): Promise<void> {
    const { order, location, idempotencyKey, shipTo } = release;
    const [warehouse] = this.#warehouses.get(location) ?? [];
    invariant(warehouse !== undefined, `${this.system} does not run ${location}.`);
    const { partnerOrderId, isCancelled } = await this.#parts.releases.add(order, { idempotencyKey, location });
    if (isCancelled) {
      throw new UpstreamRejected(this.system, { status: 409, words: `${partnerOrderId} was cancelled before.` });
    }
    await this.#parts.http.request({
      method: 'POST',
      path: '/v1/orders',
      // The same partner order with the same content is one piece of work.
      isIdempotent: true,
      json: {
        partner_order_id: partnerOrderId,
        warehouse,
        ...(shipTo && { shipping_address: shippingAddressOf(shipTo) }),
        lines: release.lines.map(({ orderLine, sku, quantity }) => ({ partner_line_id: orderLine, sku, quantity })),
      },
    });
  }

  async cancelRelease(order: string, location: string): Promise<'CANCELLED' | 'REFUSED'> {
    const releases = await this.#parts.releases.at(order, location);
    let outcome: 'CANCELLED' | 'REFUSED' = 'CANCELLED';
    for (const { partnerOrderId, isCancelled } of releases) {
      if (isCancelled) continue;
      if (await this.#cancel(partnerOrderId)) await this.#parts.releases.markCancelled(order, partnerOrderId);
      else outcome = 'REFUSED';
    }
    return outcome;
  }

  async redirect({ order, location, shipTo }: Redirection): Promise<'REDIRECTED' | 'REFUSED'> {
    const releases = (await this.#parts.releases.at(order, location)).filter(({ isCancelled }) => !isCancelled);
    const json = { shipping_address: shippingAddressOf(shipTo) };
    const outcomes = await Promise.all(
      releases.map(({ partnerOrderId }) => this.#told(partnerOrderId, 'shipping_address', json)),
    );
    return outcomes.every(Boolean) ? 'REDIRECTED' : 'REFUSED';
  }

  #cancel(partnerOrderId: string): Promise<boolean> {
    return this.#told(partnerOrderId, 'cancel', { reason: 'CUSTOMER' });
  }

  /** True when the warehouse does as it is told or has nothing to do: it may never have got the work. */
  async #told(partnerOrderId: string, what: string, json: object): Promise<boolean> {
    try {
      const path = `/v1/orders/${encodeURIComponent(partnerOrderId)}/${what}`;
      await this.#parts.http.request({ method: 'POST', path, json, isIdempotent: true });
      return true;
    } catch (error) {
      if (!(error instanceof UpstreamRejected)) throw error;
      if (error.status === 404) return true;
      if (error.status === 409) return false;
      throw error;
    }
  }

  #quantity(quantity: string | number): string {
    try {
      return decimalText(quantity, 'quantity');
    } catch (error) {
      throw new UpstreamUnavailable(this.system, { words: `The quantity ${quantity} is not exact.` }, { cause: error });
    }
  }
}
