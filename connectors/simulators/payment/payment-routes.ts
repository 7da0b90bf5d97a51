import { HttpFailure } from '../runtime/http-failure.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import { numberOf, objectOf, optionalTextOf, textOf, textsOf, type JsonObject } from '../runtime/json-fields.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { operationObject, paymentObject } from './payment-account.ts';
import type { AskedOperation, PaymentDesk } from './payment-desk.ts';
import type { PaymentEvents, PaymentWebhook } from './payment-events.ts';

const PAYMENTS_PER_QUERY_MAX = 100;

export function paymentRoutes(desk: PaymentDesk, events: PaymentEvents): readonly Route[] {
  const answers = new IdempotentAnswers();
  const once = (request: SimulatorRequest, run: () => Answer): Answer =>
    answers.once(keyOf(request), `${request.path} ${request.text}`, run);
  const operation = (kind: AskedOperation): Route => ({
    method: 'POST',
    path: `/v1/payments/:id/${kind}s`,
    handle: (request) => once(request, () => operate(desk, kind, request)),
  });
  return [
    { method: 'POST', path: '/v1/payments', handle: (request) => once(request, () => create(desk, request)) },
    { method: 'POST', path: '/v1/payments/query', handle: (request) => query(desk, request) },
    {
      method: 'GET',
      path: '/v1/payments/:id',
      handle: ({ params }) => ({ body: paymentObject(desk.payment(params['id'] ?? '')) }),
    },
    operation('capture'),
    operation('void'),
    operation('refund'),
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

function amountOf(body: JsonObject): { readonly amount: number; readonly currency: string } {
  const money = objectOf(body['amount'], 'amount');
  const amount = numberOf(money, 'value');
  if (!Number.isSafeInteger(amount) || amount <= 0) {
    throw new HttpFailure(422, 'amount_invalid', 'An amount is a positive number of minor units.', { field: 'amount' });
  }
  return { amount, currency: textOf(money, 'currency') };
}

function create(desk: PaymentDesk, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const payment = desk.create({
    ...amountOf(body),
    merchantReference: textOf(body, 'merchant_reference'),
    token: textOf(objectOf(body['source'], 'source'), 'token'),
  });
  return { status: 201, body: paymentObject(payment) };
}

function operate(desk: PaymentDesk, kind: AskedOperation, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const id = request.params['id'] ?? '';
  const reference = optionalTextOf(body, 'reference') ?? null;
  const operation = desk.operate(kind, { ...amountOf(body), payment: id, reference });
  return {
    status: operation.status === 'pending' ? 202 : 201,
    body: operationObject(desk.payment(id), operation),
  };
}

/** Unknown ids are left out. */
function query(desk: PaymentDesk, request: SimulatorRequest): Answer {
  const ids = [...new Set(textsOf(jsonBody(request), 'ids', PAYMENTS_PER_QUERY_MAX))];
  const found = ids.map((id) => desk.find(id)).filter((payment) => payment !== undefined);
  return { body: { data: found.map(paymentObject) } };
}

function eventPage(events: PaymentEvents, { query: asked }: SimulatorRequest): Answer {
  const after = Number(asked.get('after') ?? '0');
  if (!Number.isSafeInteger(after) || after < 0) {
    throw new HttpFailure(400, 'after_invalid', 'after must be 0 or more.', { field: 'after' });
  }
  // Zero asks from the oldest that is kept; any other number must still be continued without a gap.
  if (after !== 0 && (after + 1 < events.oldest || after > events.head)) {
    throw new HttpFailure(410, 'events_gone', 'The events after this one are not kept.', { field: 'after' });
  }
  const limit = limitOf(asked.get('limit'), { otherwise: 100, max: 500 });
  const data = events.after(after, limit);
  const last = data.at(-1)?.sequence ?? events.head;
  return { body: { data, next_after: last, has_more: last < events.head } };
}

function hidden({ id, url }: PaymentWebhook): Readonly<Record<string, unknown>> {
  return { id, url };
}
