import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { TellCustomer } from '../../schema/commands/outbound-messages.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import type { PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { CustomerMessage, Messenger } from './port.ts';

/** It has words for CONFIRMED, and knows every customer but NOBODY; SILENT wants no messages. */
export interface MessengerUnderTest extends PortUnderTest<Messenger> {
  /** How many messages it has taken on, whether they were sent or not. */
  messageCount(): number;
  /** As providers do some time after a message. */
  forgetKeys(): void;
}

const HOUR_MS = 3_600_000;

export function messengerContract(name: string, open: () => Promise<MessengerUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: MessengerUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<Messenger>;
    let messenger: Messenger;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/messages' });
      messenger = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const message = (change: Partial<CustomerMessage> = {}): CustomerMessage => ({
      idempotencyKey: 'order-1/notice/CONFIRMED',
      customer: 'ann',
      channel: 'WEB',
      order: 'W-1',
      milestone: 'CONFIRMED',
      language: 'en',
      subject: 'Your order W-1',
      text: 'Thank you.',
      ...change,
    });
    const told = (change: Partial<TellCustomer> = {}): TellCustomer => ({
      order: 'order-1',
      channel: 'WEB',
      number: 'W-1',
      customer: 'ann',
      milestone: 'CONFIRMED',
      language: 'en',
      occurredAt: new Date(platform.clock.nowMs()).toISOString(),
      tellBefore: new Date(platform.clock.nowMs() + HOUR_MS).toISOString(),
      about: { scope: 'WHOLE', lines: [{ sku: 'LAMP', quantity: '1' }] },
      ...change,
    });
    const perform = (payload: TellCustomer) => connection.commands?.['tell-customer']?.perform(payload, context);
    const find = (payload: TellCustomer) => connection.commands?.['tell-customer']?.find?.(payload, context);
    const context = { key: 'order-1/notice/CONFIRMED', correlationId: 'test' };

    test('says what it has words for', () => {
      expect(messenger.milestones).toContain('CONFIRMED');
    });

    test('takes a message on once, however often it is asked under the same key', async () => {
      const first = await messenger.send(message());
      expect(first).toEqual({ message: expect.any(String), status: 'ACCEPTED' });
      expect(await Promise.all([messenger.send(message()), messenger.send(message())])).toEqual([first, first]);
      expect(outside.messageCount()).toBe(1);
      await messenger.send(message({ idempotencyKey: 'order-1/notice/SHIPPED/s1' }));
      expect(outside.messageCount()).toBe(2);
    });

    test('knows what it has taken on by its key, also when it has forgotten that it was used', async () => {
      expect(await messenger.find(message().idempotencyKey)).toBeUndefined();
      const sent = await messenger.send(message());
      outside.forgetKeys();
      expect(await messenger.find(message().idempotencyKey)).toEqual(sent);
    });

    test('says whom it does not know, and who wants no messages', async () => {
      await expect(messenger.send(message({ customer: 'NOBODY' }))).rejects.toThrow(UpstreamRejected);
      expect(await messenger.send(message({ customer: 'SILENT' }))).toMatchObject({ status: 'SUPPRESSED' });
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)('ends in an obstacle while it is down (%s)', async (outage) => {
      outside.simulator.faults.set({ outage });
      await expect(messenger.send(message())).rejects.toThrow(Obstacle);
      await expect(messenger.find(message().idempotencyKey)).rejects.toThrow(Obstacle);
      outside.simulator.faults.clear();
      await messenger.send(message());
      expect(outside.messageCount()).toBe(1);
    });

    test('is understood when its answers have members that nobody knows', async () => {
      outside.simulator.faults.set({ drift: 'ADDED_FIELD' });
      expect(await messenger.send(message())).toMatchObject({ status: 'ACCEPTED' });
    });

    test('tells a customer by way of its queue, and finds what an attempt before has sent', async () => {
      expect(await messenger.find(context.key)).toBeUndefined();
      expect(await find(told())).toBeUndefined();
      const sent = await perform(told());
      expect(sent).toEqual({ outcome: 'ACCEPTED', message: expect.any(String) });
      outside.forgetKeys();
      expect(await find(told())).toEqual({ result: sent });
      expect(outside.messageCount()).toBe(1);
    });

    test('sends nothing that is no news any more', async () => {
      const old = told({ tellBefore: new Date(platform.clock.nowMs() - 1).toISOString() });
      expect(await perform(old)).toEqual({ outcome: 'TOO_LATE', message: null });
      expect(outside.messageCount()).toBe(0);
    });

    test('refuses what it has no words for, and says so to nobody', async () => {
      const early = told({ occurredAt: '1999-01-01T00:00:00.000Z' });
      await expect(perform(early)).rejects.toThrow('No version of the templates held');
      expect(outside.messageCount()).toBe(0);
    });
  });
}
