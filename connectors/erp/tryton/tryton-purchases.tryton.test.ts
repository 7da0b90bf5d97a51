import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import type { InboundBundle } from '../../runtime/inbound.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { trytonUnderTest } from '../../systems/tryton/testing/config.ts';
import { TrytonTrade } from '../../wms/tryton/testing/tryton-trade.ts';
import type { Erp } from '../port.ts';
import { connectTrytonErp } from './connect-tryton-erp.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';

const tryton = trytonUnderTest();
const [first = '', second = ''] = tryton.skus.slice(45);
const MAPPING: TrytonErpMapping = {
  units: { u: 'EA' },
  warehouses: {
    'DC-NORTH': { location: 'NORTH', type: 'DC', timeZone: 'Europe/London', capabilities: ['SHIP'] },
  },
  lifecycleByActive: { true: 'ACTIVE', false: 'DISCONTINUED' },
  companyCurrency: 'GBP',
};

describe('A purchase in Tryton', () => {
  let platform: TestPlatform;
  let trade: TrytonTrade;
  let connection: PolledConnection<Erp>;

  beforeEach(async () => {
    platform = await openTestPlatform();
    trade = new TrytonTrade(tryton);
    connection = connectTrytonErp({ ...tryton, system: 'erp-tryton', mapping: MAPPING, limits: TEST_LIMITS, platform });
  });

  afterEach(async () => {
    await connection.close();
    await trade.close();
    await platform.close();
  });

  /** What all purchases of a number tell at the moment. */
  async function told(number: string): Promise<readonly (readonly [string, unknown])[]> {
    const feed = connection.feeds.find(({ name }) => name === 'purchases');
    const { messages = [] } = (await feed?.read(0)) ?? {};
    return messages
      .flatMap((message) => (message as InboundBundle).facts ?? [])
      .map(({ definition, data }) => [definition.type, parseAs(definition.data, data, definition.type)] as const)
      .filter(([, data]) => (data as { readonly document: string }).document === number);
  }

  test('is supply that is expected from its confirmation on, with the day by which each line is to come', async () => {
    // Tryton drops a day that has passed.
    const nextYear = new Date(platform.clock.nowMs()).getUTCFullYear() + 1;
    const { number } = await trade.buy([
      { sku: first, quantity: 12, unitPrice: '3.10', expectedOn: `${nextYear}-07-01` },
      { sku: second, quantity: 3, unitPrice: '3.10' },
    ]);
    const line = { lineId: expect.any(String), documentLine: expect.any(String) };
    expect(await told(number)).toEqual([
      [
        'supply-announced',
        {
          document: number,
          location: 'NORTH',
          lines: [
            { ...line, sku: first, quantity: '12', expectedAt: `${nextYear}-07-01T22:59:59.999Z` },
            { ...line, sku: second, quantity: '3' },
          ],
        },
      ],
    ]);
    expect(await told(number)).toEqual(await told(number));
  });

  test('is told as the same message as long as nothing of it changes', async () => {
    const { number } = await trade.buy([{ sku: first, quantity: 1, unitPrice: '3.10' }]);
    const feed = connection.feeds.find(({ name }) => name === 'purchases');
    const ids = async () => (await feed?.read(0))?.messages.map(({ eventId }) => eventId);
    expect(await told(number)).toHaveLength(1);
    expect(await ids()).toEqual(await ids());
  });

  test('brings nothing more when it was cancelled', async () => {
    const { id, number } = await trade.buy([{ sku: first, quantity: 4, unitPrice: '3.10' }]);
    const [[, announced] = []] = await told(number);
    const { documentLine } = (announced as { lines: { documentLine: string }[] }).lines[0] ?? { documentLine: '' };
    await trade.call('model.purchase.purchase.write', [[id], { state: 'cancelled' }]);
    expect(await told(number)).toEqual([
      [
        'supply-cancelled',
        { document: number, location: 'NORTH', lines: [{ lineId: documentLine, documentLine, sku: first }] },
      ],
    ]);
  });
});
