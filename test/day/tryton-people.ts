import { Type } from '@sinclair/typebox';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import type { TrytonUnderTest } from '../../connectors/systems/tryton/testing/config.ts';
import { TrytonApi, type RecordId } from '../../connectors/systems/tryton/tryton-api.ts';
import { wireDate, wireDecimal } from '../../connectors/systems/tryton/wire-values.ts';
import { consigneeOf, productsOf, SHIPMENT } from '../../connectors/wms/tryton/tryton-shipments.ts';

const Id = Type.Object({ id: Type.Integer() });
const OnHand = Type.Object({ code: Type.String(), quantity: Type.Union([Type.Number(), Type.Null()]) });
const SKUS_PER_QUESTION = 500;
const DAY_LENGTH = 10;
/** People wait for what they have asked for. */
const PATIENCE = { attemptTimeoutMs: 300_000, callTimeoutMs: 600_000 };

/** People at work with a Tryton, by its own screens: nothing of the hub is between them and it. */
export class TrytonPeople {
  readonly #api: TrytonApi;
  readonly #tryton: TrytonUnderTest;

  constructor(tryton: TrytonUnderTest) {
    const platform = { clock: new SystemClock(), telemetry: silentTelemetry };
    this.#api = new TrytonApi({ ...tryton, system: 'people', limits: PATIENCE, platform });
    this.#tryton = tryton;
  }

  close(): Promise<void> {
    return this.#api.close();
  }

  /** Picks, packs and ships what stands ready in a warehouse. @returns how many shipments */
  async shipReady(warehouse: string): Promise<number> {
    const { id } = this.#warehouse(warehouse);
    const ready = await this.#find(SHIPMENT, [
      ['warehouse', '=', id],
      ['state', '=', 'assigned'],
    ]);
    for (const shipment of ready) {
      for (const button of ['pick', 'pack', 'done']) await this.#api.press(SHIPMENT, button, [shipment]);
    }
    return ready.length;
  }

  /** Shipments of a warehouse by their reference: as many as bear it, and the states that they are in. */
  async shipments(warehouse: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const Row = Type.Object({ reference: Type.Union([Type.String(), Type.Null()]), state: Type.String() });
    const domain = [['warehouse', '=', this.#warehouse(warehouse).id]];
    const rows = await this.#api.search(SHIPMENT, { domain, fields: ['reference', 'state'] }, Row);
    const byReference = Map.groupBy(rows, ({ reference }) => reference ?? '');
    return new Map([...byReference].map(([reference, own]) => [reference, own.map(({ state }) => state)]));
  }

  /** References of the sales that move goods and money, and begin with this; once for each sale. */
  async salesOf(beginning: string): Promise<readonly string[]> {
    const domain = [
      ['reference', 'like', `${beginning}%`],
      ['state', 'in', ['confirmed', 'processing', 'done']],
    ];
    const Row = Type.Object({ reference: Type.String() });
    const rows = await this.#api.search('sale.sale', { domain, fields: ['reference'] }, Row);
    return rows.map(({ reference }) => reference);
  }

  /** Pieces are gone from a warehouse. */
  async writeOff(
    warehouse: string,
    { sku, quantity }: { readonly sku: string; readonly quantity: number },
  ): Promise<void> {
    const products = await productsOf(this.#api, [{ orderLine: '1', sku, quantity: '1' }]);
    const { currency, company } = await consigneeOf(this.#api, this.#tryton.customer);
    const [lost] = await this.#find('stock.location', [['type', '=', 'lost_found']]);
    const values = {
      product: products.get(sku)?.id,
      uom: products.get(sku)?.unit,
      quantity,
      from_location: this.#warehouse(warehouse).storage,
      to_location: lost,
      company,
      currency,
      unit_price: wireDecimal('0'),
    };
    const moves = await this.#api.create('stock.move', [values]);
    await this.#api.press('stock.move', 'do', moves);
  }

  /** Somebody counts a shelf and confirms what was found. */
  async count(
    warehouse: string,
    { sku, quantity }: { readonly sku: string; readonly quantity: number },
  ): Promise<void> {
    const products = await productsOf(this.#api, [{ orderLine: '1', sku, quantity: '1' }]);
    const lines = [['create', [{ product: products.get(sku)?.id, quantity }]]];
    const { storage: location } = this.#warehouse(warehouse);
    const ids = await this.#api.create('stock.inventory', [{ location, company: this.#tryton.company, lines }]);
    await this.#api.press('stock.inventory', 'confirm', ids);
  }

  /** What lies in a warehouse, by SKU. */
  async stockOf(warehouse: string, skus: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const stock_date_end = wireDate(new Date().toISOString().slice(0, DAY_LENGTH));
    const context = { locations: [this.#warehouse(warehouse).storage], with_childs: true, stock_date_end };
    const stock = new Map<string, number>();
    for (let from = 0; from < skus.length; from += SKUS_PER_QUESTION) {
      const domain = [['code', 'in', skus.slice(from, from + SKUS_PER_QUESTION)]];
      const rows = await this.#api.search('product.product', { domain, fields: ['code', 'quantity'], context }, OnHand);
      for (const { code, quantity } of rows) stock.set(code, quantity ?? 0);
    }
    return stock;
  }

  #warehouse(code: string): TrytonUnderTest['warehouses'][number] {
    const found = this.#tryton.warehouses.find((warehouse) => warehouse.code === code);
    if (!found) throw new Error(`There is no warehouse ${code}.`);
    return found;
  }

  async #find(model: string, domain: readonly unknown[]): Promise<readonly RecordId[]> {
    return (await this.#api.search(model, { domain, fields: ['id'] }, Id)).map(({ id }) => id);
  }
}
