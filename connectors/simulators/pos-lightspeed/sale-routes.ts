import { HttpFailure } from '../runtime/http-failure.ts';
import { limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { LightspeedEstate, LightspeedSale } from './lightspeed-estate.ts';
import { productObject, saleObject } from './lightspeed-objects.ts';
import { versionPage } from './version-page.ts';

const SEARCHED_MAX = 200;
const PAGE = { otherwise: 200, max: 1000 };

export function saleRoutes(estate: LightspeedEstate): readonly Route[] {
  const write = (sale: LightspeedSale): unknown => saleObject(estate, sale, 'NUMBER');
  return [
    { method: 'GET', path: '/api/2.0/sales', handle: ({ query }) => versionPage(estate.sales(), query, write) },
    {
      method: 'GET',
      path: '/api/2.0/sales/:id',
      handle: ({ params }) => {
        const sale = estate.sale(params['id'] ?? '');
        if (sale === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'Sale not found');
        return { body: { data: write(sale) } };
      },
    },
    { method: 'GET', path: '/api/2.0/search', handle: (request) => search(estate, request) },
  ];
}

/** Several values of one parameter mean any of them; what is unknown is left out. */
function search(estate: LightspeedEstate, { query }: SimulatorRequest): Answer {
  switch (query.get('type')) {
    case 'sales': {
      const sales = query.has('invoice_number')
        ? wanted(query, 'invoice_number').flatMap((number) => estate.saleOfReceipt(number) ?? [])
        : salesOfPeriod(estate, query);
      return { body: { data: sales.map((sale) => saleObject(estate, sale, 'NUMBER')) } };
    }
    case 'products': {
      const skus = new Set(wanted(query, 'sku'));
      return {
        body: {
          data: estate
            .products()
            .filter(({ item }) => skus.has(item.sku))
            .map(productObject),
        },
      };
    }
    default:
      throw new HttpFailure(400, 'BAD_REQUEST', 'type must be sales or products', { field: 'type' });
  }
}

/** Newest first, as the vendor lists them; both bounds are inclusive. */
function salesOfPeriod(estate: LightspeedEstate, query: URLSearchParams): readonly LightspeedSale[] {
  const fromMs = instantOf(query, 'date_from');
  const toMs = instantOf(query, 'date_to');
  const outletId = query.get('outlet_id');
  const size = limitOf(query.get('page_size'), PAGE);
  const offset = Number(query.get('offset') ?? '0');
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new HttpFailure(400, 'BAD_REQUEST', 'offset must be 0 or more', { field: 'offset' });
  }
  return estate
    .sales()
    .filter(({ receipt }) => receipt.occurredAtMs >= fromMs && receipt.occurredAtMs <= toMs)
    .filter(({ receipt }) => outletId === null || estate.outletId(receipt.location.code) === outletId)
    .sort((left, right) => right.receipt.occurredAtMs - left.receipt.occurredAtMs)
    .slice(offset, offset + size);
}

function instantOf(query: URLSearchParams, parameter: string): number {
  const ms = Date.parse(query.get(parameter) ?? '');
  if (Number.isNaN(ms)) throw new HttpFailure(400, 'BAD_REQUEST', `${parameter} must be a time`, { field: parameter });
  return ms;
}

function wanted(query: URLSearchParams, parameter: string): readonly string[] {
  const values = [...new Set(query.getAll(parameter))];
  if (values.length === 0 || values.length > SEARCHED_MAX) {
    throw new HttpFailure(400, 'BAD_REQUEST', `${parameter} takes 1 to ${SEARCHED_MAX} values`, { field: parameter });
  }
  return values;
}
