import { HttpFailure } from '../runtime/http-failure.ts';
import { listOf, objectOf, optionalTextOf, textOf, textsOf } from '../runtime/json-fields.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { OrderDesk, ReleasedOrder } from './order-desk.ts';
import { unprocessable } from './warehouse.ts';
import type { Warehouse } from './warehouse.ts';
import { orderObject, type ShippingAddress } from './warehouse-order.ts';
import { stockPage } from './stock-page.ts';
import { isStockStatus, stockObject } from './warehouse-stock.ts';
import type { StockStatus } from './warehouse-stock.ts';

const SKUS_MAX = 500;
const LINES_MAX = 200;
const ADJUSTMENTS_MAX = 100_000;

export function wmsRoutes(warehouse: Warehouse, desk: OrderDesk): readonly Route[] {
  return [
    { method: 'POST', path: '/v1/stock/query', handle: (request) => queryStock(warehouse, request) },
    { method: 'GET', path: '/v1/stock', handle: (request) => stockPage(warehouse, request) },
    { method: 'POST', path: '/v1/inventory/adjustments', handle: adjustments(warehouse) },
    { method: 'GET', path: '/v1/events', handle: (request) => events(warehouse, request) },
    { method: 'POST', path: '/v1/orders', handle: (request) => release(desk, request) },
    {
      method: 'GET',
      path: '/v1/orders/:id',
      handle: ({ params }) => ({ body: { data: orderObject(desk.order(params['id'] ?? '')) } }),
    },
    {
      method: 'POST',
      path: '/v1/orders/:id/cancel',
      handle: (request) => {
        const reason = optionalTextOf(jsonBody(request), 'reason') ?? 'CUSTOMER';
        return { body: { data: orderObject(desk.cancel(request.params['id'] ?? '', reason)) } };
      },
    },
    {
      method: 'POST',
      path: '/v1/orders/:id/shipping_address',
      handle: (request) => {
        const address = addressOf(jsonBody(request)['shipping_address']);
        return { body: { data: orderObject(desk.redirect(request.params['id'] ?? '', address)) } };
      },
    },
    {
      method: 'GET',
      path: '/v1/webhooks',
      handle: () => ({ body: { data: warehouse.events.subscriptions().map(shown) } }),
    },
    { method: 'POST', path: '/v1/webhooks', handle: (request) => subscribe(warehouse, request) },
    {
      method: 'DELETE',
      path: '/v1/webhooks/:id',
      handle: ({ params }) => {
        if (warehouse.events.unsubscribe(params['id'] ?? '')) return { status: 204 };
        throw new HttpFailure(404, 'WEBHOOK_NOT_FOUND', 'there is no such webhook');
      },
    },
  ];
}

/** One row per known SKU and warehouse, zero rows included; unknown and unreadable SKUs stand under `errors`. */
function queryStock(warehouse: Warehouse, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const skus = [...new Set(textsOf(body, 'skus', SKUS_MAX))];
  const only = optionalTextOf(body, 'warehouse');
  if (only !== undefined && !warehouse.codes.includes(only)) {
    throw unprocessable('UNKNOWN_WAREHOUSE', `no warehouse ${only}`, 'warehouse');
  }
  const failing = new Set(skus.filter(() => warehouse.core.faults.strikes('partialFailure')));
  const errors = skus.flatMap((sku) => {
    if (failing.has(sku)) return [{ sku, code: 'TEMPORARILY_UNAVAILABLE', message: 'try again' }];
    return warehouse.item(sku) === undefined ? [{ sku, code: 'UNKNOWN_SKU', message: `no item ${sku}` }] : [];
  });
  const known = skus.filter((sku) => !failing.has(sku) && warehouse.item(sku) !== undefined);
  const codes = only === undefined ? warehouse.codes : [only];
  const data = codes.flatMap((code) => known.map((sku) => stockObject(warehouse.stock, { warehouse: code, sku })));
  const sequences = Object.fromEntries(codes.map((code) => [code, warehouse.events.head(code)]));
  return { body: { data, errors, as_of: warehouse.core.nowIso(), sequences } };
}

/** Idempotent by `partner_reference`: the same again answers the first adjustment, another content is refused. */
function adjustments(warehouse: Warehouse): Route['handle'] {
  const made = new Map<string, { readonly content: string; readonly data: unknown }>();
  return (request) => {
    const body = jsonBody(request);
    const partnerReference = textOf(body, 'partner_reference');
    const known = made.get(partnerReference);
    if (known !== undefined && known.content !== request.text) {
      throw new HttpFailure(409, 'PARTNER_REFERENCE_REUSED', 'another adjustment has this partner_reference');
    }
    if (known !== undefined) return { body: { data: known.data } };
    const from = statusOf(optionalTextOf(body, 'from_status'), 'from_status');
    const to = statusOf(optionalTextOf(body, 'to_status'), 'to_status');
    const data = warehouse.adjust({
      sku: textOf(body, 'sku'),
      warehouse: textOf(body, 'warehouse'),
      quantity: textOf(body, 'quantity'),
      reason: textOf(body, 'reason'),
      partnerReference,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    made.set(partnerReference, { content: request.text, data });
    const [oldest] = made.keys();
    if (made.size > ADJUSTMENTS_MAX && oldest !== undefined) made.delete(oldest);
    return { status: 201, body: { data } };
  };
}

function statusOf(text: string | undefined, field: string): StockStatus | undefined {
  if (text === undefined || isStockStatus(text)) return text;
  throw unprocessable('INVALID_STATUS', `${text} is no stock status`, field);
}

function events(warehouse: Warehouse, { query }: SimulatorRequest): Answer {
  const [first = ''] = warehouse.codes;
  const code = query.get('warehouse') ?? (warehouse.codes.length === 1 ? first : '');
  if (!warehouse.codes.includes(code)) throw unprocessable('UNKNOWN_WAREHOUSE', `no warehouse ${code}`, 'warehouse');
  const after = Number(query.get('after') ?? '0');
  if (!Number.isSafeInteger(after) || after < 0)
    throw unprocessable('INVALID_SEQUENCE', 'after must be 0 or more', 'after');
  // Zero asks from the oldest that is kept; any other number must still be continued without a gap.
  if (after !== 0 && (after + 1 < warehouse.events.oldest(code) || after > warehouse.events.head(code))) {
    throw new HttpFailure(410, 'SEQUENCE_GONE', 'the events after this sequence are not kept', { field: 'after' });
  }
  const limit = limitOf(query.get('limit'), { otherwise: 100, max: 500 });
  const data = warehouse.events.after(code, after, limit);
  const head = warehouse.events.head(code);
  const last = data.at(-1)?.sequence ?? head;
  return { body: { data, next_after: last, head, has_more: last < head } };
}

function release(desk: OrderDesk, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const lines = listOf(body, 'lines', LINES_MAX).map((entry) => {
    const line = objectOf(entry, 'lines');
    return {
      partnerLineId: textOf(line, 'partner_line_id'),
      sku: textOf(line, 'sku'),
      quantity: textOf(line, 'quantity'),
    };
  });
  if (lines.length === 0) throw unprocessable('NO_LINES', 'an order needs a line', 'lines');
  const shippingMethod = optionalTextOf(body, 'shipping_method');
  const input: ReleasedOrder = {
    partnerOrderId: textOf(body, 'partner_order_id'),
    warehouse: textOf(body, 'warehouse'),
    lines,
    ...(shippingMethod === undefined ? {} : { shippingMethod }),
    ...(body['shipping_address'] === undefined ? {} : { shippingAddress: addressOf(body['shipping_address']) }),
  };
  const { order, isNew } = desk.release(input);
  return { status: isNew ? 201 : 200, body: { data: orderObject(order) } };
}

/** What a label needs; a name of one word has no first one. */
function addressOf(value: unknown): ShippingAddress {
  const address = objectOf(value, 'shipping_address');
  const country = textOf(address, 'country');
  if (!/^[A-Z]{2}$/.test(country)) throw unprocessable('INVALID_ADDRESS', 'country has two letters', 'country');
  return {
    first_name: typeof address['first_name'] === 'string' ? address['first_name'] : '',
    last_name: textOf(address, 'last_name'),
    address1: textOf(address, 'address1'),
    city: textOf(address, 'city'),
    zip: textOf(address, 'zip'),
    country,
  };
}

function subscribe(warehouse: Warehouse, request: SimulatorRequest): Answer {
  const { id, url, secret } = warehouse.events.subscribe(textOf(jsonBody(request), 'url'));
  return { status: 201, body: { data: { id, url, shared_signature_secret: secret } } };
}

function shown({ id, url }: { readonly id: string; readonly url: string }): unknown {
  return { id, url };
}
