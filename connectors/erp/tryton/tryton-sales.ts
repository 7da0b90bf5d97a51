import { Type, type Static } from '@sinclair/typebox';
import type { PostSales, PostSalesReply } from '../../../schema/commands/sales.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { Domain, RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wireDate } from '../../systems/tryton/wire-values.ts';
import { registersOfLines } from '../sales-document.ts';
import type { PostedSales, SalesLedger } from '../sales-ledger.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';
import { moveGoods } from './tryton-sale-goods.ts';
import { readSaleLine, SALE_LINE_FIELDS, SaleLineRow, saleLinesOf } from './tryton-sale-lines.ts';
import { batchOfSaleReference, saleReferenceOf, saleReferencePrefix } from './tryton-sale-reference.ts';

export interface TrytonSalesOptions {
  /** The party that buys in stores. */
  readonly customer: RecordId;
}

const SALE = 'sale.sale';
const Id = Type.Object({ id: Type.Integer() });
const Ids = Type.Array(Type.Integer());
const SaleRow = Type.Object({
  id: Type.Integer(),
  number: Type.Union([Type.String(), Type.Null()]),
  state: Type.String(),
  shipments: Ids,
  shipment_returns: Ids,
});
type SaleRow = Static<typeof SaleRow>;
const Shipments = Type.Optional(Type.Array(Type.Object({ state: Type.String() })));
const PostedRow = Type.Object({
  number: Type.Union([Type.String(), Type.Null()]),
  reference: Type.String(),
  'lines.': Type.Optional(Type.Array(SaleLineRow)),
  'shipments.': Shipments,
  'shipment_returns.': Shipments,
});
/** States in which a sale is more than a draft. */
const CONFIRMED = ['confirmed', 'processing', 'done'];
const DRAFTS = ['draft', 'quotation'];

/**
 * Sales of stores as one sale of Tryton for each batch, shipped from the store's warehouse on its business day. A draft moves
 * neither goods nor money, so one that a lost answer has left behind does nothing and is cancelled when it is seen.
 */
export class TrytonSales implements SalesLedger {
  readonly isOnePerDay = true;
  readonly #api: TrytonApi;
  readonly #mapping: TrytonErpMapping;
  readonly #customer: RecordId;

  constructor(api: TrytonApi, mapping: TrytonErpMapping, { customer }: TrytonSalesOptions) {
    this.#api = api;
    this.#mapping = mapping;
    this.#customer = customer;
  }

  async post(batch: PostSales): Promise<PostSalesReply> {
    const reference = saleReferenceOf(batch);
    let sales = await this.#salesOf(reference);
    if (sales.length === 0) {
      await this.#create(batch, reference);
      // Another attempt may have made one meanwhile: all of them take the same.
      sales = await this.#salesOf(reference);
    }
    const chosen = sales.find(({ state }) => CONFIRMED.includes(state)) ?? sales[0];
    if (!chosen) throw new UpstreamUnavailable(this.#api.system, { words: `${reference} was not made.` });
    const confirmed = await this.#confirm(chosen);
    const { businessDay } = batch;
    const goods = { out: confirmed.shipments, back: confirmed.shipment_returns };
    await moveGoods(this.#api, goods, { reference, businessDay });
    const strays = sales.filter(({ id, state }) => id !== chosen.id && DRAFTS.includes(state));
    for (const { id } of strays) await this.#api.press(SALE, 'cancel', [id]);
    return { document: confirmed.number ?? String(confirmed.id) };
  }

  async posted(location: string, businessDay: string): Promise<readonly PostedSales[]> {
    const named = { location, businessDay };
    const domain = [
      ['reference', 'like', `${saleReferencePrefix(named)}%`],
      ['state', 'in', CONFIRMED],
    ];
    const fields = ['number', 'reference', 'shipments.state', 'shipment_returns.state', ...SALE_LINE_FIELDS];
    const rows = await this.#api.search(SALE, { domain, fields }, PostedRow);
    return rows.flatMap((row) => {
      const { number, reference, 'lines.': lines = [] } = row;
      const batch = batchOfSaleReference(reference, named);
      const moves = [...(row['shipments.'] ?? []), ...(row['shipment_returns.'] ?? [])];
      if (!batch || moves.some(({ state }) => state !== 'done')) return [];
      const registers = registersOfLines(lines.map((line) => readSaleLine(line, batch.currency)));
      return [{ ...batch, document: number ?? reference, registers }];
    });
  }

  /** In the order in which they were made. */
  #salesOf(reference: string): Promise<readonly SaleRow[]> {
    const domain = [
      ['reference', '=', reference],
      ['state', '!=', 'cancelled'],
    ];
    const fields = ['number', 'state', 'shipments', 'shipment_returns'];
    return this.#api.search(SALE, { domain, fields, order: [['id', 'ASC']] }, SaleRow);
  }

  async #confirm(sale: SaleRow): Promise<SaleRow> {
    if (sale.state === 'draft') await this.#api.press(SALE, 'quote', [sale.id]);
    if (DRAFTS.includes(sale.state)) await this.#api.press(SALE, 'confirm', [sale.id]);
    // Where a worker does what follows, it may not have done so yet.
    const asked = { domain: [['id', '=', sale.id]], fields: ['number', 'state', 'shipments', 'shipment_returns'] };
    let [after] = await this.#api.search(SALE, asked, SaleRow);
    if (after?.state === 'confirmed') {
      await this.#api.press(SALE, 'process', [sale.id]);
      [after] = await this.#api.search(SALE, asked, SaleRow);
    }
    if (after && CONFIRMED.includes(after.state)) return after;
    const words = `The sale ${sale.id} is ${after?.state ?? 'gone'} and was not confirmed.`;
    throw new UpstreamUnavailable(this.#api.system, { words });
  }

  async #create(batch: PostSales, reference: string): Promise<void> {
    const { location, businessDay } = batch;
    const [code] = reversed(this.#locations()).get(location) ?? [];
    if (code === undefined) throw this.#missing(`warehouse for ${location}`);
    const [warehouse, address, currency, lines] = await Promise.all([
      this.#only('stock.location', [['code', '=', code]], `warehouse ${code}`),
      this.#only('party.address', [['party', '=', this.#customer]], `address of the party ${this.#customer}`),
      this.#only('currency.currency', [['code', '=', batch.currency]], `currency ${batch.currency}`),
      saleLinesOf(this.#api, batch),
    ]);
    const { company } = await this.#api.preferences();
    const values = {
      company,
      party: this.#customer,
      invoice_address: address,
      shipment_address: address,
      warehouse,
      currency,
      sale_date: wireDate(businessDay),
      reference,
      description: `Sales of ${location} on ${businessDay}`,
      invoice_method: 'order',
      shipment_method: 'order',
      lines: [['create', lines]],
    };
    await this.#api.create(SALE, [values]);
  }

  #locations(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.#mapping.warehouses).map(([code, { location }]) => [code, location]));
  }

  async #only(model: string, domain: Domain, what: string): Promise<RecordId> {
    const [record] = await this.#api.search(model, { domain, fields: ['id'], limit: 1 }, Id);
    if (!record) throw this.#missing(what);
    return record.id;
  }

  #missing(what: string): UpstreamRejected {
    return new UpstreamRejected(this.#api.system, { status: 404, words: `There is no ${what}.` });
  }
}
