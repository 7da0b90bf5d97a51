import { Type } from '@sinclair/typebox';
import { SystemClock } from '../../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../../kernel/ports/silent-telemetry.ts';
import type { TrytonUnderTest } from '../../../systems/tryton/testing/config.ts';
import { TrytonApi, type RecordId } from '../../../systems/tryton/tryton-api.ts';
import { wireDate, wireDecimal } from '../../../systems/tryton/wire-values.ts';
import { consigneeOf, productsOf } from '../tryton-shipments.ts';

const Numbered = Type.Object({ id: Type.Integer(), number: Type.Union([Type.String(), Type.Null()]) });
const Id = Type.Object({ id: Type.Integer() });

export interface TradedLine {
  readonly sku: string;
  readonly quantity: number;
  /** In major units. */
  readonly unitPrice: string;
}

/** People who buy, sell and move goods in the Tryton of the tests, without the hub. */
export class TrytonTrade {
  readonly #api: TrytonApi;
  readonly #tryton: TrytonUnderTest;

  constructor(tryton: TrytonUnderTest) {
    const clock = new SystemClock();
    this.#api = new TrytonApi({ ...tryton, system: 'trade', platform: { clock, telemetry: silentTelemetry } });
    this.#tryton = tryton;
  }

  close(): Promise<void> {
    return this.#api.close();
  }

  /** Goods go from the storage of one warehouse to that of another, straight or over days. @returns the number */
  async startTransfer(
    line: Omit<TradedLine, 'unitPrice'>,
    { from, to, isOverDays }: { readonly from: number; readonly to: number; readonly isOverDays: boolean },
  ): Promise<{ readonly id: RecordId; readonly number: string }> {
    const { company } = this.#tryton;
    const [source, target] = [this.#storage(from), this.#storage(to)];
    const product = (await productsOf(this.#api, [{ orderLine: '1', sku: line.sku, quantity: '1' }])).get(line.sku);
    const move = {
      product: product?.id,
      uom: product?.unit,
      quantity: line.quantity,
      from_location: source,
      to_location: target,
      company,
    };
    const [today, tomorrow] = [0, 86_400_000].map((laterMs) => dayAfter(laterMs));
    const values = {
      company,
      from_location: source,
      to_location: target,
      planned_start_date: today,
      planned_date: isOverDays ? tomorrow : today,
      moves: [['create', [move]]],
    };
    const [id] = await this.#api.create('stock.shipment.internal', [values]);
    await this.press('stock.shipment.internal', id as RecordId, ['wait', 'assign_force']);
    return { id: id as RecordId, number: await this.#numberOf('stock.shipment.internal', id as RecordId) };
  }

  /** Confirmed, so that its goods are to come. @returns its id and number */
  async buy(
    lines: readonly (TradedLine & { readonly expectedOn?: string })[],
  ): Promise<{ readonly id: RecordId; readonly number: string }> {
    const [party] = await this.#api.create('party.party', [{ name: 'A supplier', addresses: [['create', [{}]]] }]);
    const extra = (line: (typeof lines)[number]) =>
      line.expectedOn === undefined ? {} : { delivery_date_edit: true, delivery_date_store: wireDate(line.expectedOn) };
    const created = await this.#document('purchase.purchase', { party: party as RecordId, lines, extra });
    await this.press('purchase.purchase', created, ['quote', 'confirm', 'process']);
    return { id: created, number: await this.#numberOf('purchase.purchase', created) };
  }

  /** Everything of a purchase comes in. */
  async receive(purchase: RecordId): Promise<void> {
    const [order] = await this.#api.search(
      'purchase.purchase',
      { domain: [['id', '=', purchase]], fields: ['party', 'moves'] },
      Type.Object({ party: Type.Integer(), moves: Type.Array(Type.Integer()) }),
    );
    const values = {
      company: this.#tryton.company,
      supplier: order?.party,
      warehouse: this.#tryton.warehouses[0]?.id,
      incoming_moves: [['add', order?.moves ?? []]],
    };
    const [id] = await this.#api.create('stock.shipment.in', [values]);
    await this.press('stock.shipment.in', id as RecordId, ['receive', 'done']);
  }

  /** Sold to the customer and shipped; negative quantities are taken back. @returns the number of the sale */
  async sell(lines: readonly TradedLine[], more: { readonly reference?: string } = {}): Promise<string> {
    const { customer } = this.#tryton;
    const id = await this.#document('sale.sale', { party: customer, lines, values: more });
    await this.press('sale.sale', id, ['quote', 'confirm', 'process']);
    const [sale] = await this.#api.search(
      'sale.sale',
      { domain: [['id', '=', id]], fields: ['number', 'shipments', 'shipment_returns'] },
      Type.Object({
        number: Type.String(),
        shipments: Type.Array(Type.Integer()),
        shipment_returns: Type.Array(Type.Integer()),
      }),
    );
    for (const shipment of sale?.shipments ?? [])
      await this.press('stock.shipment.out', shipment, ['assign_force', 'pick', 'pack', 'done']);
    for (const shipment of sale?.shipment_returns ?? [])
      await this.press('stock.shipment.out.return', shipment, ['receive', 'done']);
    return sale?.number ?? '';
  }

  /** What no button does. */
  async call(method: string, params: readonly unknown[]): Promise<void> {
    await this.#api.call({ method, params, isIdempotent: true });
  }

  async press(model: string, id: RecordId, buttons: readonly string[]): Promise<void> {
    for (const button of buttons) await this.#api.press(model, button, [id]);
  }

  async #document(
    model: 'purchase.purchase' | 'sale.sale',
    asked: {
      readonly party: RecordId;
      readonly lines: readonly TradedLine[];
      readonly extra?: (line: TradedLine) => object;
      readonly values?: object;
    },
  ): Promise<RecordId> {
    const { party, lines, extra = () => ({}), values = {} } = asked;
    const { currency } = await consigneeOf(this.#api, this.#tryton.customer);
    const address = await this.#first('party.address', [['party', '=', party]]);
    const products = await productsOf(
      this.#api,
      lines.map(({ sku }) => ({ orderLine: sku, sku, quantity: '1' })),
    );
    const rows = lines.map((line) => ({
      type: 'line',
      product: products.get(line.sku)?.id,
      unit: products.get(line.sku)?.unit,
      quantity: line.quantity,
      unit_price: wireDecimal(line.unitPrice),
      ...extra(line),
    }));
    const [id] = await this.#api.create(model, [
      {
        company: this.#tryton.company,
        party,
        currency,
        warehouse: this.#tryton.warehouses[0]?.id,
        invoice_address: address,
        ...(model === 'sale.sale' && { shipment_address: address }),
        ...values,
        lines: [['create', rows]],
      },
    ]);
    return id as RecordId;
  }

  #storage(warehouse: number): RecordId | undefined {
    return this.#tryton.warehouses[warehouse]?.storage;
  }

  async #numberOf(model: string, id: RecordId): Promise<string> {
    const [row] = await this.#api.search(model, { domain: [['id', '=', id]], fields: ['number'] }, Numbered);
    return row?.number ?? '';
  }

  async #first(model: string, domain: readonly unknown[]): Promise<RecordId | undefined> {
    return (await this.#api.search(model, { domain, fields: ['id'], limit: 1 }, Id))[0]?.id;
  }
}

function dayAfter(laterMs: number): unknown {
  return wireDate(new Date(new SystemClock().nowMs() + laterMs).toISOString().slice(0, 10));
}
