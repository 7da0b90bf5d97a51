import { HttpFailure } from '../runtime/http-failure.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Route } from '../runtime/router.ts';
import { checkCompany } from './check-company.ts';
import type { ErpCompany } from './erp-company.ts';
import { addOrderLine, changeOrderLine, removeOrderLine } from './order-lines.ts';

const COMPANY = '/api/v2.0/companies(:company)';

/** Lines of orders that are not posted yet are added and changed one by one. */
export function orderLineRoutes(company: ErpCompany): readonly Route[] {
  return [
    {
      method: 'POST',
      path: `${COMPANY}/salesOrders(:id)/salesOrderLines`,
      handle: (request) => {
        checkCompany(company, request);
        return { status: 201, body: addOrderLine(company, request.params['id'] ?? '', jsonBody(request)) };
      },
    },
    {
      method: 'PATCH',
      path: `${COMPANY}/salesOrderLines(:id)`,
      handle: (request) => {
        checkCompany(company, request);
        const ifMatch = ifMatchOf(request);
        return { body: changeOrderLine(company, request.params['id'] ?? '', { body: jsonBody(request), ifMatch }) };
      },
    },
    {
      method: 'DELETE',
      path: `${COMPANY}/salesOrderLines(:id)`,
      handle: (request) => {
        checkCompany(company, request);
        removeOrderLine(company, request.params['id'] ?? '', ifMatchOf(request));
        return { status: 204 };
      },
    },
  ];
}

function ifMatchOf({ headers }: Parameters<Route['handle']>[0]): string {
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined) throw new HttpFailure(400, 'BadRequest', 'The request must contain the header If-Match.');
  return ifMatch;
}
