import { HttpFailure } from '../runtime/http-failure.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { LightspeedEstate, LightspeedSale } from './lightspeed-estate.ts';
import { productObject, saleObject } from './lightspeed-objects.ts';
import { versionPage } from './version-page.ts';

const SEARCHED_MAX = 200;

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
      const sales = wanted(query, 'invoice_number').flatMap((number) => estate.saleOfReceipt(number) ?? []);
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

function wanted(query: URLSearchParams, parameter: string): readonly string[] {
  const values = [...new Set(query.getAll(parameter))];
  if (values.length === 0 || values.length > SEARCHED_MAX) {
    throw new HttpFailure(400, 'BAD_REQUEST', `${parameter} takes 1 to ${SEARCHED_MAX} values`, { field: parameter });
  }
  return values;
}
