import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, call, listAt, textAt } from '../testing/call.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../testing/webhook-catcher.ts';
import { startPaymentSimulator, type PaymentSimulator } from './payment-simulator.ts';

const TOKEN = 'psp-token';
const SECRET = 'whsec_test';
const amount = (value: number, currency = 'GBP') => ({ value, currency });

let psp: PaymentSimulator;
let catcher: WebhookCatcher;

beforeEach(async () => {
  psp = await startPaymentSimulator({ isDeferred: true, webhooks: { backoffMs: 1, reorderHoldMs: 5 } });
  catcher = await startWebhookCatcher();
  psp.subscribe({ url: catcher.url, secret: SECRET });
});

afterEach(async () => {
  await psp.close();
  await catcher.close();
});

const post = (path: string, body: unknown, key?: string) =>
  call(`${psp.url}${path}`, { token: TOKEN, body, headers: key === undefined ? {} : { 'idempotency-key': key } });
const pay = (key = 'pay', token = 'tok_visa') =>
  post('/v1/payments', { merchant_reference: 'order-1', source: { token }, amount: amount(1_000) }, key);
const capture = (id: string, value: number, key: string) =>
  post(`/v1/payments/${id}/captures`, { amount: amount(value), reference: key }, key);

describe('the payment provider', () => {
  test('answers a repeated key as the first time, and refuses it with another body or for something else', async () => {
    const first = await pay();
    expect([first.status, (await pay()).body]).toEqual([201, first.body]);
    expect(psp.payments()).toHaveLength(1);
    expect(at((await pay('pay', 'tok_other')).body, 'error', 'code')).toBe('IDEMPOTENCY_KEY_REUSED');
    const id = textAt(first.body, 'id');
    expect(at((await capture(id, 1, 'pay')).body, 'error', 'code')).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await post('/v1/payments', {})).status).toBe(400);
    expect((await call(`${psp.url}/v1/payments/${id}`)).status).toBe(401);
  });

  test('counts what is pending, so that two captures cannot use the same money', async () => {
    const id = textAt((await pay()).body, 'id');
    expect((await capture(id, 700, 'c1')).status).toBe(202);
    const beyond = await capture(id, 301, 'c2');
    expect([beyond.status, at(beyond.body, 'error', 'code')]).toEqual([422, 'amount_too_large']);
    psp.failNext('capture');
    psp.settleAll();
    expect(psp.takings()).toBe(0);
    expect((await capture(id, 1_000, 'c3')).status).toBe(202);
    psp.settleAll();
    expect(psp.takings()).toBe(1_000);
    const foreign = await post(`/v1/payments/${id}/refunds`, { amount: amount(1, 'EUR') }, 'r1');
    expect(at(foreign.body, 'error', 'code')).toBe('currency_mismatch');
  });

  test('signs every webhook over its time and its body, and numbers its events without a gap', async () => {
    const id = textAt((await pay()).body, 'id');
    await capture(id, 100, 'c1');
    psp.settleAll();
    await psp.webhooksSettled();
    for (const { headers, body } of catcher.caught) {
      const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(String(headers['payment-signature'])) ?? [];
      expect(signature).toBe(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'));
    }
    const told = catcher.caught.map(({ body }) => JSON.parse(body) as { type: string; sequence: number });
    expect(told.map(({ type }) => type)).toEqual(['payment.authorised', 'capture.succeeded']);
    const page = await call(`${psp.url}/v1/events?limit=1`, { token: TOKEN });
    expect(listAt(page.body, 'data').map((event) => at(event, 'sequence'))).toEqual([1]);
    expect([at(page.body, 'next_after'), at(page.body, 'has_more')]).toEqual([1, true]);
    const rest = await call(`${psp.url}/v1/events?after=1`, { token: TOKEN });
    expect(listAt(rest.body, 'data')).toEqual([told[1]]);
    expect((await call(`${psp.url}/v1/events?after=99`, { token: TOKEN })).status).toBe(410);
  });

  test('is cut off, throttled and doubled when it is told so', async () => {
    psp.faults.set({ throttle: 1 });
    const throttled = await pay();
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '1']);
    psp.faults.set({ throttle: 0, outage: 'UNAVAILABLE' });
    expect((await pay()).status).toBe(503);
    psp.faults.set({ outage: 'NONE', duplicate: 1 });
    await pay();
    await psp.webhooksSettled();
    expect(catcher.caught).toHaveLength(2);
  });

  test('makes the same ids from the same seed, and others from another', async () => {
    const idOf = async (randomSeed: number): Promise<string> => {
      const other = await startPaymentSimulator({ randomSeed });
      const { id } = other.pay({ merchantReference: 'order-1', amount: 1, currency: 'GBP', token: 'tok_visa' });
      await other.close();
      return id;
    };
    const [first, again, another] = [await idOf(7), await idOf(7), await idOf(8)];
    expect(again).toBe(first);
    expect(another).not.toBe(first);
  });
});
