import { HttpFailure } from '../runtime/http-failure.ts';
import { isObject, listOf, objectOf, textOf } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { ListingBook } from './listing-book.ts';

const PATH = '/listings/2021-08-01/items/:sellerId/:sku';
const PATCHES_MAX = 100;
const QUANTITY_PATH = '/attributes/fulfillment_availability';

export function listingRoutes(book: ListingBook, newId: () => string): readonly Route[] {
  return [
    { method: 'GET', path: PATH, handle: (request) => read(book, request) },
    { method: 'PATCH', path: PATH, handle: (request) => patch(book, request, newId) },
  ];
}

function read(book: ListingBook, { params, query }: SimulatorRequest): Answer {
  marketplacesOf(query);
  const { sku, quantity } = book.get(params['sku'] ?? '');
  const availability = { fulfillmentChannelCode: 'DEFAULT', ...(quantity !== null && { quantity }) };
  return { body: { sku, fulfillmentAvailability: [availability] } };
}

/** Quantities alone can be changed here. What cannot be is told as an issue, and nothing is changed. */
function patch(book: ListingBook, request: SimulatorRequest, newId: () => string): Answer {
  marketplacesOf(request.query);
  const sku = request.params['sku'] ?? '';
  const body = jsonBody(request);
  textOf(body, 'productType');
  const quantities = listOf(body, 'patches', PATCHES_MAX).map((each) => quantityOf(objectOf(each, 'patches')));
  const isKnown = book.all().some((listing) => listing.sku === sku);
  const isValid = isKnown && quantities.length > 0 && quantities.every((quantity) => quantity !== undefined);
  for (const quantity of isValid ? quantities : []) book.offer(sku, quantity ?? 0);
  const issue = {
    code: isKnown ? '90000900' : '13013',
    message: isKnown ? 'The attributes are invalid.' : `SKU ${sku} does not match any item of this seller.`,
    severity: 'ERROR',
    categories: ['INVALID_ATTRIBUTE'],
  };
  return {
    body: { sku, status: isValid ? 'ACCEPTED' : 'INVALID', submissionId: newId(), issues: isValid ? [] : [issue] },
  };
}

function quantityOf(operation: Readonly<Record<string, unknown>>): number | undefined {
  if (textOf(operation, 'op') !== 'replace' || textOf(operation, 'path') !== QUANTITY_PATH) return undefined;
  const [value] = listOf(operation, 'value', 1);
  const quantity = isObject(value) ? value['quantity'] : undefined;
  return typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 0 ? quantity : undefined;
}

function marketplacesOf(query: URLSearchParams): void {
  if ((query.get('marketplaceIds') ?? '') !== '') return;
  throw new HttpFailure(400, 'BAD_REQUEST', 'Invalid input', { field: 'marketplaceIds' });
}
