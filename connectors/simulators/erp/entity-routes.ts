import { HttpFailure } from '../runtime/http-failure.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { ENTITY_SETS } from './erp-company.ts';
import type { EntityRow, EntitySet, ErpCompany } from './erp-company.ts';
import { queryCollection, selectFields } from './odata-query.ts';
import type { ODataRow } from './odata-filter.ts';
import { createSalesOrder, invoiceSalesOrder, shipSalesOrder } from './sales-documents.ts';

/** Nested lists that only `$expand` shows. */
const NESTED: Readonly<Partial<Record<EntitySet, string>>> = {
  salesOrders: 'salesOrderLines',
  salesInvoices: 'salesInvoiceLines',
};
/** What a client may change by PATCH. */
const PATCHABLE: Readonly<Partial<Record<EntitySet, readonly string[]>>> = {
  items: ['displayName', 'unitPrice', 'blocked', 'itemCategoryCode', 'taxGroupCode', 'gtin'],
  customers: ['displayName', 'email', 'addressLine1', 'city', 'postalCode', 'country'],
};

const COMPANY = '/api/v2.0/companies(:company)';

export function entityRoutes(company: ErpCompany, pageSizeMax: number): readonly Route[] {
  return [
    { method: 'GET', path: '/api/v2.0/companies', handle: () => ({ body: companies(company) }) },
    ...ENTITY_SETS.flatMap((set) => readRoutes(company, set, pageSizeMax)),
    ...(['items', 'customers'] as const).map((set) => patchRoute(company, set)),
    ...salesOrderRoutes(company),
  ];
}

function readRoutes(company: ErpCompany, set: EntitySet, pageSizeMax: number): readonly Route[] {
  return [
    {
      method: 'GET',
      path: `${COMPANY}/${set}`,
      handle: (request) => {
        checkCompany(company, request);
        const origin = `http://${request.headers.host ?? 'localhost'}`;
        const rows = company.rows(set).map((row) => expanded(set, row, request.query));
        const metadataUrl = `${origin}/api/v2.0/$metadata#companies(${company.id})/${set}`;
        return {
          body: queryCollection(rows, request.query, {
            collectionUrl: `${origin}${request.path}`,
            metadataUrl,
            pageSizeMax,
          }),
        };
      },
    },
    {
      method: 'GET',
      path: `${COMPANY}/${set}(:id)`,
      handle: (request) => {
        checkCompany(company, request);
        const row = expanded(set, company.row(set, request.params['id'] ?? ''), request.query);
        return { body: selectFields(row, request.query.get('$select')) };
      },
    },
  ];
}

function patchRoute(company: ErpCompany, set: 'items' | 'customers'): Route {
  return {
    method: 'PATCH',
    path: `${COMPANY}/${set}(:id)`,
    handle: (request) => {
      checkCompany(company, request);
      const ifMatch = request.headers['if-match'];
      if (ifMatch === undefined) {
        throw new HttpFailure(400, 'BadRequest', 'The request must contain the header If-Match.');
      }
      const fields = jsonBody(request);
      const foreign = Object.keys(fields).find((field) => PATCHABLE[set]?.includes(field) !== true);
      if (foreign !== undefined)
        throw new HttpFailure(400, 'BadRequest', `The property '${foreign}' cannot be changed.`);
      return { body: company.update(set, request.params['id'] ?? '', { fields, ifMatch }) };
    },
  };
}

function salesOrderRoutes(company: ErpCompany): readonly Route[] {
  const action = (name: string, run: (id: string) => void): Route => ({
    method: 'POST',
    path: `${COMPANY}/salesOrders(:id)/Microsoft.NAV.${name}`,
    handle: (request) => {
      checkCompany(company, request);
      run(request.params['id'] ?? '');
      return { status: 204 };
    },
  });
  return [
    {
      method: 'POST',
      path: `${COMPANY}/salesOrders`,
      handle: (request): Answer => {
        checkCompany(company, request);
        const order = createSalesOrder(company, jsonBody(request));
        return { status: 201, body: expanded('salesOrders', order, request.query) };
      },
    },
    action('ship', (id) => shipSalesOrder(company, id)),
    action('invoice', (id) => invoiceSalesOrder(company, id)),
    action('shipAndInvoice', (id) => {
      shipSalesOrder(company, id);
      invoiceSalesOrder(company, id);
    }),
  ];
}

function expanded(set: EntitySet, row: EntityRow, query: URLSearchParams): ODataRow {
  const nested = NESTED[set];
  if (nested === undefined || (query.get('$expand') ?? '').split(',').includes(nested)) return row;
  const { [nested]: _, ...rest } = row as ODataRow;
  return rest;
}

function companies(company: ErpCompany): ODataRow {
  return { value: [{ id: company.id, name: 'DEMO', displayName: 'Demo retailer' }] };
}

function checkCompany(company: ErpCompany, { params }: SimulatorRequest): void {
  if (params['company'] === company.id) return;
  throw new HttpFailure(404, 'BadRequest_NotFound', `There is no company ${params['company'] ?? ''}.`);
}
