import { Type, type Static } from '@sinclair/typebox';
import { skuId } from '../../../kernel/model/codes.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Balance, BalancePage, BalanceSource } from '../../runtime/balance-source.ts';
import { reversed, type LocationMapping } from '../../runtime/code-mapping.ts';
import { decimalText, roundedMinorUnits } from '../../runtime/exact-decimal.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import type { Domain, RecordId, TrytonApi } from './tryton-api.ts';
import { wireDate } from './wire-values.ts';

export interface TrytonBalanceParts {
  readonly api: TrytonApi;
  readonly clock: Clock;
  /** Codes of warehouses, each with the id of the hub's location. */
  readonly locations: LocationMapping;
}

const Warehouse = Type.Object({
  storage_location: Type.Integer(),
  input_location: Type.Integer(),
  output_location: Type.Integer(),
});
const OnHand = Type.Object({
  code: Type.String(),
  quantity: Type.Union([Type.Number(), Type.Null()]),
  cost_price: Type.Union([Type.String(), Type.Null()]),
});
const Company = Type.Object({ 'currency.': Type.Object({ code: Type.String() }) });
const PRODUCTS_PER_PAGE = 500;

/**
 * What lies in the warehouses of a Tryton today, whatever its condition: goods that came in, lie in storage or are picked
 * and have not left. Lost goods are in none. Its clock is that of the hub, and it knows days and not instants.
 */
export class TrytonBalances implements BalanceSource {
  readonly figure = 'ON_HAND';
  readonly locations: readonly string[];
  readonly #parts: TrytonBalanceParts;
  readonly #codes: ReadonlyMap<string, readonly string[]>;
  /** By location. Zones are seldom laid out anew, and never while a hub is connected. */
  readonly #zones = new Map<string, Promise<readonly RecordId[]>>();
  #currency: Promise<string> | undefined;

  constructor(parts: TrytonBalanceParts) {
    this.#parts = parts;
    this.#codes = reversed(parts.locations);
    this.locations = [...this.#codes.keys()];
  }

  list(location: string, after: string | undefined): Promise<BalancePage> {
    return this.#read(location, after === undefined ? [['code', '!=', null]] : [['code', '>', after]]);
  }

  async lookUp(location: string, skus: readonly string[]): Promise<BalancePage> {
    const { next: _, ...page } = await this.#read(location, [['code', 'in', [...skus]]]);
    return page;
  }

  async #read(location: string, domain: Domain): Promise<BalancePage> {
    const { api, clock } = this.#parts;
    const zones = await kept(this.#zones, location, () => this.#zonesOf(location));
    const currency = await (this.#currency ??= this.#readCurrency());
    const asOfMs = clock.nowMs();
    const today = wireDate(new Date(asOfMs).toISOString().slice(0, 10));
    const rows = await api.search(
      'product.product',
      {
        domain: [...domain, ['type', '=', 'goods']],
        fields: ['code', 'quantity', 'cost_price'],
        order: [['code', 'ASC']],
        limit: PRODUCTS_PER_PAGE,
        context: { locations: zones, with_childs: true, stock_date_end: today, active_test: false },
      },
      OnHand,
    );
    const last = rows.at(-1)?.code;
    const balances = rows.filter(({ quantity }) => quantity !== null && quantity !== 0);
    return {
      asOfMs,
      balances: balances.map((row) => balanceOf(row, currency)),
      ...(rows.length === PRODUCTS_PER_PAGE && last !== undefined && { next: last }),
    };
  }

  async #zonesOf(location: string): Promise<readonly RecordId[]> {
    const { api } = this.#parts;
    const codes = this.#codes.get(location) ?? [];
    const fields = ['storage_location', 'input_location', 'output_location'];
    const domain = [
      ['type', '=', 'warehouse'],
      ['code', 'in', [...codes]],
    ];
    const rows = await api.search('stock.location', { domain, fields }, Warehouse);
    const zones = rows.flatMap(({ storage_location: storage, input_location: input, output_location: output }) => [
      storage,
      input,
      output,
    ]);
    if (zones.length > 0) return [...new Set(zones)];
    throw new UpstreamRejected(api.system, { status: 404, words: `There is no warehouse for ${location}.` });
  }

  async #readCurrency(): Promise<string> {
    const { api } = this.#parts;
    try {
      const domain = [['id', '=', Number((await api.preferences())['company'])]];
      const [company] = await api.search('company.company', { domain, fields: ['currency.code'] }, Company);
      if (company) return company['currency.'].code;
      throw new UpstreamRejected(api.system, { status: 403, words: 'The user belongs to no company.' });
    } catch (error) {
      this.#currency = undefined;
      throw error;
    }
  }
}

function balanceOf({ code, quantity, cost_price: cost }: Static<typeof OnHand>, currencyCode: string): Balance {
  const amountMinor = roundedMinorUnits(cost ?? '0', currencyCode, 'cost price');
  return {
    sku: skuId(code),
    quantity: decimalText(quantity ?? 0, 'quantity'),
    // Zero means that nobody has said.
    ...(amountMinor !== 0 && { unitCost: { amountMinor, currencyCode } }),
  };
}

/** Read once; what failed is read again. */
function kept<Value>(known: Map<string, Promise<Value>>, key: string, read: () => Promise<Value>): Promise<Value> {
  const found = known.get(key);
  if (found) return found;
  const reading = read().catch((error: unknown) => {
    known.delete(key);
    throw error;
  });
  known.set(key, reading);
  return reading;
}
