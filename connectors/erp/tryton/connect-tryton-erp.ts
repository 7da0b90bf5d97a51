import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ItemRecorded, LocationRecorded } from '../../../schema/events/inbox.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import { unreadableReason } from '../../runtime/unreadable.ts';
import { TrytonBalances } from '../../systems/tryton/tryton-balances.ts';
import { TrytonApi, type Domain, type TrytonOptions } from '../../systems/tryton/tryton-api.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { ITEMS_PER_LOOK_UP_MAX, type Erp } from '../port.ts';
import { journalHandlers } from '../journal-handlers.ts';
import type { JournalLedger } from '../journal-ledger.ts';
import { salesHandlers } from '../sales-handlers.ts';
import type { SalesLedger } from '../sales-ledger.ts';
import { TrytonBooks, type TrytonBooksOptions } from './tryton-books.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';
import { AnyItem, ITEM_FIELDS, itemOf } from './tryton-item.ts';
import { AnyLocation, LOCATION_FIELDS, LOCATION_MODEL, locationOf, WAREHOUSES } from './tryton-location.ts';
import { readTrytonMasterAgain, trytonMasterFeeds } from './tryton-master-feeds.ts';
import { TrytonSales, type TrytonSalesOptions } from './tryton-sales.ts';

export interface TrytonErpOptions extends TrytonOptions {
  readonly mapping: TrytonErpMapping;
  /** How what stores sold is posted. Absent: it is not. */
  readonly sales?: TrytonSalesOptions;
  /** How returns are posted. Absent: they are not. */
  readonly books?: TrytonBooksOptions;
  /** The hub's locations whose stock in Tryton is compared with the ledger. Absent: none. */
  readonly comparedLocations?: readonly string[];
}

/** The sale of a store's day has hundreds of lines, which Tryton works through in one call. */
const SALES_LIMITS: Partial<HttpLimits> = { attemptTimeoutMs: 180_000, callTimeoutMs: 400_000 };

/** Tryton as the owner of items, prices and locations. It sends no webhooks. */
export function connectTrytonErp(options: TrytonErpOptions): PolledConnection<Erp> {
  const api = new TrytonApi(options);
  const slow = options.sales && new TrytonApi({ ...options, limits: { ...SALES_LIMITS, ...options.limits } });
  const sales = slow && options.sales && new TrytonSales(slow, options.mapping, options.sales);
  const { mapping, platform, books } = options;
  const journal = books && new TrytonBooks(api, { options: books, currency: mapping.companyCurrency });
  const ledgers = { ...(sales && { sales }), ...(journal && { journal }) };
  const commands = { ...(sales && salesHandlers(sales)), ...(journal && journalHandlers(journal)) };
  return {
    port: new TrytonErp(api, { mapping, platform, ...ledgers }),
    ...((sales || journal) && { commands }),
    ...(options.comparedLocations && { balances: balancesOf(api, options, options.comparedLocations) }),
    feeds: trytonMasterFeeds(api, options.mapping),
    mapping: options.mapping,
    readAgain: async (origin, rows) => readTrytonMasterAgain(origin, { ...options.mapping, ...rows }),
    close: async () => {
      await Promise.all([api.close(), slow?.close()]);
    },
  };
}

/** As the mapping is when the hub connects. */
function balancesOf(
  api: TrytonApi,
  { mapping, platform: { clock } }: Pick<TrytonErpOptions, 'mapping' | 'platform'>,
  compared: readonly string[],
): TrytonBalances {
  const locations = Object.entries(mapping.warehouses).flatMap(([code, { location }]) =>
    compared.includes(location) ? [[code, location] as const] : [],
  );
  return new TrytonBalances({ api, clock, locations: Object.fromEntries(locations) });
}

class TrytonErp implements Erp {
  readonly system: string;
  readonly sales?: SalesLedger;
  readonly journal?: JournalLedger;
  readonly #api: TrytonApi;
  readonly #mapping: TrytonErpMapping;
  readonly #platform: Pick<Platform, 'telemetry'>;

  constructor(
    api: TrytonApi,
    parts: {
      readonly mapping: TrytonErpMapping;
      readonly platform: Pick<Platform, 'telemetry'>;
      readonly sales?: SalesLedger;
      readonly journal?: JournalLedger;
    },
  ) {
    this.system = api.system;
    this.#api = api;
    this.#mapping = parts.mapping;
    this.#platform = parts.platform;
    if (parts.sales) this.sales = parts.sales;
    if (parts.journal) this.journal = parts.journal;
  }

  async lookUpItems(skus: readonly string[]): Promise<ReadonlyMap<string, ItemRecorded>> {
    invariant(skus.length <= ITEMS_PER_LOOK_UP_MAX, 'A look-up has more than ITEMS_PER_LOOK_UP_MAX SKUs.');
    if (skus.length === 0) return new Map();
    const rows = await this.#items([['code', 'in', [...skus]]]);
    const items = rows.flatMap((row) => this.#unlessUnreadable(() => itemOf(row, this.#mapping)));
    return new Map(items.map((item) => [item.sku, item]));
  }

  async listItems(
    after: string | undefined,
  ): Promise<{ readonly items: readonly ItemRecorded[]; readonly next?: string }> {
    const domain = after === undefined ? [['code', '!=', null]] : [['code', '>', after]];
    const rows = await this.#items(domain);
    const items = rows.flatMap((row) => this.#unlessUnreadable(() => itemOf(row, this.#mapping)));
    const last = rows.at(-1)?.code;
    return { items, ...(rows.length === ITEMS_PER_LOOK_UP_MAX && last != null && { next: last }) };
  }

  async listLocations(): Promise<readonly LocationRecorded[]> {
    const asked = { domain: [WAREHOUSES], fields: LOCATION_FIELDS };
    const rows = await this.#api.search(LOCATION_MODEL, asked, AnyLocation);
    return rows.flatMap((row) => this.#unlessUnreadable(() => locationOf(row, this.#mapping)));
  }

  #items(domain: Domain): Promise<readonly AnyItem[]> {
    const order = [['code', 'ASC']] as const;
    const asked = { domain, fields: ITEM_FIELDS, order, limit: ITEMS_PER_LOOK_UP_MAX };
    return this.#api.search('product.product', asked, AnyItem);
  }

  /** The feed brings the same row to the quarantine; here it is only left out, and said so. */
  #unlessUnreadable<Row>(read: () => Row): readonly Row[] {
    try {
      return [read()];
    } catch (error) {
      const { telemetry } = this.#platform;
      const reason = unreadableReason(error);
      telemetry.log('warn', 'A row of the ERP cannot be read.', { system: this.system, reason });
      telemetry.count('unreadable_rows_total', { system: this.system });
      return [];
    }
  }
}
