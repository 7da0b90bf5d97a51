import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { apply, settleAll, statesOf, told } from '../../testing/sample-order.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import type { Order } from '../order.ts';
import { standingExceptionsBetween } from '../standing-exceptions.ts';
import { acceptMarketplaceOrder } from './accept-marketplace-order.ts';

function sold(unitPriceMinor = 100): Order {
  const order = acceptMarketplaceOrder({
    id: 'order-1',
    system: 'market-north',
    channel: 'MARKET',
    externalId: 'M-1',
    contentHash: 'hash',
    currency: 'GBP',
    customer: null,
    lineIds: ['item-1', 'item-2'],
    lines: [
      { sku: 'MUG', decimals: 0, ordered: 2, unitPriceMinor },
      { sku: 'JUG', decimals: 0, ordered: 1, unitPriceMinor },
    ],
    charges: [],
    acknowledgeByMs: 1_000,
    capture: { at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'test' },
    told: told('sold'),
  });
  if (isRefusal(order)) throw new Error(order.message);
  return order;
}

const REFUSED: CommandOutcome = {
  status: 'REFUSED',
  code: 'INSUFFICIENT_STOCK',
  message: 'Less may be sold than was asked for.',
  details: {},
};

const settle = (order: Order, outcome: CommandOutcome): Order => {
  const [command] = order.pending;
  return apply(order, { type: 'SettleCommand', commandId: command?.id ?? '', outcome, told: told('settled') });
};

const namesOf = ({ pending }: Order): readonly string[] => pending.map(({ name }) => name);

describe('an order that a marketplace has sold', () => {
  test('asks the ledger to owe what is missing, and for nothing else before it is claimed', () => {
    const [command, ...others] = sold().pending;
    expect(command).toMatchObject({ name: 'reserve-stock', request: { isAccepted: true, owner: 'order-1' } });
    expect(others).toEqual([]);
    expect(sold().acknowledgeByMs).toBe(1_000);
  });

  test('bears no payment where it costs nothing', () => {
    expect(sold(0).payments).toEqual([]);
    expect(sold().payments).toHaveLength(1);
  });

  test('is never rejected: it is asked for again under a new id, and people hear of it once', () => {
    const refused = settle(sold(), REFUSED);
    expect(statesOf(refused, 1)).toEqual({ CAPTURED: 2 });
    expect(namesOf(refused)).toEqual(['reserve-stock']);
    expect(refused.pending[0]?.id).not.toBe(sold().pending[0]?.id);
    expect(standingExceptionsBetween(sold(), refused)).toMatchObject([
      { type: 'exception-raised', exception: { class: 'MARKETPLACE_ORDER_UNCLAIMED' } },
    ]);
    const again = settle(refused, REFUSED);
    expect(standingExceptionsBetween(refused, again)).toEqual([]);
    expect(again.timeline.filter(({ type }) => type === 'STOCK_NOT_CLAIMED')).toHaveLength(1);
  });

  test('is acknowledged once it is claimed after all, and the exception is gone', () => {
    const inventory = new InventoryModel(['DC']);
    const refused = settle(sold(), REFUSED);
    const claimed = settleAll(refused, inventory);
    expect(statesOf(claimed, 1)).toEqual({ BACKORDERED: 2 });
    expect(standingExceptionsBetween(refused, claimed)).toMatchObject([{ type: 'exception-cleared' }]);
    expect(claimed.marketplace?.words).toMatchObject([{ about: 'ACKNOWLEDGEMENT' }]);
  });

  test('tells what is called off once, and only what the marketplace does not know', () => {
    const cancel = { type: 'CancelOrder', reason: 'OUT_OF_STOCK', wmsLocations: [], told: told('cancel') } as const;
    const off = apply(sold(), cancel);
    expect(namesOf(off)).toEqual(['reserve-stock', 'tell-cancellation']);
    expect(off.pending[1]).toMatchObject({ reason: 'OUT_OF_STOCK', lines: [{ quantity: 2 }, { quantity: 1 }] });
    expect(namesOf(apply(off, { ...cancel, told: told('again') }))).toEqual(namesOf(off));
    const told_ = { kind: 'CANCELLED', reason: 'x', wmsLocations: [], told: told('off') } as const;
    const byThem = apply(sold(), { type: 'RecordMarketplaceCancellation', ...told_ });
    expect(namesOf(byThem)).toEqual(['reserve-stock']);
    expect(byThem.status).toBe('CANCELLED');
  });

  test('tells later what is called off of a line that the marketplace has not named', () => {
    const inventory = new InventoryModel(['DC']);
    const claimed = settleAll(settle(sold(), REFUSED), inventory);
    const byThem = apply(claimed, {
      type: 'RecordMarketplaceCancellation',
      kind: 'CANCELLED',
      lineIds: ['item-1'],
      reason: 'x',
      wmsLocations: [],
      told: told('off'),
    });
    expect(byThem.marketplace?.calledOff).toEqual([2, 0]);
    const off = apply(byThem, { type: 'CancelOrder', reason: 'OUT_OF_STOCK', wmsLocations: [], told: told('cancel') });
    const words = off.pending.filter(({ name }) => name === 'tell-cancellation');
    expect(words).toMatchObject([{ lines: [{ line: 'order-1.2', quantity: 1 }] }]);
  });
});
