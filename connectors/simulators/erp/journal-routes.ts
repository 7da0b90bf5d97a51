import { jsonBody } from '../runtime/request-body.ts';
import type { Route } from '../runtime/router.ts';
import { checkCompany } from './check-company.ts';
import type { ErpCompany } from './erp-company.ts';
import { createJournal, createJournalLine, linesOf, postJournal, removeJournal } from './journals.ts';

const JOURNALS = '/api/v2.0/companies(:company)/journals';

/** Writing journals; reading them is as of any other set. */
export function journalRoutes(company: ErpCompany): readonly Route[] {
  return [
    {
      method: 'POST',
      path: JOURNALS,
      handle: (request) => {
        checkCompany(company, request);
        return { status: 201, body: createJournal(company, jsonBody(request)) };
      },
    },
    {
      method: 'GET',
      path: `${JOURNALS}(:id)/journalLines`,
      handle: (request) => {
        checkCompany(company, request);
        const { id = '' } = request.params;
        company.row('journals', id);
        return { body: { value: linesOf(company, id) } };
      },
    },
    {
      method: 'POST',
      path: `${JOURNALS}(:id)/journalLines`,
      handle: (request) => {
        checkCompany(company, request);
        return { status: 201, body: createJournalLine(company, request.params['id'] ?? '', jsonBody(request)) };
      },
    },
    {
      method: 'POST',
      path: `${JOURNALS}(:id)/Microsoft.NAV.post`,
      handle: (request) => {
        checkCompany(company, request);
        postJournal(company, request.params['id'] ?? '');
        return { status: 204 };
      },
    },
    {
      method: 'DELETE',
      path: `${JOURNALS}(:id)`,
      handle: (request) => {
        checkCompany(company, request);
        removeJournal(company, request.params['id'] ?? '', request.headers['if-match'] ?? '');
        return { status: 204 };
      },
    },
  ];
}
