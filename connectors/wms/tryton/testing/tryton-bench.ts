import { Type } from '@sinclair/typebox';
import { SystemClock } from '../../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../../kernel/ports/silent-telemetry.ts';
import type { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import type { TrytonUnderTest } from '../../../systems/tryton/testing/config.ts';
import { TrytonApi, type RecordId } from '../../../systems/tryton/tryton-api.ts';
import { wireDecimal } from '../../../systems/tryton/wire-values.ts';
import { consigneeOf, draftShipment, productsOf, SHIPMENT, shipmentsOf, startShipments } from '../tryton-shipments.ts';
import type { TrytonWarehouse } from '../tryton-warehouses.ts';
import { TrytonWarehouses } from '../tryton-warehouses.ts';

type Place = 'supplier' | 'storage' | 'lost';
const Id = Type.Object({ id: Type.Integer() });
const Dated = Type.Object({
  id: Type.Integer(),
  create_date: Type.String(),
  write_date: Type.Union([Type.String(), Type.Null()]),
});
const Text = Type.String();
const Addressed = Type.Object({
  'delivery_address.': Type.Object({
    party_name: Type.Union([Text, Type.Null()]),
    street: Text,
    postal_code: Text,
    city: Text,
  }),
});
const Picking = Type.Object({
  id: Type.Integer(),
  'inventory_moves.': Type.Array(Type.Object({ id: Type.Integer(), 'product.': Type.Object({ code: Type.String() }) })),
});

/** People at work in the first warehouse of the Tryton of the tests. */
export class TrytonBench {
  readonly #api: TrytonApi;
  readonly #tryton: TrytonUnderTest;
  readonly #warehouse: TrytonWarehouse;
  #firstWork = 0;

  private constructor(api: TrytonApi, tryton: TrytonUnderTest, warehouse: TrytonWarehouse) {
    this.#api = api;
    this.#tryton = tryton;
    this.#warehouse = warehouse;
  }

  static async open(tryton: TrytonUnderTest): Promise<TrytonBench> {
    const clock = new SystemClock();
    const api = new TrytonApi({ ...tryton, system: 'bench', platform: { clock, telemetry: silentTelemetry } });
    const mapping = { locations: { 'DC-NORTH': 'NORTH' }, lost: 'LOST', found: 'FOUND' } as const;
    const warehouse = await new TrytonWarehouses(api, mapping, clock).at('NORTH');
    return new TrytonBench(api, tryton, warehouse);
  }

  close(): Promise<void> {
    return this.#api.close();
  }

  /** Orders of the suites of contracts have fixed names: those of the test before are renamed. */
  async clearOrders(): Promise<void> {
    const rows = await this.#search(SHIPMENT, [['reference', 'like', 'order-%']]);
    for (const id of rows) {
      const params = [[id], { reference: `past-${id}` }];
      await this.#api.call({ method: `model.${SHIPMENT}.write`, params, isIdempotent: true });
    }
    this.#firstWork = Math.max(0, ...(await this.#search(SHIPMENT, [])));
  }

  async workCount(): Promise<number> {
    return (await this.#search(SHIPMENT, [['id', '>', this.#firstWork]])).length;
  }

  shipmentsOf(order: string): Promise<readonly object[]> {
    return shipmentsOf(this.#api, order);
  }

  /** Where an order's first shipment goes. A Tryton that knows no countries sends at home. */
  async shipToOf(order: string): Promise<ParcelAddress | undefined> {
    const fields = ['party_name', 'street', 'postal_code', 'city'].map((field) => `delivery_address.${field}`);
    const asked = { domain: [['reference', '=', order]], fields, limit: 1 };
    const [shipment] = await this.#api.search(SHIPMENT, asked, Addressed);
    if (!shipment) return undefined;
    const { party_name: name, street, postal_code: postalCode, city } = shipment['delivery_address.'];
    return name === null ? undefined : { name, street, postalCode, city, country: 'GB' };
  }

  /** Presses buttons of an order's first shipment. */
  async work(order: string, buttons: readonly string[]): Promise<void> {
    const [shipment] = await shipmentsOf(this.#api, order);
    if (!shipment) throw new Error(`There is no shipment for ${order}.`);
    for (const button of buttons) await this.#api.press(SHIPMENT, button, [shipment.id]);
  }

  /** Picks an order and finds only so many of a SKU. */
  async pickShort(order: string, found: Readonly<Record<string, number>>): Promise<void> {
    // What stock was taken for is not changed any more until it is given back.
    await this.work(order, ['wait']);
    const asked = { domain: [['reference', '=', order]], fields: ['inventory_moves.product.code'] };
    const [shipment] = await this.#api.search(SHIPMENT, asked, Picking);
    for (const move of shipment?.['inventory_moves.'] ?? []) {
      const quantity = found[move['product.'].code];
      if (quantity === undefined) continue;
      const params = [[move.id], { quantity }];
      await this.#api.call({ method: 'model.stock.move.write', params, isIdempotent: true });
    }
    await this.work(order, ['pick']);
  }

  /** A sale that the hub knows nothing of leaves the warehouse. */
  async sellBeside(sku: string, quantity: number): Promise<void> {
    const lines = [{ orderLine: '1', sku, quantity: String(quantity) }];
    const consignee = await consigneeOf(this.#api, this.#tryton.customer);
    const products = await productsOf(this.#api, lines);
    const draft = { reference: 'own-sale', warehouse: this.#warehouse, consignee, lines, products };
    const id = await draftShipment(this.#api, draft);
    await startShipments(this.#api, [id]);
    for (const button of ['pick', 'pack', 'done']) await this.#api.press(SHIPMENT, button, [id]);
  }

  async move(sku: string, quantity: number, way: { readonly from: Place; readonly to: Place }): Promise<void> {
    const products = await productsOf(this.#api, [{ orderLine: '1', sku, quantity: '1' }]);
    const { currency, company } = await consigneeOf(this.#api, this.#tryton.customer);
    const values = {
      product: products.get(sku)?.id,
      uom: products.get(sku)?.unit,
      quantity,
      from_location: await this.#place(way.from),
      to_location: await this.#place(way.to),
      company,
      currency,
      unit_price: wireDecimal('1'),
    };
    const ids = await this.#api.create('stock.move', [values]);
    await this.#api.press('stock.move', 'do', ids);
  }

  async count(found: Readonly<Record<string, number>>): Promise<void> {
    const skus = Object.keys(found);
    const products = await productsOf(
      this.#api,
      skus.map((sku) => ({ orderLine: sku, sku, quantity: '1' })),
    );
    const lines = skus.map((sku) => ({ product: products.get(sku)?.id, quantity: found[sku] }));
    const values = { location: this.#warehouse.storage, company: this.#tryton.company, lines: [['create', lines]] };
    const ids = await this.#api.create('stock.inventory', [values]);
    await this.#api.press('stock.inventory', 'confirm', ids);
  }

  async onHand(sku: string): Promise<number> {
    const context = { locations: [this.#warehouse.storage], with_childs: true };
    const asked = { domain: [['code', '=', sku]], fields: ['quantity'], context };
    const [product] = await this.#api.search('product.product', asked, Type.Object({ quantity: Type.Number() }));
    return product?.quantity ?? 0;
  }

  /** The newest instant that a feed of stock would have reached. */
  async latestMs(): Promise<number> {
    const latest = await Promise.all(
      ['stock.move', SHIPMENT, 'stock.inventory'].map(async (model) => {
        const fields = ['create_date', 'write_date'];
        const rows = await this.#api.search(model, { domain: [], fields }, Dated);
        return Math.max(0, ...rows.map((row) => Date.parse(row.write_date ?? row.create_date)));
      }),
    );
    return Math.max(...latest);
  }

  async #place(place: Place): Promise<RecordId> {
    if (place === 'storage') return this.#warehouse.storage;
    const type = place === 'supplier' ? 'supplier' : 'lost_found';
    const [id] = await this.#search('stock.location', [['type', '=', type]]);
    return id as RecordId;
  }

  async #search(model: string, domain: readonly unknown[]): Promise<readonly RecordId[]> {
    return (await this.#api.search(model, { domain, fields: ['id'] }, Id)).map(({ id }) => id);
  }
}
