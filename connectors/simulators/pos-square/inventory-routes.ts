import { parseDecimal } from '../runtime/decimal.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import { listOf, objectOf, optionalTextOf, textOf, textsOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { pageOf } from '../runtime/page.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import type { SquareChange, SquareEstate } from './square-estate.ts';
import { TEMPORARY_ERROR } from './square-error.ts';
import { changeObject, countObject } from './square-objects.ts';

const CHANGES_MAX = 100;
const IDS_MAX = 1000;
const PAGE = { otherwise: 100, max: 1000 };
const DAY_MS = 86_400_000;
/** Clocks of clients differ a little. */
const FUTURE_MS = 60_000;

export function inventoryRoutes(estate: SquareEstate): readonly Route[] {
  const answers = new IdempotentAnswers();
  return [
    { method: 'POST', path: '/v2/inventory/counts/batch-retrieve', handle: (request) => counts(estate, request) },
    { method: 'POST', path: '/v2/inventory/changes/batch-retrieve', handle: (request) => changes(estate, request) },
    {
      method: 'POST',
      path: '/v2/inventory/changes/batch-create',
      handle: (request) =>
        answers.once(textOf(jsonBody(request), 'idempotency_key'), request.text, () => create(estate, request)),
    },
    {
      method: 'GET',
      path: '/v2/inventory/adjustments/:adjustment_id',
      handle: ({ params }) => oneChange(estate, 'ADJUSTMENT', params['adjustment_id']),
    },
    {
      method: 'GET',
      path: '/v2/inventory/physical-counts/:physical_count_id',
      handle: ({ params }) => oneChange(estate, 'PHYSICAL_COUNT', params['physical_count_id']),
    },
    {
      method: 'GET',
      path: '/v2/inventory/:catalog_object_id',
      handle: ({ params, query }) => countsOfOne(estate, params['catalog_object_id'] ?? '', query),
    },
  ];
}

function counts(estate: SquareEstate, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const wants = scopeOf(estate, body);
  const states = textsOf(body, 'states', 20);
  const afterMs = Date.parse(optionalTextOf(body, 'updated_after') ?? '1970-01-01T00:00:00Z');
  const rows = estate.till.stock
    .levels()
    .map(({ location, sku }) => ({ locationCode: location, sku }))
    .filter((at) => wants(at) && (states.length === 0 || states.includes('IN_STOCK')))
    .filter(({ locationCode, sku }) => (estate.calculatedAtMs.get(`${locationCode}\n${sku}`) ?? 0) > afterMs);
  const page = pageOf(rows, limitOf(body['limit'] as number | undefined, PAGE), optionalTextOf(body, 'cursor'));
  const kept = page.rows.filter(() => !estate.core.faults.strikes('partialFailure'));
  return {
    body: {
      counts: kept.map((at) => countObject(estate, at)),
      ...(kept.length === page.rows.length ? {} : { errors: [TEMPORARY_ERROR] }),
      ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
    },
  };
}

function changes(estate: SquareEstate, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const wants = scopeOf(estate, body);
  const types = textsOf(body, 'types', 3);
  const afterMs = Date.parse(optionalTextOf(body, 'updated_after') ?? '1970-01-01T00:00:00Z');
  const beforeMs = Date.parse(optionalTextOf(body, 'updated_before') ?? '9999-01-01T00:00:00Z');
  const rows = estate.changes
    .filter((change) => wants(change) && (types.length === 0 || types.includes(change.kind)))
    .filter(({ createdAtMs }) => createdAtMs > afterMs && createdAtMs < beforeMs)
    .sort((left, right) => left.occurredAtMs - right.occurredAtMs);
  const page = pageOf(rows, limitOf(body['limit'] as number | undefined, PAGE), optionalTextOf(body, 'cursor'));
  return {
    body: {
      changes: page.rows.map((change) => changeObject(estate, change)),
      ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
    },
  };
}

function oneChange(estate: SquareEstate, kind: SquareChange['kind'], id: string | undefined): Answer {
  const change = estate.changes.find((each) => each.kind === kind && each.id === id);
  if (change === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'There is no such inventory change.');
  const { type: _, ...body } = changeObject(estate, change) as { readonly type: string };
  return kind === 'ADJUSTMENT' ? { body } : { body: { count: Object.values(body)[0] } };
}

function countsOfOne(estate: SquareEstate, id: string, query: URLSearchParams): Answer {
  const variation = estate.variationById(id);
  if (variation === undefined) throw new HttpFailure(404, 'NOT_FOUND', `Catalog object ${id} was not found.`);
  const places = new Set((query.get('location_ids') ?? '').split(',').filter((place) => place !== ''));
  const rows = estate.till
    .locations()
    .filter(({ code }) => places.size === 0 || places.has(estate.locationId(code)))
    .map(({ code }) => ({ locationCode: code, sku: variation.item.sku }))
    .filter((at) => estate.historyOf(at).length > 0);
  const page = pageOf(rows, PAGE.otherwise, query.get('cursor') ?? undefined);
  const counts = page.rows.map((at) => countObject(estate, at));
  return { body: { counts, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
}

function scopeOf(
  estate: SquareEstate,
  body: JsonObject,
): (at: { readonly locationCode: string; readonly sku: string }) => boolean {
  const objects = new Set(textsOf(body, 'catalog_object_ids', IDS_MAX));
  const places = new Set(textsOf(body, 'location_ids', IDS_MAX));
  return ({ locationCode, sku }) =>
    (objects.size === 0 || objects.has(estate.variation(sku).variationId)) &&
    (places.size === 0 || places.has(estate.locationId(locationCode)));
}

/** All changes are checked before the first is applied: a batch is applied whole or not at all. */
function create(estate: SquareEstate, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const entries = listOf(body, 'changes', CHANGES_MAX);
  if (entries.length === 0) throw new HttpFailure(400, 'ARRAY_EMPTY', 'Name a change.', { field: 'changes' });
  const isUnchangedIgnored = body['ignore_unchanged_counts'] !== false;
  const drafts = entries.map((entry, index) =>
    draftOf(estate, objectOf(entry, `changes[${index}]`), isUnchangedIgnored),
  );
  const applied = drafts.flatMap((draft) => draft() ?? []);
  const touched = new Map(applied.map((change) => [`${change.locationCode}\n${change.sku}`, change]));
  return {
    body: {
      counts: [...touched.values()].map((change) => countObject(estate, change)),
      changes: applied.map((change) => changeObject(estate, change)),
    },
  };
}

function draftOf(
  estate: SquareEstate,
  change: JsonObject,
  isUnchangedIgnored: boolean,
): () => SquareChange | undefined {
  const type = textOf(change, 'type');
  if (type === 'PHYSICAL_COUNT') {
    const count = objectOf(change['physical_count'], 'physical_count');
    const facts = factsOf(estate, count);
    if (textOf(count, 'state') !== 'IN_STOCK') throw invalid('state', 'Only IN_STOCK can be counted.');
    return () => (isUnchangedIgnored && isUnchanged(estate, facts) ? undefined : estate.count(facts));
  }
  if (type === 'ADJUSTMENT') {
    const adjustment = objectOf(change['adjustment'], 'adjustment');
    const facts = factsOf(estate, adjustment);
    const states = { fromState: textOf(adjustment, 'from_state'), toState: textOf(adjustment, 'to_state') };
    return () => estate.adjust({ ...facts, ...states });
  }
  throw invalid('type', `${type} is not supported.`);
}

/** Whether the last thing that happened to an item was a count of as much. */
function isUnchanged(
  estate: SquareEstate,
  facts: { readonly locationCode: string; readonly sku: string; readonly units: number },
): boolean {
  const last = estate.historyOf(facts).at(-1);
  return last?.kind === 'PHYSICAL_COUNT' && last.units === facts.units;
}

function factsOf(
  estate: SquareEstate,
  facts: JsonObject,
): {
  readonly locationCode: string;
  readonly sku: string;
  readonly units: number;
  readonly occurredAtMs: number;
  readonly referenceId?: string;
} {
  const variation = estate.variationById(textOf(facts, 'catalog_object_id'));
  if (variation === undefined)
    throw new HttpFailure(404, 'NOT_FOUND', 'Unknown variation.', { field: 'catalog_object_id' });
  const location = estate.locationById(textOf(facts, 'location_id'));
  if (location === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'Unknown location.', { field: 'location_id' });
  const occurredAtMs = Date.parse(textOf(facts, 'occurred_at'));
  const ageMs = estate.core.nowMs() - occurredAtMs;
  if (Number.isNaN(ageMs) || ageMs > DAY_MS || ageMs < -FUTURE_MS) {
    throw invalid('occurred_at', 'Must be a time of the last 24 hours.');
  }
  const referenceId = optionalTextOf(facts, 'reference_id');
  return {
    locationCode: location.code,
    sku: variation.item.sku,
    units: unitsOf(textOf(facts, 'quantity')),
    occurredAtMs,
    ...(referenceId === undefined ? {} : { referenceId }),
  };
}

function unitsOf(quantity: string): number {
  if (!/^\d+(\.\d{1,4})?$/.test(quantity)) throw invalid('quantity', 'Must be a decimal of 0 or more.');
  return parseDecimal(quantity);
}

function invalid(field: string, message: string): HttpFailure {
  return new HttpFailure(400, 'INVALID_VALUE', message, { field });
}
