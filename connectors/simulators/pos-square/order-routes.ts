import { HttpFailure } from '../runtime/http-failure.ts';
import { objectOf, optionalTextOf, textsOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { pageOf } from '../runtime/page.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { SquareEstate, SquareOrder } from './square-estate.ts';
import { TEMPORARY_ERROR } from './square-error.ts';
import { orderObject } from './square-objects.ts';

const LOCATIONS_MAX = 10;
const ORDER_IDS_MAX = 100;
const PAGE = { otherwise: 500, max: 1000 };

type TimeField = 'created_at' | 'updated_at' | 'closed_at';

export function orderRoutes(estate: SquareEstate): readonly Route[] {
  return [
    { method: 'POST', path: '/v2/orders/search', handle: (request) => search(estate, request) },
    { method: 'POST', path: '/v2/orders/batch-retrieve', handle: (request) => batchRetrieve(estate, request) },
    { method: 'GET', path: '/v2/orders/:order_id', handle: ({ params }) => one(estate, params['order_id'] ?? '') },
  ];
}

/** Unknown ids are left out, as Square leaves them out. */
function batchRetrieve(estate: SquareEstate, request: SimulatorRequest): Answer {
  const ids = new Set(textsOf(jsonBody(request), 'order_ids', ORDER_IDS_MAX));
  const failing = [...ids].filter(() => estate.core.faults.strikes('partialFailure'));
  const orders = [...ids].filter((id) => !failing.includes(id)).flatMap((id) => estate.order(id) ?? []);
  return {
    body: {
      orders: orders.map((order) => orderObject(estate, order)),
      ...(failing.length === 0 ? {} : { errors: failing.map(() => TEMPORARY_ERROR) }),
    },
  };
}

function search(estate: SquareEstate, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const locationIds = textsOf(body, 'location_ids', LOCATIONS_MAX);
  if (locationIds.length === 0) {
    throw new HttpFailure(400, 'MISSING_REQUIRED_PARAMETER', 'Name at least one location.', { field: 'location_ids' });
  }
  const query = body['query'] === undefined ? {} : objectOf(body['query'], 'query');
  const filter = query['filter'] === undefined ? {} : objectOf(query['filter'], 'filter');
  const sort = sortOf(query);
  const rows = estate
    .orders()
    .filter((order) => locationIds.includes(estate.locationId(order.receipt.location.code)))
    .filter(stateFilter(filter))
    .filter(timeFilter(filter, sort.field))
    .sort((left, right) => sort.sign * (timeOf(left, sort.field) - timeOf(right, sort.field)));
  const limit = limitOf(body['limit'] as number | undefined, PAGE);
  const page = pageOf(rows, limit, optionalTextOf(body, 'cursor'));
  const cursor = page.cursor === undefined ? {} : { cursor: page.cursor };
  if (body['return_entries'] === true) {
    const order_entries = page.rows.map((order) => ({
      order_id: order.id,
      version: order.version,
      location_id: estate.locationId(order.receipt.location.code),
    }));
    return { body: { order_entries, ...cursor } };
  }
  return { body: { orders: page.rows.map((order) => orderObject(estate, order)), ...cursor } };
}

function sortOf(query: JsonObject): { readonly field: TimeField; readonly sign: 1 | -1 } {
  const sort = query['sort'] === undefined ? {} : objectOf(query['sort'], 'sort');
  const field = (optionalTextOf(sort, 'sort_field') ?? 'CREATED_AT').toLowerCase();
  if (field !== 'created_at' && field !== 'updated_at' && field !== 'closed_at') {
    throw new HttpFailure(400, 'INVALID_VALUE', `${field} is no sort field`, { field: 'query.sort.sort_field' });
  }
  return { field, sign: sort['sort_order'] === 'ASC' ? 1 : -1 };
}

function stateFilter(filter: JsonObject): () => boolean {
  if (filter['state_filter'] === undefined) return () => true;
  const states = textsOf(objectOf(filter['state_filter'], 'state_filter'), 'states', 10);
  // Everything that a till finished is COMPLETED.
  return () => states.includes('COMPLETED');
}

/** As with Square, a range over one time must be sorted by that time. */
function timeFilter(filter: JsonObject, sortField: TimeField): (order: SquareOrder) => boolean {
  if (filter['date_time_filter'] === undefined) return () => true;
  const range = objectOf(filter['date_time_filter'], 'date_time_filter');
  const [field] = Object.keys(range);
  if (field !== sortField) {
    throw new HttpFailure(400, 'BAD_REQUEST', 'date_time_filter and sort_field must name the same time.', {
      field: 'query.sort.sort_field',
    });
  }
  const bounds = objectOf(range[field], field);
  const startMs = Date.parse(optionalTextOf(bounds, 'start_at') ?? '1970-01-01T00:00:00Z');
  const endMs = Date.parse(optionalTextOf(bounds, 'end_at') ?? '9999-01-01T00:00:00Z');
  return (order) => timeOf(order, field) >= startMs && timeOf(order, field) < endMs;
}

function timeOf(order: SquareOrder, field: TimeField): number {
  return field === 'updated_at' ? order.updatedAtMs : order.receipt.occurredAtMs;
}

function one(estate: SquareEstate, id: string): Answer {
  const order = estate.order(id);
  if (order === undefined) throw new HttpFailure(404, 'NOT_FOUND', `Order ${id} was not found.`);
  return { body: { order: orderObject(estate, order) } };
}
