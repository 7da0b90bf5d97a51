import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import type { InboundBundle } from '../runtime/inbound.ts';
import type { Erp } from './port.ts';

export interface BoughtLine {
  readonly sku: string;
  readonly quantity: string;
  /** A day to come, YYYY-MM-DD; absent: nobody has said. */
  readonly expectedOn?: string;
}

export interface PurchasesUnderTest {
  connect(platform: TestPlatform): PolledConnection<Erp>;
  /** Where what is bought comes in, in a place whose days begin as in Greenwich. */
  readonly location: string;
  /** Two. */
  readonly skus: readonly [string, string];
  /** Ordered from a supplier, in base units. @returns the number of the order */
  buy(lines: readonly BoughtLine[]): Promise<string>;
  /** Nothing more of it will come. */
  cancel(number: string): Promise<void>;
  close(): Promise<void>;
}

/** What an ERP tells of the purchase orders that it owns: supply that is expected. */
export function purchasesContract(name: string, open: () => Promise<PurchasesUnderTest>): void {
  describe(`${name}: purchase orders`, () => {
    let outside: PurchasesUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<Erp>;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = outside.connect(platform);
    });

    afterEach(async () => {
      await connection.close();
      await outside.close();
      await platform.close();
    });

    /** What cannot be read tells nothing. */
    const messages = async (): Promise<readonly Partial<InboundBundle>[]> => {
      const feed = connection.feeds.find((each) => each.name === 'purchases');
      return (await feed?.read(0))?.messages ?? [];
    };
    /** What an order tells at the moment. */
    const told = async (number: string) =>
      (await messages())
        .flatMap(({ facts = [] }) => facts)
        .map(({ definition, data }) => [definition.type, parseAs(definition.data, data, definition.type)] as const)
        .filter(([, data]) => (data as { readonly document: string }).document === number);
    const day = (): string => `${new Date(platform.clock.nowMs()).getUTCFullYear() + 1}-01-15`;

    test('are supply that is expected, with the day by which each line is to come', async () => {
      const [sku, other] = outside.skus;
      const number = await outside.buy([
        { sku, quantity: '12', expectedOn: day() },
        { sku: other, quantity: '3' },
      ]);
      const [[type, data] = []] = await told(number);
      expect(type).toBe('supply-announced');
      expect(data).toMatchObject({
        document: number,
        location: outside.location,
        lines: [
          { sku, quantity: '12', expectedAt: `${day()}T23:59:59.999Z` },
          { sku: other, quantity: '3' },
        ],
      });
      const { lines } = data as { readonly lines: readonly object[] };
      expect(lines[1]).not.toHaveProperty('expectedAt');
      expect(await told(number)).toHaveLength(1);
    });

    test('are told as the same message as long as nothing of them changes', async () => {
      const number = await outside.buy([{ sku: outside.skus[0], quantity: '1' }]);
      expect(await told(number)).toHaveLength(1);
      expect(await messages()).toEqual(await messages());
    });

    test('bring nothing more, line by line, once that is said', async () => {
      const [sku] = outside.skus;
      const number = await outside.buy([{ sku, quantity: '4' }]);
      const [[, announced] = []] = await told(number);
      const [line] = (announced as { readonly lines: readonly { readonly documentLine: string }[] }).lines;
      await outside.cancel(number);
      const [[type, data] = []] = await told(number);
      expect(type).toBe('supply-cancelled');
      expect(data).toMatchObject({
        document: number,
        location: outside.location,
        lines: [{ documentLine: line?.documentLine, sku }],
      });
    });
  });
}
