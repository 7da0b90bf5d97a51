import { HttpFailure } from '../runtime/http-failure.ts';
import { pageOf } from '../runtime/page.ts';
import { limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { Receipt } from '../runtime/till.ts';
import { paymentObject } from './payment-object.ts';
import type { SquareEstate } from './square-estate.ts';

export function paymentRoutes(estate: SquareEstate): readonly Route[] {
  return [
    { method: 'GET', path: '/v2/payments', handle: (request) => list(estate, request) },
    {
      method: 'GET',
      path: '/v2/payments/:payment_id',
      handle: ({ params }) => one(estate, params['payment_id'] ?? ''),
    },
  ];
}

/** Of one location: the first one when none is named, as Square takes the main one. */
function list(estate: SquareEstate, { query }: SimulatorRequest): Answer {
  const beginMs = Date.parse(query.get('begin_time') ?? '1970-01-01T00:00:00Z');
  const endMs = Date.parse(query.get('end_time') ?? '9999-01-01T00:00:00Z');
  const [main] = estate.till.locations();
  const place = query.has('location_id') ? estate.locationById(query.get('location_id') ?? '') : main;
  const sign = query.get('sort_order') === 'ASC' ? 1 : -1;
  const rows = sales(estate)
    .filter(({ location }) => location === place)
    .filter(({ occurredAtMs }) => occurredAtMs >= beginMs && occurredAtMs < endMs)
    .sort((left, right) => sign * (left.occurredAtMs - right.occurredAtMs));
  const limit = limitOf(query.get('limit'), { otherwise: 100, max: 100 });
  const page = pageOf(rows, limit, query.get('cursor') ?? undefined);
  const payments = page.rows.map((receipt) => paymentObject(estate, receipt));
  return { body: { payments, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
}

function one(estate: SquareEstate, id: string): Answer {
  const receipt = sales(estate).find(({ paymentId }) => paymentId === id);
  if (receipt === undefined) throw new HttpFailure(404, 'NOT_FOUND', `Payment ${id} was not found.`);
  return { body: { payment: paymentObject(estate, receipt) } };
}

function sales(estate: SquareEstate): readonly Receipt[] {
  return estate.till.receipts().filter(({ kind }) => kind === 'SALE');
}
