import { eventRoutes } from '../runtime/event-routes.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import { idempotencyKeyOf } from '../runtime/idempotency-key.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import { numberOf, objectOf, textOf, type JsonObject } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { CarrierEvents } from './carrier-events.ts';
import { labelObject, trackerObject, type ParcelBook } from './parcel-book.ts';
import { rateOf, type Service, type Way } from './services.ts';

export function carrierRoutes(book: ParcelBook, events: CarrierEvents, services: readonly Service[]): readonly Route[] {
  const answers = new IdempotentAnswers();
  const once = (request: SimulatorRequest, run: () => Answer): Answer =>
    answers.once(idempotencyKeyOf(request), `${request.path} ${request.text}`, run);
  return [
    { method: 'POST', path: '/v1/rates', handle: (request) => ({ body: { data: rates(services, request) } }) },
    { method: 'POST', path: '/v1/labels', handle: (request) => once(request, () => buy(book, request)) },
    {
      method: 'POST',
      path: '/v1/labels/:id/void',
      handle: ({ params }) => ({ body: labelObject(book.voidLabel(params['id'] ?? '')) }),
    },
    { method: 'POST', path: '/v1/trackers', handle: (request) => track(book, request) },
    ...eventRoutes(events),
  ];
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
