import type { PostSales, PostSalesReply } from '../../../schema/commands/sales.ts';
import { extendedMinor, majorText, minorUnits } from '../../runtime/exact-decimal.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { documentLines, registersOfLines, totalOf, type DocumentLine, type ReadLine } from '../sales-document.ts';
import type { PostedSales, SalesLedger } from '../sales-ledger.ts';
import { API_ROOT, type BusinessCentralApi, type SalesSet } from './business-central-api.ts';
import { batchOfReference, referenceOf, referencePrefix } from './sales-reference.ts';
import { DocumentPage, type DocumentRow } from './sales-rows.ts';

/** Who buys in stores, and where what is no goods is booked. */
export interface BusinessCentralSalesOptions {
  /** The customer for whom all sales of stores are made out. */
  readonly customerNumber: string;
  /** The G/L account of discounts, charges and rounding. */
  readonly chargesAccount: string;
}

/** How a batch becomes a document: an order that is shipped and invoiced at once, or a credit memo where more came back. */
interface Form {
  readonly drafts: SalesSet;
  readonly lines: 'salesOrderLines' | 'salesCreditMemoLines';
  readonly action: 'shipAndInvoice' | 'post';
  readonly sign: 1 | -1;
}

const ORDER: Form = { drafts: 'salesOrders', lines: 'salesOrderLines', action: 'shipAndInvoice', sign: 1 };
const CREDIT_MEMO: Form = { drafts: 'salesCreditMemos', lines: 'salesCreditMemoLines', action: 'post', sign: -1 };
const DRAFT = 'Draft';
/** Pages of one question; a store's day has few documents. */
const PAGES_MAX = 100;

/**
 * Sales of stores as posted sales documents. Drafts move neither goods nor money, so one that a lost answer has left behind
 * does nothing and is removed when it is seen.
 */
export class BusinessCentralSales implements SalesLedger {
  readonly isOnePerDay = false;
  readonly #api: BusinessCentralApi;
  readonly #options: BusinessCentralSalesOptions;

  constructor(api: BusinessCentralApi, options: BusinessCentralSalesOptions) {
    this.#api = api;
    this.#options = options;
  }

  async post(batch: PostSales): Promise<PostSalesReply> {
    const form = totalOf(batch) < 0 ? CREDIT_MEMO : ORDER;
    const reference = referenceOf(batch);
    const isOwn = `externalDocumentNumber eq '${reference}'`;
    const [known] = await this.#postedWhere(isOwn);
    let drafts = await this.#drafts(form, isOwn);
    if (!known && drafts.length === 0) {
      await this.#create(batch, { form, reference });
      // Another attempt may have made one meanwhile: all of them take the same.
      drafts = await this.#drafts(form, isOwn);
    }
    const posted = known ?? (await this.#postOne(form, drafts[0], isOwn));
    for (const stray of known ? drafts : drafts.slice(1)) await this.#remove(form, stray);
    return { document: posted.number };
  }

  async posted(location: string, businessDay: string): Promise<readonly PostedSales[]> {
    const prefix = referencePrefix({ location, businessDay });
    const where = `externalDocumentNumber ge '${prefix}' and externalDocumentNumber lt '${prefix}~'`;
    const rows = await this.#postedWhere(where);
    return rows.flatMap((row) => {
      const named = batchOfReference(row.externalDocumentNumber);
      if (!named) return [];
      return [{ ...named, document: row.number, registers: registersOfLines(linesOf(row)) }];
    });
  }

  async #create(
    batch: PostSales,
    { form, reference }: { readonly form: Form; readonly reference: string },
  ): Promise<void> {
    const { currency: currencyCode, businessDay } = batch;
    const lines = documentLines(batch, extendedMinor).map((line) => this.#lineOf(line, batch, form));
    await this.#api.http.request({
      method: 'POST',
      path: `${API_ROOT}/${this.#api.resource(form.drafts)}`,
      isIdempotent: false,
      json: {
        externalDocumentNumber: reference,
        customerNumber: this.#options.customerNumber,
        postingDate: businessDay,
        currencyCode,
        [form.lines]: lines,
      },
    });
  }

  #lineOf(line: DocumentLine, { currency, location: locationCode }: PostSales, { sign }: Form): object {
    const major = (amountMinor: number): number => Number(majorText(amountMinor, currency));
    const { text: description } = line;
    switch (line.kind) {
      case 'COUNT':
        return { lineType: 'Comment', description };
      case 'GOODS': {
        const { sku: lineObjectNumber, quantity, unitPriceMinor } = line;
        return {
          lineType: 'Item',
          lineObjectNumber,
          description,
          quantity: sign * Number(quantity),
          unitPrice: major(unitPriceMinor),
          locationCode,
        };
      }
      case 'AMOUNT': {
        const lineObjectNumber = this.#options.chargesAccount;
        return {
          lineType: 'Account',
          lineObjectNumber,
          description,
          quantity: 1,
          unitPrice: major(sign * line.amountMinor),
        };
      }
    }
  }

  async #postOne(form: Form, draft: DocumentRow | undefined, filter: string): Promise<DocumentRow> {
    if (draft) await this.#act(form, draft);
    const [posted] = await this.#postedWhere(filter);
    if (posted) return posted;
    throw new UpstreamUnavailable(this.#api.system, { words: `Nothing was posted where ${filter}.` });
  }

  async #act(form: Form, { id }: DocumentRow): Promise<void> {
    await this.#api.http.request({
      method: 'POST',
      path: `${API_ROOT}/${this.#api.resource(form.drafts)}(${id})/Microsoft.NAV.${form.action}`,
      isIdempotent: false,
      json: {},
    });
  }

  async #remove(form: Form, { id, '@odata.etag': etag }: DocumentRow): Promise<void> {
    await this.#api.http.request({
      method: 'DELETE',
      path: `${API_ROOT}/${this.#api.resource(form.drafts)}(${id})`,
      headers: { 'if-match': etag },
      isIdempotent: true,
    });
  }

  async #postedWhere(filter: string): Promise<readonly DocumentRow[]> {
    const invoices = await this.#rows('salesInvoices', { filter, expand: 'salesInvoiceLines' });
    const memos = await this.#rows('salesCreditMemos', { filter, expand: 'salesCreditMemoLines' });
    return [...invoices, ...memos].filter(({ status }) => status !== DRAFT);
  }

  /** In the order in which they were made. */
  async #drafts(form: Form, filter: string): Promise<readonly DocumentRow[]> {
    const rows = await this.#rows(form.drafts, { filter });
    const isDraft = ({ status, fullyInvoiced }: DocumentRow): boolean =>
      form === ORDER ? fullyInvoiced !== true : status === DRAFT;
    return rows.filter(isDraft).sort(byNumber);
  }

  async #rows(
    set: SalesSet,
    { filter, expand }: { readonly filter: string; readonly expand?: string },
  ): Promise<readonly DocumentRow[]> {
    const expanded = expand === undefined ? '' : `&$expand=${expand}`;
    const rows: DocumentRow[] = [];
    let path: string | undefined =
      `${API_ROOT}/${this.#api.resource(set)}?$filter=${encodeURIComponent(filter)}${expanded}`;
    for (let page = 1; path !== undefined; page++) {
      if (page > PAGES_MAX) throw new UpstreamUnavailable(this.#api.system, { limit: 'pagesMax', pagesMax: PAGES_MAX });
      const { json } = await this.#api.http.request({ method: 'GET', path, isIdempotent: true });
      const answer: DocumentPage = parseAnswer(this.#api.system, DocumentPage, json);
      rows.push(...answer.value);
      path = answer['@odata.nextLink'];
    }
    return rows;
  }
}

/** Credit memos tell what came back as more than nothing. */
function linesOf({ salesInvoiceLines, salesCreditMemoLines, currencyCode }: DocumentRow): readonly ReadLine[] {
  const lines = salesInvoiceLines ?? salesCreditMemoLines ?? [];
  const sign = salesInvoiceLines ? '' : '-';
  return lines.map(({ lineType, description, quantity, amountIncludingTax }) => ({
    text: description,
    quantity: lineType === 'Item' ? signed(sign, String(quantity)) : null,
    amountMinor: minorUnits(signed(sign, String(amountIncludingTax)), currencyCode, 'line amount'),
  }));
}

function signed(sign: '' | '-', decimal: string): string {
  return sign === '' ? decimal : decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}

/** Numbers are given out in order. */
function byNumber({ number: left }: DocumentRow, { number: right }: DocumentRow): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
