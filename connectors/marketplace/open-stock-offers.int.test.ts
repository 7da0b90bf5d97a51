import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { changesSinceOf, type ChangesSinceReply, type ChangesSinceRequest } from '../../schema/commands/change-log.ts';
import type { OfferStock } from '../../schema/commands/outbound-marketplace.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { OutboundCommand, Submission } from '../outbound/port.ts';
import { openStockOffers } from './open-stock-offers.ts';

const MARKET = { system: 'market-north', channels: ['MARKET'], offersStock: true };

describe('stock offers', () => {
  let platform: TestPlatform;
  let offers: { close(): Promise<void> } | undefined;
  let commands: OutboundCommand[];
  let waiting: number;
  let isLedgerUp: boolean;
  /** What may be sold, with the place in the log of each newest change. */
  let figures: Map<string, { readonly available: string | null; readonly seq: number }>;

  const outbound = {
    submit: async (command: OutboundCommand): Promise<Submission> => {
      if (commands.every(({ key }) => key !== command.key)) commands.push(command);
      return { status: 'WAITING' };
    },
    waiting: () => waiting,
  };
  const head = (): number => Math.max(0, ...[...figures.values()].map(({ seq }) => seq));
  const change = (sku: string, available: string | null): void => {
    figures.set(sku, { available, seq: head() + 1 });
  };
  const told = (): readonly (readonly [string, string])[] =>
    commands.map(({ payload }) => [(payload as OfferStock).sku, (payload as OfferStock).quantity]);

  beforeEach(async () => {
    platform = await openTestPlatform();
    commands = [];
    waiting = 0;
    isLedgerUp = true;
    figures = new Map();
    const { context, name } = changesSinceOf('inventory');
    platform.rpc.serve(rpcSubjectOf(context, name), async ({ payload }): Promise<ChangesSinceReply> => {
      if (!isLedgerUp) throw new Obstacle('CONTEXT_UNAVAILABLE', 'The ledger is away.');
      const { after, filter } = payload as ChangesSinceRequest;
      expect(filter).toEqual({ channel: ['MARKET'] });
      const records = [...figures]
        .filter(([, { seq }]) => seq > (after?.seq ?? -1))
        .map(([sku, { available, seq }]) => ({
          event: 'availability-changed',
          key: `${sku}|MARKET`,
          version: seq,
          value: { sku, channel: 'MARKET', available, band: 'OK', categories: [] },
        }));
      return { epoch: 'e', seq: head(), reset: after === undefined, records };
    });
  });

  afterEach(async () => {
    await offers?.close();
    offers = undefined;
    await platform.close();
  });

  const open = async (marketplaces = [MARKET]): Promise<void> => {
    offers = await openStockOffers({ marketplaces, platform, outbound, limits: { lookMs: 5, waitingMax: 10 } });
  };
  const untilTold = (...wanted: readonly (readonly [string, string])[]): Promise<unknown> =>
    waitFor(() => JSON.stringify(told()) === JSON.stringify(wanted), JSON.stringify(wanted));

  test('tell everything once, and then what changes', async () => {
    change('LAMP', '7');
    change('MUG', '0');
    change('TEA', null);
    await open();
    await untilTold(['LAMP', '7'], ['MUG', '0']);
    change('LAMP', '6');
    await untilTold(['LAMP', '7'], ['MUG', '0'], ['LAMP', '6']);
    expect(commands[0]).toMatchObject({
      system: 'market-north',
      name: 'offer-stock',
      lane: 'STOCK',
      group: 'MARKET/LAMP',
    });
  });

  test('go on where they stopped', async () => {
    change('LAMP', '7');
    await open();
    await untilTold(['LAMP', '7']);
    change('MUG', '1');
    await untilTold(['LAMP', '7'], ['MUG', '1']);
    await offers?.close();
    change('MUG', '2');
    await open();
    await untilTold(['LAMP', '7'], ['MUG', '1'], ['MUG', '2']);
  });

  test('wait while commands wait, and then tell the newest figure alone', async () => {
    change('LAMP', '7');
    await open();
    await untilTold(['LAMP', '7']);
    waiting = 10;
    change('LAMP', '6');
    change('LAMP', '5');
    change('MUG', '1');
    await new Promise((resolve) => setImmediate(resolve));
    expect(told()).toEqual([['LAMP', '7']]);
    waiting = 0;
    await untilTold(['LAMP', '7'], ['LAMP', '5'], ['MUG', '1']);
  });

  test('wait while the ledger is away', async () => {
    isLedgerUp = false;
    change('LAMP', '7');
    await open();
    await new Promise((resolve) => setImmediate(resolve));
    isLedgerUp = true;
    await untilTold(['LAMP', '7']);
  });

  test('are for nobody who has not asked for them', async () => {
    change('LAMP', '7');
    await open([{ ...MARKET, system: 'market-south', offersStock: false }, MARKET]);
    await untilTold(['LAMP', '7']);
    expect(commands.map(({ system }) => system)).toEqual(['market-north']);
  });
});
