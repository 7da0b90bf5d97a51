import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { startPaymentSimulator, type PaymentSimulator } from '../../simulators/payment/payment-simulator.ts';
import type { Connection } from '../../runtime/connection.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { PositionGone } from '../../runtime/feed.ts';
import type { InboundBundle } from '../../runtime/inbound.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { paymentContract, type PaymentUnderTest } from '../port.contract.ts';
import type { PaymentProvider } from '../port.ts';
import { connectPlainPsp, type PlainPspOptions } from './connect-plain-psp.ts';
import { PLAIN_PSP_WORDS } from './plain-psp-mapping.ts';

const SYSTEM = 'psp-main';
const SECRET = 'webhook-secret';
const GIFT_CARD = 'gift_4711';

const connect = (
  psp: PaymentSimulator,
  platform: TestPlatform,
  more: Partial<PlainPspOptions> = {},
): Connection<PaymentProvider> =>
  connectPlainPsp({
    system: SYSTEM,
    baseUrl: psp.url,
    accessToken: 'psp-token',
    webhookSecret: SECRET,
    mapping: PLAIN_PSP_WORDS,
    limits: TEST_LIMITS,
    platform,
    ...more,
  });

async function open(): Promise<PaymentUnderTest & OutsideSystem<PaymentProvider>> {
  const simulator = await startPaymentSimulator({ webhooks: TEST_WEBHOOKS });
  return {
    simulator,
    system: SYSTEM,
    isFeedComplete: true,
    doWebhooksTell: true,
    tokens: { approved: 'tok_visa', declined: 'tok_declined', pending: 'tok_pending', reviewed: 'tok_review' },
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) =>
      simulator.subscribe({ url: webhookUrl, secret: isForged ? 'a guess' : SECRET }),
    paymentCount: () => simulator.payments().length,
    takings: () => simulator.takings(),
    makeFact: (ordinal) => {
      simulator.pay({
        merchantReference: `order-${ordinal}.p1`,
        amount: 100 * ordinal,
        currency: 'GBP',
        token: 'tok_visa',
      });
    },
  };
}

paymentContract('plain PSP', open);
connectionContract('plain PSP', open);

describe('plain PSP', () => {
  let platform: TestPlatform;
  let psp: PaymentSimulator;
  let connection: Connection<PaymentProvider>;
  const pounds = (amountMinor: number) => ({ amountMinor, currencyCode: 'GBP' });

  beforeEach(async () => {
    platform = await openTestPlatform();
    psp = await startPaymentSimulator({ isDeferred: true, giftCards: { [GIFT_CARD]: 500 } });
    connection = connect(psp, platform);
  });

  afterEach(async () => {
    await connection.close();
    await psp.close();
    await platform.close();
  });

  const facts = async () =>
    ((await connection.feeds[0]?.read(0))?.messages ?? []).flatMap((message) =>
      (message as InboundBundle).facts.map(({ data }) => data as Readonly<Record<string, unknown>>),
    );
  const authorise = (token: string, amountMinor = 500) =>
    connection.port.authorise({
      idempotencyKey: `key-${token}-${amountMinor}`,
      merchantReference: 'order-1.p1',
      token,
      amount: pounds(amountMinor),
    });

  test('answers that something is pending, and tells later what became of it under the key of the hub', async () => {
    const { payment } = await authorise('tok_visa');
    const capture = (key: string) => connection.port.capture({ idempotencyKey: key, payment, amount: pounds(200) });
    const { status, operation } = await capture('order-1/3');
    await capture('order-1/4');
    expect(status).toBe('PENDING');
    psp.failNext('capture');
    psp.settleAll();
    const told = (await facts()).slice(1);
    expect(told).toEqual([
      expect.objectContaining({ kind: 'CAPTURE', outcome: 'FAILED', operation, command: 'order-1/3' }),
      expect.objectContaining({ kind: 'CAPTURE', outcome: 'SUCCEEDED', command: 'order-1/4', amount: pounds(200) }),
    ]);
    expect(psp.takings()).toBe(200);
  });

  test('tells what nobody asked for: verdicts, expiries, chargebacks won and lost', async () => {
    const { payment } = await authorise('tok_review');
    await connection.port.capture({ idempotencyKey: 'c', payment, amount: pounds(300) });
    psp.settleAll();
    psp.decideRisk(payment, 'rejected');
    psp.chargeBack(payment, 300);
    psp.reverse(payment, 'chargeback');
    psp.expire(payment);
    expect(await facts()).toEqual([
      expect.objectContaining({ kind: 'AUTHORIZATION', outcome: 'SUCCEEDED', expiresAt: expect.any(String) }),
      expect.objectContaining({ verdict: 'REVIEW' }),
      expect.objectContaining({ kind: 'CAPTURE', outcome: 'SUCCEEDED' }),
      expect.objectContaining({ verdict: 'REJECTED', merchantReference: 'order-1.p1' }),
      expect.objectContaining({ kind: 'CHARGEBACK', outcome: 'SUCCEEDED', amount: pounds(300) }),
      expect.objectContaining({ kind: 'CHARGEBACK', outcome: 'REVERSED' }),
      expect.objectContaining({ kind: 'AUTHORIZATION', outcome: 'EXPIRED' }),
    ]);
  });

  test('takes a gift card for no more than lies on it', async () => {
    expect(await authorise(GIFT_CARD, 400)).toMatchObject({ status: 'AUTHORIZED' });
    expect(await authorise(GIFT_CARD, 101)).toMatchObject({ status: 'DECLINED', reason: 'insufficient_funds' });
    expect(await authorise(GIFT_CARD, 100)).toMatchObject({ status: 'AUTHORIZED' });
  });

  test('a verdict that means nothing to the hub waits, and is read when it does', async () => {
    const { payment } = await authorise('tok_visa');
    psp.decideRisk(payment, 'escalated' as 'review');
    const message = (await connection.feeds[0]?.read(0))?.messages.at(-1);
    expect(message).toMatchObject({ unmapped: { domain: 'verdict', value: 'escalated' } });
    const origin = message?.origin ?? { kind: '', body: null };
    const again = await connection.readAgain?.(origin, { verdicts: { escalated: 'REVIEW' } });
    expect(again).toMatchObject([{ facts: [{ data: { verdict: 'REVIEW' } }] }]);
  });

  test('who waits for an answer takes from the same bucket as the queue', async () => {
    const hurried = connect(psp, platform, { paceLimits: { burst: 1, perSecond: 0.001 } });
    expect(hurried.pace?.take()).toBe(0);
    await expect(hurried.port.lookUpPayments(['pay_1'])).rejects.toThrow(UpstreamUnavailable);
    expect(psp.requests()).toEqual([]);
    await hurried.close();
  });

  test('says so when the events after a place are gone', async () => {
    await expect(connection.feeds[0]?.read(4_711)).rejects.toThrow(PositionGone);
  });
});
