import { HttpFailure } from '../runtime/http-failure.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import { numberOf, objectOf, textOf, type JsonObject } from '../runtime/json-fields.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { CarrierEvents, CarrierWebhook } from './carrier-events.ts';
import { labelObject, trackerObject, type ParcelBook } from './parcel-book.ts';
import { rateOf, type Service, type Way } from './services.ts';

export function carrierRoutes(book: ParcelBook, events: CarrierEvents, services: readonly Service[]): readonly Route[] {
  const answers = new IdempotentAnswers();
  const once = (request: SimulatorRequest, run: () => Answer): Answer =>
    answers.once(keyOf(request), `${request.path} ${request.text}`, run);
  return [
    { method: 'POST', path: '/v1/rates', handle: (request) => ({ body: { data: rates(services, request) } }) },
    { method: 'POST', path: '/v1/labels', handle: (request) => once(request, () => buy(book, request)) },
    {
      method: 'POST',
      path: '/v1/labels/:id/void',
      handle: ({ params }) => ({ body: labelObject(book.voidLabel(params['id'] ?? '')) }),
    },
    { method: 'POST', path: '/v1/trackers', handle: (request) => track(book, request) },
    { method: 'GET', path: '/v1/events', handle: (request) => eventPage(events, request) },
    { method: 'GET', path: '/v1/webhook_endpoints', handle: () => ({ body: { data: events.webhooks().map(hidden) } }) },
    {
      method: 'POST',
      path: '/v1/webhook_endpoints',
      handle: (request) => {
        const webhook = events.subscribe(textOf(jsonBody(request), 'url'));
        return { status: 201, body: { ...hidden(webhook), secret: webhook.secret } };
      },
    },
    {
      method: 'DELETE',
      path: '/v1/webhook_endpoints/:id',
      handle: ({ params }) => {
        if (events.unsubscribe(params['id'] ?? '')) return { status: 204 };
        throw new HttpFailure(404, 'webhook_endpoint_not_found', 'There is no such webhook endpoint.');
      },
    },
  ];
}

function keyOf({ headers }: SimulatorRequest): string {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && key !== '') return key;
  throw new HttpFailure(400, 'idempotency_key_missing', 'Idempotency-Key is required.', { field: 'Idempotency-Key' });
}

function wayOf(body: JsonObject): Way {
  const weightGrams = numberOf(objectOf(body['parcel'], 'parcel'), 'weight_grams');
  if (!Number.isSafeInteger(weightGrams) || weightGrams <= 0) {
    throw new HttpFailure(422, 'weight_invalid', 'A weight is a positive number of grams.', { field: 'parcel' });
  }
  const countryOf = (side: 'from' | 'to'): string => textOf(objectOf(body[side], side), 'country');
  return { weightGrams, fromCountry: countryOf('from'), toCountry: countryOf('to') };
}

/** The cheapest first. */
function rates(services: readonly Service[], request: SimulatorRequest): readonly unknown[] {
  const way = wayOf(jsonBody(request));
  const offered = services.map((service) => rateOf(service, way)).filter((rate) => rate !== undefined);
  return offered
    .toSorted((a, b) => a.amount - b.amount)
    .map(({ service, amount }) => ({
      service: service.code,
      carrier: service.carrier,
      amount: { value: amount, currency: service.currency },
      days: { min: service.daysMin, max: service.daysMax },
    }));
}

function buy(book: ParcelBook, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  for (const side of ['from', 'to']) {
    const address = objectOf(body[side], side);
    for (const field of ['name', 'street', 'city', 'postal_code']) textOf(address, field);
  }
  const reference = textOf(body, 'reference');
  return {
    status: 201,
    body: labelObject(book.buyLabel({ reference, service: textOf(body, 'service'), ...wayOf(body) })),
  };
}

function track(book: ParcelBook, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const parcel = book.track({
    carrier: textOf(body, 'carrier'),
    trackingNumber: textOf(body, 'tracking_number'),
    reference: textOf(body, 'reference'),
  });
  return { body: trackerObject(parcel) };
}

function eventPage(events: CarrierEvents, { query }: SimulatorRequest): Answer {
  const after = Number(query.get('after') ?? '0');
  if (!Number.isSafeInteger(after) || after < 0) {
    throw new HttpFailure(400, 'after_invalid', 'after must be 0 or more.', { field: 'after' });
  }
  // Zero asks from the oldest that is kept; any other number must still be continued without a gap.
  if (after !== 0 && (after + 1 < events.oldest || after > events.head)) {
    throw new HttpFailure(410, 'events_gone', 'The events after this one are not kept.', { field: 'after' });
  }
  const data = events.after(after, limitOf(query.get('limit'), { otherwise: 100, max: 500 }));
  const last = data.at(-1)?.sequence ?? events.head;
  return { body: { data, next_after: last, has_more: last < events.head } };
}

function hidden({ id, url }: CarrierWebhook): Readonly<Record<string, unknown>> {
  return { id, url };
}
