import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  apply,
  entriesOf,
  NOW_MS,
  refusalOf,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import { acceptMarketplaceOrder } from '../marketplace/accept-marketplace-order.ts';
import type { OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';
import { DAY_MS, MINUTE_MS } from '../times/time-rules.ts';
import { withFirstPriority } from './claim-priority.ts';
import type { PriorityRule } from './priority-rules.ts';

/* Who of those that wait for stock is covered first: by rules, by when they are due, and by what somebody says. */

const RULES: readonly PriorityRule[] = [
  { channel: 'APP', priority: 3 },
  { priority: 5, dueSoon: [{ withinMinutes: 120, priority: 8 }] },
];

/** Nothing is there, and five may be owed. */
function empty(): InventoryModel {
  const inventory = new InventoryModel(['DC']);
  inventory.oversellLimit = 50;
  return inventory;
}

const reservePriority = ({ pending }: Order): number | undefined => {
  const [claim] = pending;
  return claim?.name === 'reserve-stock' ? claim.request.priority : undefined;
};

function marketOrder(shipByMs: number): Order {
  const order = acceptMarketplaceOrder({
    id: 'order-1',
    channel: 'MARKET',
    externalId: 'M-1',
    contentHash: 'hash',
    currency: 'GBP',
    customer: null,
    lines: [{ sku: 'MUG', decimals: 0, ordered: 3, unitPriceMinor: 100 }],
    charges: [],
    capture: { at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'test' },
    system: 'market',
    lineIds: ['l-1'],
    shipByMs,
    told: told('sold'),
  });
  if (isRefusal(order)) throw new Error(order.message);
  return order;
}

const passed = (order: Order, nowMs: number): Order =>
  apply(order, { type: 'PassTime', nowMs, told: told('time', nowMs - NOW_MS) });

const say = (priority: number | null, key = 'said'): OrderCommand => ({
  type: 'PrioritiseOrder',
  priority,
  by: 'ann',
  authority: 'care',
  reason: 'A wedding.',
  told: told(key),
});

const prioritiesIn = (inventory: InventoryModel) =>
  [...inventory.reservations.values()].filter(({ isActive }) => isActive).map(({ priority }) => priority);

describe('the priority of a claim', () => {
  test('is that of the rule of its channel, and is not spelt out where it is the usual one', () => {
    expect(reservePriority(withFirstPriority(sampleOrder({ channel: 'APP' }), RULES, NOW_MS))).toBe(3);
    expect(reservePriority(withFirstPriority(sampleOrder(), RULES, NOW_MS))).toBe(5);
    const usual = sampleOrder();
    expect(withFirstPriority(usual, [], NOW_MS)).toBe(usual);
    expect(reservePriority(usual)).toBeUndefined();
  });

  test('is higher for what a marketplace wants sent soon', () => {
    const soon = withFirstPriority(marketOrder(NOW_MS + 100 * MINUTE_MS), RULES, NOW_MS);
    const later = withFirstPriority(marketOrder(NOW_MS + 200 * MINUTE_MS), RULES, NOW_MS);
    expect([reservePriority(soon), reservePriority(later)]).toEqual([8, 5]);
    // Without any rule two days are soon.
    expect(reservePriority(withFirstPriority(marketOrder(NOW_MS + DAY_MS), [], NOW_MS))).toBe(8);
  });

  test('rises with time while it waits, is told to the ledger once, and wakes the order for that', () => {
    const inventory = empty();
    const dueAtMs = NOW_MS + 10 * DAY_MS;
    const first = withFirstPriority(marketOrder(dueAtMs), [], NOW_MS);
    const waiting = settleAll(first, inventory);
    expect([statesOf(waiting, 1), prioritiesIn(inventory)]).toEqual([{ BACKORDERED: 3 }, [7]]);
    const soonAtMs = dueAtMs - 2 * DAY_MS;
    const before = passed(waiting, soonAtMs - 1);
    expect(before.pending.map(({ name }) => name)).not.toContain('prioritise-reservations');
    expect(before.wakeAtMs).toBeLessThanOrEqual(soonAtMs);
    const woken = passed(before, soonAtMs);
    expect(woken.pending.filter(({ name }) => name === 'prioritise-reservations')).toHaveLength(1);
    const told2 = passed(woken, soonAtMs + 1);
    expect(told2.pending.filter(({ name }) => name === 'prioritise-reservations')).toHaveLength(1);
    settleAll(told2, inventory);
    expect(prioritiesIn(inventory)).toEqual([8]);
  });

  test('follows the day that the customer was promised', () => {
    const inventory = empty();
    const order = withFirstPriority(sampleOrder(), [], NOW_MS);
    const [claim] = order.pending;
    if (claim?.name !== 'reserve-stock') throw new Error('Nothing is claimed.');
    const { reservations } = inventory.answer(claim.name, claim.request) as { reservations: [] };
    const promises = [{ line: 'order-1.1', dates: { earliestOn: '2026-01-05', latestOn: '2026-01-06' } }];
    const outcome = { status: 'DONE', reservations } as const;
    const settle = { type: 'SettleCommand', commandId: claim.id, outcome, promises, told: told('claimed') } as const;
    const promised = settleAll(apply(order, settle), inventory);
    expect(prioritiesIn(inventory)).toEqual([8, 8]);
    expect(promised.pending).toEqual([]);
  });
});

describe('what somebody says', () => {
  test('goes before the rules, is on the timeline, and moves a later order ahead of an earlier one', () => {
    const inventory = empty();
    const early = settleAll(sampleOrder(), inventory);
    const late = settleAll(sampleOrder({ id: 'order-2', externalId: 'W-2' }), inventory);
    const urgent = apply(late, say(9));
    expect(entriesOf(urgent).at(-1)).toBe('ORDER_PRIORITISED');
    expect(urgent.timeline.at(-1)?.summary).toContain('ann (care)');
    const settled = settleAll(urgent, inventory);
    expect(settled.pending).toEqual([]);
    inventory.put('MUG', 'DC', 3);
    const covered = inventory.cover('MUG').map(({ reservation }) => reservation);
    expect(covered).toEqual([settled.lines[0]?.claims[0]?.reservation]);
    expect(covered).not.toContain(early.lines[0]?.claims[0]?.reservation);
  });

  test('is left to the rules again with null, and claims made meanwhile carry it', () => {
    const inventory = empty();
    const said = apply(sampleOrder(), say(9));
    // The first claim was decided before; the ledger hears of the priority as soon as it has named the claim.
    const named = settleAll(said, inventory);
    expect(prioritiesIn(inventory)).toEqual([9, 9]);
    settleAll(apply(named, say(null, 'rules')), inventory);
    expect(prioritiesIn(inventory)).toEqual([7, 7]);
  });

  test('is refused beyond 9, and where nothing waits', () => {
    expect(refusalOf(sampleOrder(), say(10)).code).toBe('BAD_USER_INPUT');
    const inventory = empty();
    const cancel: OrderCommand = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') };
    const over = settleAll(apply(settleAll(sampleOrder(), inventory), cancel), inventory);
    expect(refusalOf(over, say(9)).code).toBe('ILLEGAL_TRANSITION');
  });
});
