import { skuId } from '../../../kernel/model/codes.ts';
import type { Balance, BalancePage, BalanceSource } from '../../runtime/balance-source.ts';
import { mapped, reversed } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { StockRow } from './ship-hero-events.ts';
import type { ShipHeroMapping } from './ship-hero-mapping.ts';
import type { ShipHeroStock } from './ship-hero-stock.ts';

/** Between the warehouse and the SKU after which a page begins; no warehouse code holds it. */
const SEPARATOR = '\n';

/** What may be sold of what lies in the warehouses, by the statuses of its bins. */
export class ShipHeroBalances implements BalanceSource {
  readonly figure = 'SELLABLE';
  readonly locations: readonly string[];
  readonly #stock: ShipHeroStock;
  readonly #mapping: ShipHeroMapping;
  readonly #warehouses: ReadonlyMap<string, readonly string[]>;

  constructor(stock: ShipHeroStock, mapping: ShipHeroMapping) {
    this.#stock = stock;
    this.#mapping = mapping;
    this.#warehouses = reversed(mapping.locations);
    this.locations = [...this.#warehouses.keys()];
  }

  /** The warehouses of a location one after the other. */
  async list(location: string, after: string | undefined): Promise<BalancePage> {
    const warehouses = this.#warehouses.get(location) ?? [];
    const [at = warehouses[0] ?? '', sku = ''] = after?.split(SEPARATOR) ?? [];
    const { rows, asOfMs, next } = await this.#stock.pageOf(at, sku);
    const following = warehouses[warehouses.indexOf(at) + 1];
    const place = next === undefined ? following && [following, ''] : [at, next];
    const balances = rows.map((row) => this.#balanceOf(row));
    return { asOfMs, balances, ...(place && { next: place.join(SEPARATOR) }) };
  }

  async lookUp(location: string, skus: readonly string[]): Promise<BalancePage> {
    const { rows, asOfMs } = await this.#stock.ofSkus(skus);
    const there = rows.filter(({ warehouse }) => this.#mapping.locations[warehouse] === location);
    return { asOfMs, balances: there.map((row) => this.#balanceOf(row)) };
  }

  #balanceOf({ sku, bins }: StockRow): Balance {
    const { statuses } = this.#mapping;
    const sellable = bins.filter(({ status }) => mapped(statuses, status, 'stock status') === 'SELLABLE');
    const sum = sellable.reduce((total, { quantity }) => total + Number(decimalText(quantity, 'quantity')), 0);
    return { sku: skuId(sku), quantity: decimalText(sum, 'quantity') };
  }
}
