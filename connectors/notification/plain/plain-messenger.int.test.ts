import { expect, test } from '@jest/globals';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { startMessageSimulator } from '../../simulators/messages/message-simulator.ts';
import { messengerContract, type MessengerUnderTest } from '../port.contract.ts';
import { TemplateSet } from '../templates/template-set.ts';
import { connectPlainMessenger } from './connect-plain-messenger.ts';

const TEMPLATES = new TemplateSet([
  {
    version: '1',
    effectiveFrom: '2000-01-01T00:00:00.000Z',
    defaultLanguage: 'en',
    messages: { CONFIRMED: { en: { subject: 'Your order {order}', text: 'We have {items} for you.' } } },
  },
]);
const settings = {
  system: 'messages-main',
  accessToken: 'messages-token',
  templates: TEMPLATES,
  limits: TEST_LIMITS,
} as const;

async function open(): Promise<MessengerUnderTest> {
  const simulator = await startMessageSimulator({ suppressed: ['SILENT'], unknown: ['NOBODY'] });
  return {
    simulator,
    connect: async ({ platform }) => connectPlainMessenger({ ...settings, baseUrl: simulator.url, platform }),
    messageCount: () => simulator.messages().length,
    forgetKeys: () => simulator.forgetKeys(),
  };
}

messengerContract('plain messenger', open);

test('names the customer as the channel knows them, and bears no address', async () => {
  const platform = await openTestPlatform();
  const simulator = await startMessageSimulator();
  const connection = connectPlainMessenger({ ...settings, baseUrl: simulator.url, platform });
  const nowMs = platform.clock.nowMs();
  await connection.commands?.['tell-customer']?.perform(
    {
      order: 'order-1',
      channel: 'WEB',
      number: 'W-1',
      customer: 'ann',
      milestone: 'CONFIRMED',
      language: 'en-GB',
      occurredAt: new Date(nowMs).toISOString(),
      tellBefore: new Date(nowMs + 1_000).toISOString(),
      about: { scope: 'WHOLE', lines: [{ sku: 'LAMP', quantity: '2' }] },
    },
    { key: 'order-1/notice/CONFIRMED', correlationId: 'test' },
  );
  expect(simulator.messages()).toEqual([
    {
      id: expect.any(String),
      reference: 'order-1/notice/CONFIRMED',
      customer: 'ann',
      channel: 'WEB',
      order: 'W-1',
      milestone: 'CONFIRMED',
      language: 'en',
      subject: 'Your order W-1',
      text: 'We have 2 × LAMP for you.',
      status: 'accepted',
    },
  ]);
  await connection.close();
  await simulator.close();
  await platform.close();
});
