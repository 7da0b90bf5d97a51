import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ItemRecorded, LocationRecorded } from '../../../schema/events/inbox.ts';
import { clientCredentials, type ClientCredentials } from '../../runtime/authorisation.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { unreadableReason } from '../../runtime/unreadable.ts';
import { ITEMS_PER_LOOK_UP_MAX, type Erp } from '../port.ts';
import { journalHandlers } from '../journal-handlers.ts';
import type { JournalLedger } from '../journal-ledger.ts';
import { salesHandlers } from '../sales-handlers.ts';
import type { SalesLedger } from '../sales-ledger.ts';
import type { SalesOrderBook } from '../sales-order-book.ts';
import { salesOrderHandlers } from '../sales-order-handlers.ts';
import { BusinessCentralApi } from './business-central-api.ts';
import { BusinessCentralBooks, type BusinessCentralBooksOptions } from './business-central-books.ts';
import { businessCentralFeeds } from './business-central-feeds.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { BusinessCentralOrders, type BusinessCentralOrdersOptions } from './business-central-orders.ts';
import { businessCentralReceiver } from './business-central-receiver.ts';
import { BusinessCentralSales, type BusinessCentralSalesOptions } from './business-central-sales.ts';
import { itemOfRows } from './item-of-rows.ts';
import { readItems, textOf, withRelated, type ItemRows } from './item-reader.ts';
import { locationOfRow, readMasterAgain } from './master-messages.ts';
import { ensureSubscriptions } from './subscriptions.ts';

export interface BusinessCentralOptions {
  /** The name of this system as a source, such as `erp-main`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly companyId: string;
  readonly credentials: ClientCredentials;
  /** The text that notifications must carry; a secret. */
  readonly clientState: string;
  readonly mapping: BusinessCentralMapping;
  /** How what stores sold is posted. Absent: it is not. */
  readonly sales?: BusinessCentralSalesOptions;
  /** How orders are kept. Absent: they are not. */
  readonly orders?: BusinessCentralOrdersOptions;
  /** How returns are posted. Absent: they are not. */
  readonly books?: BusinessCentralBooksOptions;
  /** Called when a feed should be read now. Default: the feed waits for its next round. */
  readonly requestCatchUp?: () => void;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export interface BusinessCentralConnection extends Connection<Erp> {
  /** Makes missing subscriptions to the webhook address and renews those about to end. To be called every few hours. */
  ensureSubscribed(notificationUrl: string): Promise<void>;
}

export function connectBusinessCentral(options: BusinessCentralOptions): BusinessCentralConnection {
  const { system, baseUrl, mapping, clientState, limits = {}, platform } = options;
  const open = { http: createHttpClient({ system, baseUrl, limits, ...platform }), system };
  const authorisation = clientCredentials(open, options.credentials, platform.clock);
  const http = createHttpClient({ system, baseUrl, limits, authorisation, ...platform });
  const api = new BusinessCentralApi({ system, http, companyId: options.companyId });
  const requestCatchUp = options.requestCatchUp ?? (() => undefined);
  const sales = options.sales && new BusinessCentralSales(api, options.sales);
  const {
    books,
    mapping: { companyCurrency: currency },
  } = options;
  const journal = books && new BusinessCentralBooks(api, { options: books, currency });
  const orders = options.orders && new BusinessCentralOrders(api, { ...options.orders, timeZone: mapping.timeZone });
  const commands = {
    ...(sales && salesHandlers(sales)),
    ...(orders && salesOrderHandlers(orders)),
    ...(journal && journalHandlers(journal)),
  };
  const posting = { ...(sales && { sales }), ...(orders && { orders }), ...(journal && { journal }) };
  return {
    port: new BusinessCentralErp(api, { mapping, platform, ...posting }),
    ...(Object.keys(posting).length > 0 && { commands }),
    receiver: businessCentralReceiver({ api, mapping, clientState, requestCatchUp }),
    feeds: businessCentralFeeds(api, mapping),
    mapping,
    readAgain: async (origin, rows) => [readMasterAgain(origin, { ...mapping, ...rows })],
    ensureSubscribed: (notificationUrl) =>
      ensureSubscriptions({ api, clock: platform.clock, notificationUrl, clientState }),
    close: async () => {
      await Promise.all([http.close(), open.http.close()]);
    },
  };
}

interface BusinessCentralErpParts {
  readonly mapping: BusinessCentralMapping;
  readonly platform: Pick<Platform, 'telemetry'>;
  readonly sales?: SalesLedger;
  readonly orders?: SalesOrderBook;
  readonly journal?: JournalLedger;
}

class BusinessCentralErp implements Erp {
  readonly system: string;
  readonly sales?: SalesLedger;
  readonly orders?: SalesOrderBook;
  readonly journal?: JournalLedger;
  readonly #api: BusinessCentralApi;
  readonly #mapping: BusinessCentralMapping;
  readonly #platform: Pick<Platform, 'telemetry'>;

  constructor(api: BusinessCentralApi, { mapping, platform, sales, orders, journal }: BusinessCentralErpParts) {
    this.system = api.system;
    this.#api = api;
    this.#mapping = mapping;
    this.#platform = platform;
    if (sales) this.sales = sales;
    if (orders) this.orders = orders;
    if (journal) this.journal = journal;
  }

  async lookUpItems(skus: readonly string[]): Promise<ReadonlyMap<string, ItemRecorded>> {
    invariant(skus.length <= ITEMS_PER_LOOK_UP_MAX, 'A look-up has more than ITEMS_PER_LOOK_UP_MAX SKUs.');
    if (skus.length === 0) return new Map();
    const items = this.#readable(await readItems(this.#api, skus));
    return new Map(items.map((item) => [item.sku, item]));
  }

  async listItems(
    after: string | undefined,
  ): Promise<{ readonly items: readonly ItemRecorded[]; readonly next?: string }> {
    const filter = after === undefined ? {} : { filter: `number gt '${after.replaceAll("'", "''")}'` };
    const [rows = []] = await this.#api.query({
      set: 'items',
      ...filter,
      orderBy: 'number',
      top: ITEMS_PER_LOOK_UP_MAX,
    });
    const items = this.#readable(await withRelated(this.#api, rows));
    const last = textOf(rows.at(-1), 'number');
    return { items, ...(rows.length === ITEMS_PER_LOOK_UP_MAX && { next: last }) };
  }

  async listLocations(): Promise<readonly LocationRecorded[]> {
    const [rows = []] = await this.#api.query({ set: 'locations' });
    return rows.flatMap((row) => this.#unlessUnreadable(() => locationOfRow(row, this.#mapping)));
  }

  #readable(items: readonly ItemRows[]): readonly ItemRecorded[] {
    return items.flatMap((item) => this.#unlessUnreadable(() => itemOfRows(item, this.#mapping)));
  }

  /** The feed brings the same row to the quarantine; here it is only left out, and said so. */
  #unlessUnreadable<Row>(read: () => Row): readonly Row[] {
    try {
      return [read()];
    } catch (error) {
      const { telemetry } = this.#platform;
      telemetry.log('warn', 'A row of the ERP cannot be read.', {
        system: this.system,
        reason: unreadableReason(error),
      });
      telemetry.count('unreadable_rows_total', { system: this.system });
      return [];
    }
  }
}
