import { HttpFailure } from '../runtime/http-failure.ts';
import { listOf, numberOf, objectOf, textOf } from '../runtime/json-fields.ts';
import { pageOf } from '../runtime/page.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { MarketOrder } from './market-order.ts';
import type { OrderBook } from './order-book.ts';
import { itemObject, orderObject } from './order-objects.ts';

const PAGE_MAX = 100;
const MARKETPLACES_MAX = 50;
const ITEMS_MAX = 500;

/** Orders of version 0. */
/** @param mayRead whether a request shows that it may read restricted data */
export function orderRoutes(
  book: OrderBook,
  mayRead: (request: SimulatorRequest, resource: string) => boolean,
): readonly Route[] {
  const order = (request: SimulatorRequest): MarketOrder => book.get(orderIdOf(request));
  return [
    { method: 'GET', path: '/orders/v0/orders', handle: (request) => list(book, request) },
    {
      method: 'GET',
      path: '/orders/v0/orders/:orderId',
      handle: (request) => ({ body: { payload: orderObject(order(request)) } }),
    },
    {
      method: 'GET',
      path: '/orders/v0/orders/:orderId/address',
      handle: (request) => address(order(request), mayRead(request, '/orders/v0/orders/{orderId}/address')),
    },
    { method: 'GET', path: '/orders/v0/orders/:orderId/orderItems', handle: (request) => items(order(request)) },
    {
      method: 'POST',
      path: '/orders/v0/orders/:orderId/shipmentConfirmation',
      handle: (request) => confirmShipment(book, request),
    },
  ];
}

function orderIdOf({ params }: SimulatorRequest): string {
  const { orderId = '' } = params;
  if (/^\d{3}-\d{7}-\d{7}$/.test(orderId)) return orderId;
  throw invalid('orderId');
}

function list(book: OrderBook, { query }: SimulatorRequest): Answer {
  const marketplaces = wordsOf(query, 'MarketplaceIds') ?? [];
  if (marketplaces.length === 0 || marketplaces.length > MARKETPLACES_MAX) throw invalid('MarketplaceIds');
  const createdAfterMs = instantOf(query, 'CreatedAfter');
  const updatedAfterMs = instantOf(query, 'LastUpdatedAfter');
  if ((createdAfterMs === undefined) === (updatedAfterMs === undefined)) throw invalid('CreatedAfter');
  const statuses = wordsOf(query, 'OrderStatuses');
  const found = book
    .all()
    .filter(({ marketplaceId }) => marketplaces.includes(marketplaceId))
    .filter(({ status }) => !statuses || statuses.includes(status))
    .filter(({ purchasedAtMs }) => purchasedAtMs >= (createdAfterMs ?? 0))
    .filter(({ updatedAtMs }) => updatedAtMs >= (updatedAfterMs ?? 0));
  const limit = limitOf(query.get('MaxResultsPerPage'), { otherwise: PAGE_MAX, max: PAGE_MAX });
  const { rows, cursor } = pageOf(found, limit, query.get('NextToken') ?? undefined);
  const payload = { Orders: rows.map(orderObject), ...(cursor !== undefined && { NextToken: cursor }) };
  return { body: { payload } };
}

/** Names and streets are for those alone who hold a restricted token. */
function address({ id, destination, status }: MarketOrder, isRestrictedTold: boolean): Answer {
  const { name, street, city, postalCode, countryCode, phone } = destination;
  const restricted = { Name: name, AddressLine1: street, ...(phone !== undefined && { Phone: phone }) };
  const told = {
    ...(isRestrictedTold && restricted),
    City: city,
    PostalCode: postalCode,
    CountryCode: countryCode,
  };
  return { body: { payload: { AmazonOrderId: id, ...(status !== 'Pending' && { ShippingAddress: told }) } } };
}

function items(order: MarketOrder): Answer {
  const OrderItems = order.items.map((item) => itemObject(order, item));
  return { body: { payload: { AmazonOrderId: order.id, OrderItems } } };
}

function confirmShipment(book: OrderBook, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const order = book.get(orderIdOf(request));
  if (textOf(body, 'marketplaceId') !== order.marketplaceId) throw invalid('marketplaceId');
  const detail = objectOf(body['packageDetail'], 'packageDetail');
  const shippedAt = textOf(detail, 'shipDate');
  if (!/^\d{4}-\d\d-\d\dT/.test(shippedAt) || Number.isNaN(Date.parse(shippedAt))) throw invalid('shipDate');
  const shipped = listOf(detail, 'orderItems', ITEMS_MAX).map((each) => {
    const item = objectOf(each, 'orderItems');
    return { id: textOf(item, 'orderItemId'), quantity: numberOf(item, 'quantity') };
  });
  if (shipped.length === 0 || shipped.some(({ quantity }) => quantity < 1)) throw invalid('orderItems');
  book.ship(order.id, {
    reference: textOf(detail, 'packageReferenceId'),
    carrier: textOf(detail, 'carrierCode'),
    trackingNumber: textOf(detail, 'trackingNumber'),
    shippedAt,
    items: shipped,
  });
  return { status: 204 };
}

/** Lists are written with commas. */
function wordsOf(query: URLSearchParams, name: string): readonly string[] | undefined {
  return query
    .get(name)
    ?.split(',')
    .filter((word) => word !== '');
}

function instantOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw invalid(name);
  return ms;
}

function invalid(field: string): HttpFailure {
  return new HttpFailure(400, 'InvalidInput', 'Invalid Input', { field });
}
