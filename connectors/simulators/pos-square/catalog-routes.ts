import { HttpFailure } from '../runtime/http-failure.ts';
import { numberOf, objectOf, optionalTextOf, textOf, textsOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { pageOf } from '../runtime/page.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { SquareEstate, Variation } from './square-estate.ts';
import { TEMPORARY_ERROR } from './square-error.ts';
import { itemObject, variationObject } from './square-objects.ts';

const OBJECT_IDS_MAX = 1000;
const SET_VALUES_MAX = 250;
const PAGE_MAX = 1000;

export function catalogRoutes(estate: SquareEstate): readonly Route[] {
  return [
    { method: 'POST', path: '/v2/catalog/batch-retrieve', handle: (request) => batchRetrieve(estate, request) },
    { method: 'POST', path: '/v2/catalog/search', handle: (request) => search(estate, request) },
    { method: 'GET', path: '/v2/catalog/list', handle: (request) => list(estate, request) },
    {
      method: 'GET',
      path: '/v2/catalog/object/:object_id',
      handle: ({ params }) => one(estate, params['object_id'] ?? ''),
    },
  ];
}

function batchRetrieve(estate: SquareEstate, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const ids = new Set(textsOf(body, 'object_ids', OBJECT_IDS_MAX));
  const failing = [...ids].filter(() => estate.core.faults.strikes('partialFailure'));
  const asked = [...ids].filter((id) => !failing.includes(id));
  const found = asked.flatMap((id) => objectById(estate, id) ?? []);
  const related = body['include_related_objects'] === true ? relatedItems(estate, asked) : undefined;
  return {
    body: {
      objects: found,
      ...(related === undefined ? {} : { related_objects: related }),
      ...(failing.length === 0 ? {} : { errors: failing.map(() => TEMPORARY_ERROR) }),
    },
  };
}

function search(estate: SquareEstate, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const types = textsOf(body, 'object_types', 20);
  if (types.length > 0 && !types.includes('ITEM_VARIATION')) return { body: { objects: [] } };
  const limit = limitOf(body['limit'] === undefined ? null : numberOf(body, 'limit'), {
    otherwise: 100,
    max: PAGE_MAX,
  });
  const wanted = wantedBy(body);
  const beginMs = Date.parse(optionalTextOf(body, 'begin_time') ?? '1970-01-01T00:00:00Z');
  const rows = estate.variations().filter((variation) => wanted(variation) && variation.updatedAtMs > beginMs);
  const page = pageOf(rows, limit, optionalTextOf(body, 'cursor'));
  return {
    body: {
      objects: page.rows.map((row) => variationObject(estate, row)),
      ...(body['include_related_objects'] === true
        ? {
            related_objects: relatedItems(
              estate,
              page.rows.map((row) => row.variationId),
            ),
          }
        : {}),
      ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
      latest_time: estate.core.nowIso(),
    },
  };
}

/** Exact and set queries over the attributes `sku` and `upc`; no query wants everything. */
function wantedBy(body: JsonObject): (variation: Variation) => boolean {
  if (body['query'] === undefined) return () => true;
  const query = objectOf(body['query'], 'query');
  const isSet = query['set_query'] !== undefined;
  const clause = objectOf(query['set_query'] ?? query['exact_query'], 'query');
  const attribute = textOf(clause, 'attribute_name');
  const values = new Set(
    isSet ? textsOf(clause, 'attribute_values', SET_VALUES_MAX) : [textOf(clause, 'attribute_value')],
  );
  if (attribute === 'sku') return ({ item }) => values.has(item.sku);
  if (attribute === 'upc') return ({ item }) => item.gtin !== undefined && values.has(item.gtin);
  throw new HttpFailure(400, 'INVALID_VALUE', `${attribute} is not a searchable attribute`, { field: 'query' });
}

function list(estate: SquareEstate, { query }: SimulatorRequest): Answer {
  const types = (query.get('types') ?? 'ITEM').split(',');
  const items = types.includes('ITEM') ? [...new Set(estate.variations().map(({ itemId }) => itemId))] : [];
  const variations = types.includes('ITEM_VARIATION') ? estate.variations().map(({ variationId }) => variationId) : [];
  const page = pageOf([...items, ...variations], 100, query.get('cursor') ?? undefined);
  const objects = page.rows.map((id) => objectById(estate, id));
  return { body: { objects, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
}

function one(estate: SquareEstate, id: string): Answer {
  const object = objectById(estate, id);
  if (object === undefined) throw new HttpFailure(404, 'NOT_FOUND', `Catalog object ${id} was not found.`);
  return { body: { object } };
}

function objectById(estate: SquareEstate, id: string): unknown {
  const variation = estate.variationById(id);
  if (variation !== undefined) return variationObject(estate, variation);
  return estate.variations().some(({ itemId }) => itemId === id) ? itemObject(estate, id) : undefined;
}

function relatedItems(estate: SquareEstate, variationIds: readonly string[]): unknown[] {
  const itemIds = new Set(variationIds.flatMap((id) => estate.variationById(id)?.itemId ?? []));
  return [...itemIds].map((id) => itemObject(estate, id));
}
