import { eventRoutes } from '../runtime/event-routes.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import { idempotencyKeyOf } from '../runtime/idempotency-key.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import { numberOf, objectOf, optionalTextOf, textOf, textsOf, type JsonObject } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { operationObject, paymentObject } from './payment-account.ts';
import type { AskedOperation, PaymentDesk } from './payment-desk.ts';
import type { PaymentEvents } from './payment-events.ts';

const PAYMENTS_PER_QUERY_MAX = 100;

export function paymentRoutes(desk: PaymentDesk, events: PaymentEvents): readonly Route[] {
  const answers = new IdempotentAnswers();
  const once = (request: SimulatorRequest, run: () => Answer): Answer =>
    answers.once(idempotencyKeyOf(request), `${request.path} ${request.text}`, run);
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
    ...eventRoutes(events),
  ];
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
