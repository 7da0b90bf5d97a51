import { HttpFailure } from '../runtime/http-failure.ts';
import { numberOf, objectOf, optionalTextOf, textOf } from '../runtime/json-fields.ts';
import { pageOf } from '../runtime/page.ts';
import { jsonBody, limitOf } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import type { SquareEstate, SquareOrder } from './square-estate.ts';
import { refundObject } from './square-objects.ts';

export function refundRoutes(estate: SquareEstate): readonly Route[] {
  const answers = new IdempotentAnswers();
  return [
    { method: 'GET', path: '/v2/refunds', handle: (request) => list(estate, request) },
    { method: 'GET', path: '/v2/refunds/:refund_id', handle: ({ params }) => one(estate, params['refund_id'] ?? '') },
    {
      method: 'POST',
      path: '/v2/refunds',
      handle: (request) =>
        answers.once(textOf(jsonBody(request), 'idempotency_key'), request.text, () => refund(estate, request)),
    },
  ];
}

function list(estate: SquareEstate, { query }: SimulatorRequest): Answer {
  const beginMs = Date.parse(query.get('begin_time') ?? '1970-01-01T00:00:00Z');
  const endMs = Date.parse(query.get('end_time') ?? '9999-01-01T00:00:00Z');
  const locationId = query.get('location_id');
  const sign = query.get('sort_order') === 'ASC' ? 1 : -1;
  const rows = estate
    .refunds()
    .filter(({ createdAtMs }) => createdAtMs >= beginMs && createdAtMs < endMs)
    .filter(({ order }) => locationId === null || estate.locationId(order.receipt.location.code) === locationId)
    .sort((left, right) => sign * (left.createdAtMs - right.createdAtMs));
  const limit = limitOf(query.get('limit'), { otherwise: 100, max: 100 });
  const page = pageOf(rows, limit, query.get('cursor') ?? undefined);
  const refunds = page.rows.map((row) => refundObject(estate, row));
  return { body: { refunds, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
}

function one(estate: SquareEstate, id: string): Answer {
  const found = estate.refund(id);
  if (found === undefined) throw new HttpFailure(404, 'NOT_FOUND', `Refund ${id} was not found.`);
  return { body: { refund: refundObject(estate, found) } };
}

/** Money back on a payment, without goods: at most what is left of it, over returns and refunds together. */
function refund(estate: SquareEstate, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const paymentId = textOf(body, 'payment_id');
  const sale = estate.orders().find(({ receipt }) => receipt.kind === 'SALE' && receipt.paymentId === paymentId);
  if (sale === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'There is no such payment.', { field: 'payment_id' });
  const amountMinor = numberOf(objectOf(body['amount_money'], 'amount_money'), 'amount');
  if (amountMinor <= 0 || amountMinor > leftOf(estate, sale)) {
    throw new HttpFailure(400, 'REFUND_AMOUNT_INVALID', 'The payment has not that much left.', {
      field: 'amount_money',
    });
  }
  const reason = optionalTextOf(body, 'reason') ?? 'Refund';
  const created = estate.giveMoneyBack({ order: sale, paymentId, amountMinor, reason });
  return { body: { refund: refundObject(estate, created) } };
}

function leftOf(estate: SquareEstate, { receipt }: SquareOrder): number {
  const given = estate.refunds().filter(({ paymentId }) => paymentId === receipt.paymentId);
  return given.reduce((left, { amountMinor }) => left - amountMinor, receipt.totalMinor);
}
