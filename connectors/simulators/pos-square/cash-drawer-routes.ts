import { HttpFailure } from '../runtime/http-failure.ts';
import { pageOf } from '../runtime/page.ts';
import type { RegisterSession } from '../runtime/register-book.ts';
import { limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { shiftEvent, shiftObject, shiftSummary } from './cash-drawer-objects.ts';
import type { SquareEstate } from './square-estate.ts';

const PATH = '/v2/cash-drawers/shifts';
const PAGE = { otherwise: 200, max: 1000 };

export function cashDrawerRoutes(estate: SquareEstate): readonly Route[] {
  return [
    { method: 'GET', path: PATH, handle: (request) => list(estate, request) },
    {
      method: 'GET',
      path: `${PATH}/:shift_id`,
      handle: (request) => ({ body: { cash_drawer_shift: shiftObject(estate, sessionOf(estate, request)) } }),
    },
    { method: 'GET', path: `${PATH}/:shift_id/events`, handle: (request) => events(estate, request) },
  ];
}

/** By the time at which they were opened. */
function list(estate: SquareEstate, { query }: SimulatorRequest): Answer {
  const code = placeOf(estate, query);
  const beginMs = Date.parse(query.get('begin_time') ?? '1970-01-01T00:00:00Z');
  const endMs = Date.parse(query.get('end_time') ?? '9999-01-01T00:00:00Z');
  const sign = query.get('sort_order') === 'ASC' ? 1 : -1;
  const rows = estate.registerBook
    .sessions()
    .filter(({ location }) => location.code === code)
    .filter(({ openedAtMs }) => openedAtMs >= beginMs && openedAtMs < endMs)
    .sort((left, right) => sign * (left.openedAtMs - right.openedAtMs));
  const page = pageOf(rows, limitOf(query.get('limit'), PAGE), query.get('cursor') ?? undefined);
  const cash_drawer_shifts = page.rows.map((session) => shiftSummary(estate, session));
  return { body: { cash_drawer_shifts, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
}

function events(estate: SquareEstate, request: SimulatorRequest): Answer {
  const { query } = request;
  const session = sessionOf(estate, request);
  const page = pageOf(session.receipts, limitOf(query.get('limit'), PAGE), query.get('cursor') ?? undefined);
  const cash_drawer_shift_events = page.rows.map((receipt) => shiftEvent(session, receipt));
  return { body: { cash_drawer_shift_events, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
}

function sessionOf(estate: SquareEstate, { params, query }: SimulatorRequest): RegisterSession {
  const code = placeOf(estate, query);
  const session = estate.registerBook
    .sessions()
    .find(({ id, location }) => id === params['shift_id'] && location.code === code);
  if (session === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'There is no such cash drawer shift.');
  return session;
}

function placeOf(estate: SquareEstate, query: URLSearchParams): string {
  const id = query.get('location_id');
  if (id === null) {
    throw new HttpFailure(400, 'MISSING_REQUIRED_PARAMETER', 'Name the location.', { field: 'location_id' });
  }
  const place = estate.locationById(id);
  if (place === undefined)
    throw new HttpFailure(404, 'NOT_FOUND', 'There is no such location.', { field: 'location_id' });
  return place.code;
}
