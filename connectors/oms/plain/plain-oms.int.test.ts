import { expect, test } from '@jest/globals';
import type { TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { Connection } from '../../runtime/connection.ts';
import { orderChangeTold } from '../../../schema/events/inbox-changes.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import { startOmsSimulator, type OmsSimulator } from '../../simulators/oms/oms-simulator.ts';
import { omsContract, type OmsUnderTest } from '../port.contract.ts';
import type { Oms } from '../port.ts';
import { connectPlainOms } from './connect-plain-oms.ts';

const SYSTEM = 'oms-main';
const SECRET = 'webhook-secret';

const connect = (simulator: OmsSimulator, platform: TestPlatform): Connection<Oms> =>
  connectPlainOms({
    system: SYSTEM,
    baseUrl: simulator.url,
    accessToken: 'oms-token',
    webhookSecret: SECRET,
    mapping: { locations: { vendor: 'VENDOR', store: 'STORE' } },
    limits: TEST_LIMITS,
    platform,
  });

async function open(): Promise<OmsUnderTest & OutsideSystem<Oms>> {
  const nodes = [
    { code: 'vendor', skus: ['SOFA'] },
    { code: 'store', skus: ['LAMP'] },
  ];
  const simulator = await startOmsSimulator({ nodes, webhooks: TEST_WEBHOOKS });
  return {
    simulator,
    system: SYSTEM,
    isFeedComplete: true,
    doWebhooksTell: true,
    location: 'VENDOR',
    sku: 'SOFA',
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) =>
      simulator.subscribe({ url: webhookUrl, secret: isForged ? 'a guess' : SECRET }),
    work: () =>
      simulator.orders().flatMap(({ reference: order, parts }) => parts.map(({ quantity }) => ({ order, quantity }))),
    shipToOf: (order) => {
      const told = simulator.orders().find(({ reference }) => reference === order)?.shipTo ?? {};
      const { postal_code: postalCode, ...others } = told as Readonly<Record<string, string | null>>;
      return { ...others, ...(postalCode && { postalCode }) };
    },
    ship: (order) => simulator.advance(order, 'vendor', 'shipped'),
    changeMeaning: 'LINE_DELTAS',
    amend: (order, quantityChange) =>
      simulator.amend(order, { currency: 'GBP', changes: [{ sku: 'SOFA', quantityChange, unitPrice: '45.00' }] }),
    makeFact: (ordinal) =>
      simulator.take({
        reference: `order-${ordinal}`,
        channel: 'HOME',
        number: `H-${ordinal}`,
        lines: [{ reference: `order-${ordinal}.1`, sku: 'LAMP', quantity: ordinal, reservations: [] }],
      }),
  };
}

omsContract('plain OMS', open);
connectionContract('plain OMS', open);

test('tells what the OMS has decided and what its nodes do in the words of the hub', async () => {
  const platform = await openTestPlatform();
  const simulator = await startOmsSimulator({ nodes: [{ code: 'vendor' }, { code: 'store' }] });
  const connection = connect(simulator, platform);
  const line = { reference: 'order-1.1', sku: 'LAMP', quantity: 2, reservations: [] };
  simulator.take({ reference: 'order-1', channel: 'HOME', number: 'H-1', lines: [line] });
  const nodeOf = (): string => simulator.orders()[0]?.parts[0]?.node ?? '';
  const first = nodeOf();
  simulator.withdraw('order-1', first, 'closed');
  const second = nodeOf();
  for (const step of ['picked', 'shipped', 'delivered'] as const) simulator.advance('order-1', second, step);
  simulator.take({
    reference: 'order-2',
    channel: 'HOME',
    number: 'H-2',
    lines: [{ ...line, reference: 'order-2.1' }],
  });
  simulator.cancel('order-2', 'order-2.1', 'discontinued');
  const { messages = [] } = (await connection.feeds[0]?.read(0)) ?? {};
  const facts = messages.flatMap((message) => ('facts' in message ? message.facts : []));
  const told = facts.map(({ definition, data }) => {
    const { status, location } = data as { readonly status?: string; readonly location?: string | null };
    return [status ?? definition.type, location ?? null];
  });
  const [from, to] = [first.toUpperCase(), second.toUpperCase()];
  expect(first).not.toBe(second);
  expect(told.slice(0, 8)).toEqual([
    ['ALLOCATED', from],
    ['RELEASED', from],
    ['release-ended', from],
    ['ALLOCATED', to],
    ['RELEASED', to],
    ['pick-recorded', to],
    ['shipment-recorded', to],
    ['delivery-recorded', null],
  ]);
  expect(told.at(-1)).toEqual(['CANCELLED', null]);
  await connection.close();
  await simulator.close();
  await platform.close();
});

test('tells an order that is made anew as that, with the number before and its own', async () => {
  const platform = await openTestPlatform();
  const simulator = await startOmsSimulator({ nodes: [{ code: 'vendor' }] });
  const connection = connect(simulator, platform);
  const line = { reference: 'order-1.1', sku: 'LAMP', quantity: 2, reservations: [] };
  simulator.take({ reference: 'order-1', channel: 'HOME', number: 'H-1', lines: [line] });
  const lines = [{ sku: 'LAMP', quantity: 3, unitPrice: '45.5' }];
  const agreed = { currency: 'GBP', agent: 'desk', reason: 'The customer rang.' };
  simulator.replace('order-1', { ...agreed, number: 'H-1/2', lines, carriage: { name: 'Van', amount: '30.00' } });
  simulator.amend('order-1', { currency: 'GBP', changes: [{ sku: 'LAMP', quantityChange: -1, unitPrice: '45.50' }] });
  const { messages = [] } = (await connection.feeds[0]?.read(0)) ?? {};
  const facts = messages.flatMap((message) => ('facts' in message ? message.facts : []));
  const told = facts.filter(({ definition }) => definition === orderChangeTold).map(({ data }) => data);
  expect(told).toEqual([
    {
      channel: 'HOME',
      externalId: 'H-1',
      reason: 'The customer rang.',
      authority: 'desk',
      change: {
        meaning: 'RECREATED',
        newExternalId: 'H-1/2',
        lines: [{ sku: 'LAMP', quantity: '3', unitPriceMinor: 4_550 }],
        shipping: { description: 'Van', amountMinor: 3_000 },
      },
    },
    {
      channel: 'HOME',
      externalId: 'H-1/2',
      change: { meaning: 'LINE_DELTAS', lines: [{ sku: 'LAMP', quantity: '-1', unitPriceMinor: 4_550 }] },
    },
  ]);
  await connection.close();
  await simulator.close();
  await platform.close();
});
