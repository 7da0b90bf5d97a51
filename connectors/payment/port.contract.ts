import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Money } from '../../kernel/model/money.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import { lookUpCalls, type PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import { PAYMENTS_PER_LOOK_UP_MAX, type PaymentProvider, type ProvidedPayment } from './port.ts';

export interface PaymentUnderTest extends PortUnderTest<PaymentProvider> {
  /** Means of payment, each with the fate of its name. */
  readonly tokens: Readonly<Record<'approved' | 'declined' | 'pending' | 'reviewed', string>>;
  /** How many payments the provider has taken in. */
  paymentCount(): number;
  /** Taken and not given back, over all payments. */
  takings(): number;
}

const pounds = (amountMinor: number): Money => ({ amountMinor, currencyCode: 'GBP' });

export function paymentContract(name: string, open: () => Promise<PaymentUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: PaymentUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<PaymentProvider>;
    let provider: PaymentProvider;
    let keys = 0;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/payment' });
      provider = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const authorise = (token: string, idempotencyKey = `key-${++keys}`): Promise<ProvidedPayment> =>
      provider.authorise({ idempotencyKey, merchantReference: 'order-1.p1', token, amount: pounds(1_000) });
    const operation = (payment: string, amountMinor: number, idempotencyKey = `key-${++keys}`) => ({
      idempotencyKey,
      payment,
      amount: pounds(amountMinor),
    });

    test('tells what became of an authorisation, a decline being an answer', async () => {
      const { approved, declined, pending, reviewed } = outside.tokens;
      expect(await authorise(approved)).toEqual({
        payment: expect.any(String),
        merchantReference: 'order-1.p1',
        status: 'AUTHORIZED',
        amount: pounds(1_000),
        captured: pounds(0),
        expiresAtMs: expect.any(Number),
        verdict: 'APPROVED',
        reason: null,
      });
      expect(await authorise(declined)).toMatchObject({ status: 'DECLINED', reason: expect.any(String) });
      expect(await authorise(pending)).toMatchObject({ status: 'PENDING' });
      expect(await authorise(reviewed)).toMatchObject({ status: 'AUTHORIZED', verdict: 'REVIEW' });
    });

    test('authorises once, however often it is asked under the same key', async () => {
      const first = await authorise(outside.tokens.approved, 'once');
      const others = await Promise.all([1, 2].map(() => authorise(outside.tokens.approved, 'once')));
      expect(others).toEqual([first, first]);
      expect(outside.paymentCount()).toBe(1);
    });

    test('looks a hundred payments up in one call, and leaves unknown ones out', async () => {
      const { payment } = await authorise(outside.tokens.approved);
      await provider.capture(operation(payment, 400));
      outside.simulator.resetRequests();
      const asked = [payment, ...Array.from({ length: PAYMENTS_PER_LOOK_UP_MAX - 1 }, (_, index) => `none-${index}`)];
      const found = await provider.lookUpPayments(asked);
      expect(lookUpCalls(outside)).toBe(1);
      expect([...found.keys()]).toEqual([payment]);
      expect(found.get(payment)).toMatchObject({ status: 'AUTHORIZED', captured: pounds(400) });
    });

    test('captures in parts, never beyond what is promised', async () => {
      const { payment } = await authorise(outside.tokens.approved);
      expect(await provider.capture(operation(payment, 400))).toEqual({
        operation: expect.any(String),
        status: 'SUCCEEDED',
      });
      await expect(provider.capture(operation(payment, 601))).rejects.toThrow(UpstreamRejected);
      await provider.capture(operation(payment, 600));
      expect(outside.takings()).toBe(1_000);
    });

    test('takes money once, however often it is told under the same key', async () => {
      const { payment } = await authorise(outside.tokens.approved);
      const [first, ...others] = await Promise.all(
        [1, 2, 3].map(() => provider.capture(operation(payment, 300, 'capture-1'))),
      );
      expect(others).toEqual([first, first]);
      expect(outside.takings()).toBe(300);
      await expect(provider.capture(operation(payment, 301, 'capture-1'))).rejects.toThrow(UpstreamRejected);
    });

    test('gives up what is not taken, which then cannot be taken', async () => {
      const { payment } = await authorise(outside.tokens.approved);
      await provider.capture(operation(payment, 250));
      await provider.void(operation(payment, 750));
      await expect(provider.capture(operation(payment, 1))).rejects.toThrow(UpstreamRejected);
      expect(outside.takings()).toBe(250);
    });

    test('gives back in parts what was taken, never more, and once per key', async () => {
      const { payment } = await authorise(outside.tokens.approved);
      await expect(provider.refund(operation(payment, 1))).rejects.toThrow(UpstreamRejected);
      await provider.capture(operation(payment, 1_000));
      await provider.refund(operation(payment, 400, 'refund-1'));
      await provider.refund(operation(payment, 400, 'refund-1'));
      await expect(provider.refund(operation(payment, 601))).rejects.toThrow(UpstreamRejected);
      await provider.refund(operation(payment, 600));
      expect(outside.takings()).toBe(0);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)(
      'ends in an obstacle while the system is down (%s), and the same key goes on afterwards',
      async (outage) => {
        const { payment } = await authorise(outside.tokens.approved);
        outside.simulator.faults.set({ outage });
        await expect(authorise(outside.tokens.approved, 'again')).rejects.toThrow(Obstacle);
        await expect(provider.capture(operation(payment, 100, 'capture'))).rejects.toThrow(Obstacle);
        await expect(provider.lookUpPayments([payment])).rejects.toThrow(Obstacle);
        outside.simulator.faults.clear();
        await authorise(outside.tokens.approved, 'again');
        await provider.capture(operation(payment, 100, 'capture'));
        expect(outside.paymentCount()).toBe(2);
        expect(outside.takings()).toBe(100);
      },
    );

    test('does by way of its queue what it is told, under the key of the command', async () => {
      const { payment } = await authorise(outside.tokens.approved);
      const told = { order: 'order-1', payment, amount: pounds(100) };
      const perform = (command: string, key: string) =>
        connection.commands?.[command]?.perform(told, { key, correlationId: 'test' });
      const captured = await perform('capture-payment', 'order-1/7');
      expect(await perform('capture-payment', 'order-1/7')).toEqual(captured);
      await perform('void-payment', 'order-1/8');
      expect(outside.takings()).toBe(100);
      await perform('refund-payment', 'order-1/9');
      expect(outside.takings()).toBe(0);
    });
  });
}
