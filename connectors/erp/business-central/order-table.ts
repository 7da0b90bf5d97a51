import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { API_ROOT, type BusinessCentralApi, type SalesSet } from './business-central-api.ts';
import { InvoicePage, OrderPage, type OrderLineRow, type OrderRow } from './order-rows.ts';

const NOT_FOUND = 404;

/** The sales orders of a company, read and written one by one. */
export class OrderTable {
  readonly #api: BusinessCentralApi;

  constructor(api: BusinessCentralApi) {
    this.#api = api;
  }

  get system(): string {
    return this.#api.system;
  }

  /** Orders of an external document number, in the order in which they were made. */
  async find(reference: string): Promise<readonly OrderRow[]> {
    const rows = await this.#get('salesOrders', `externalDocumentNumber eq '${reference}'`, 'salesOrderLines');
    return parseAnswer(this.system, OrderPage, rows).value.toSorted(byNumber);
  }

  async reread({ id, number }: OrderRow): Promise<OrderRow> {
    const rows = await this.#get('salesOrders', `id eq ${id}`, 'salesOrderLines');
    const [row] = parseAnswer(this.system, OrderPage, rows).value;
    if (row) return row;
    throw new UpstreamUnavailable(this.system, { words: `The order ${number} is gone.` });
  }

  /** The number of the invoice of an order that has a line of this text; undefined when none has. */
  async invoiceWith(reference: string, text: string): Promise<string | undefined> {
    const rows = await this.#get('salesInvoices', `externalDocumentNumber eq '${reference}'`, 'salesInvoiceLines');
    const invoices = parseAnswer(this.system, InvoicePage, rows).value;
    return invoices.find(({ salesInvoiceLines }) => salesInvoiceLines.some(({ description }) => description === text))
      ?.number;
  }

  async create(order: object): Promise<void> {
    await this.#write('POST', this.#path('salesOrders'), order);
  }

  async addLine({ id }: OrderRow, line: object): Promise<void> {
    await this.#write('POST', `${this.#path('salesOrders')}(${id})/salesOrderLines`, line);
  }

  async changeLine({ id }: OrderLineRow, change: Readonly<Record<string, number | string>>): Promise<void> {
    await this.#write('PATCH', `${this.#path('salesOrderLines')}(${id})`, change);
  }

  async removeLine({ id }: OrderLineRow): Promise<void> {
    const path = `${this.#path('salesOrderLines')}(${id})`;
    // A second attempt would be told that there is no such line; whoever tries again reads the order anew.
    await this.#api.http.request({ method: 'DELETE', path, headers: { 'if-match': '*' }, isIdempotent: false });
  }

  async setPostingDate({ id, postingDate: before }: OrderRow, postingDate: string): Promise<void> {
    if (before === postingDate) return;
    await this.#write('PATCH', `${this.#path('salesOrders')}(${id})`, { postingDate });
  }

  /** Ships and invoices what the lines say. */
  async post({ id }: OrderRow): Promise<void> {
    await this.#write('POST', `${this.#path('salesOrders')}(${id})/Microsoft.NAV.shipAndInvoice`, {});
  }

  async remove({ id, '@odata.etag': etag }: OrderRow): Promise<void> {
    await this.#api.http.request({
      method: 'DELETE',
      path: `${this.#path('salesOrders')}(${id})`,
      headers: { 'if-match': etag },
      isIdempotent: true,
    });
  }

  rejected(words: string): UpstreamRejected {
    return new UpstreamRejected(this.system, { status: NOT_FOUND, words });
  }

  /** An order has few documents, which fit into one page. */
  async #get(set: 'salesOrders' | 'salesInvoices', filter: string, expand: string): Promise<unknown> {
    const path = `${this.#path(set)}?$filter=${encodeURIComponent(filter)}&$expand=${expand}`;
    return (await this.#api.http.request({ method: 'GET', path, isIdempotent: true })).json;
  }

  async #write(method: 'POST' | 'PATCH', path: string, json: object): Promise<void> {
    await this.#api.http.request({
      method,
      path,
      // What the hub writes into its own orders it has just read, and nobody else writes there.
      ...(method === 'PATCH' && { headers: { 'if-match': '*' } }),
      isIdempotent: method === 'PATCH',
      json,
    });
  }

  #path(set: SalesSet): string {
    return `${API_ROOT}/${this.#api.resource(set)}`;
  }
}

/** Numbers are given out in order. */
function byNumber({ number: left }: OrderRow, { number: right }: OrderRow): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
