import { HttpFailure } from '../runtime/http-failure.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route } from '../runtime/router.ts';
import { checkCompany } from './check-company.ts';
import { createCreditMemo, postCreditMemo } from './credit-memos.ts';
import { ENTITY_SETS } from './erp-company.ts';
import type { EntityRow, EntitySet, ErpCompany } from './erp-company.ts';
import { journalRoutes } from './journal-routes.ts';
import { queryCollection, selectFields } from './odata-query.ts';
import type { ODataRow } from './odata-filter.ts';
import { orderLineRoutes } from './order-line-routes.ts';
import { createSalesOrder, invoiceSalesOrder, shipSalesOrder } from './sales-documents.ts';

/** Nested lists that only `$expand` shows. */
const NESTED: Readonly<Partial<Record<EntitySet, string>>> = {
  purchaseOrders: 'purchaseOrderLines',
  salesOrders: 'salesOrderLines',
  salesInvoices: 'salesInvoiceLines',
  salesCreditMemos: 'salesCreditMemoLines',
};
/** What a client may change by PATCH. */
const PATCHABLE: Readonly<Partial<Record<EntitySet, readonly string[]>>> = {
  items: ['displayName', 'unitPrice', 'blocked', 'itemCategoryCode', 'taxGroupCode', 'gtin'],
  customers: ['displayName', 'email', 'addressLine1', 'city', 'postalCode', 'country'],
  salesOrders: ['postingDate'],
};

const COMPANY = '/api/v2.0/companies(:company)';

export function entityRoutes(company: ErpCompany, pageSizeMax: number): readonly Route[] {
  return [
    { method: 'GET', path: '/api/v2.0/companies', handle: () => ({ body: companies(company) }) },
    ...ENTITY_SETS.flatMap((set) => readRoutes(company, set, pageSizeMax)),
    ...(['items', 'customers', 'salesOrders'] as const).map((set) => patchRoute(company, set)),
    ...salesOrderRoutes(company),
    ...orderLineRoutes(company),
    ...creditMemoRoutes(company),
    ...journalRoutes(company),
    ...(['salesOrders', 'salesCreditMemos'] as const).map((set) => deleteRoute(company, set)),
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

function patchRoute(company: ErpCompany, set: 'items' | 'customers' | 'salesOrders'): Route {
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
  const action = actionsOf(company, 'salesOrders');
  return [
    createRoute(company, 'salesOrders', (body) => createSalesOrder(company, body)),
    action('ship', (id) => shipSalesOrder(company, id)),
    action('invoice', (id) => invoiceSalesOrder(company, id)),
    action('shipAndInvoice', (id) => {
      shipSalesOrder(company, id);
      invoiceSalesOrder(company, id);
    }),
  ];
}

function creditMemoRoutes(company: ErpCompany): readonly Route[] {
  const action = actionsOf(company, 'salesCreditMemos');
  return [
    createRoute(company, 'salesCreditMemos', (body) => createCreditMemo(company, body)),
    action('post', (id) => postCreditMemo(company, id)),
  ];
}

type WrittenSet = 'salesOrders' | 'salesCreditMemos';

function createRoute(company: ErpCompany, set: WrittenSet, create: (body: JsonObject) => EntityRow): Route {
  return {
    method: 'POST',
    path: `${COMPANY}/${set}`,
    handle: (request): Answer => {
      checkCompany(company, request);
      return { status: 201, body: expanded(set, create(jsonBody(request)), request.query) };
    },
  };
}

function actionsOf(company: ErpCompany, set: WrittenSet): (name: string, run: (id: string) => void) => Route {
  return (name, run) => ({
    method: 'POST',
    path: `${COMPANY}/${set}(:id)/Microsoft.NAV.${name}`,
    handle: (request) => {
      checkCompany(company, request);
      run(request.params['id'] ?? '');
      return { status: 204 };
    },
  });
}

function deleteRoute(company: ErpCompany, set: WrittenSet): Route {
  return {
    method: 'DELETE',
    path: `${COMPANY}/${set}(:id)`,
    handle: (request) => {
      checkCompany(company, request);
      company.remove(set, request.params['id'] ?? '', request.headers['if-match'] ?? '');
      return { status: 204 };
    },
  };
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
