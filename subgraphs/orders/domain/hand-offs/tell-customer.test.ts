import { beforeEach, describe, expect, test } from '@jest/globals';
import { TELLING } from '../../testing/hand-off-samples.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { allocateAt, apply, entriesOf, releaseAt, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import type { NoticePlan } from './notice.ts';
import type { Order } from '../order.ts';
import { withPayment, withPaymentEvent } from '../money/payment.ts';
import { tellCustomer } from './tell-customer.ts';

const DAY_MS = 86_400_000;

let inventory: InventoryModel;

beforeEach(() => {
  inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 10);
});

const place = (plan: Partial<NoticePlan> = {}, customer: string | null = 'ann'): Order =>
  sampleOrder({ noticePlan: { ...TELLING, ...plan }, customer });

const placed = (plan: Partial<NoticePlan> = {}): Order => settleAll(place(plan), inventory);

/** Handed to the warehouse. */
const released = (plan: Partial<NoticePlan> = {}): Order => releaseAt(allocateAt(placed(plan), 'DC', inventory), 'DC');

const ship = (order: Order, quantities: readonly number[], afterMs = 0): Order =>
  apply(order, {
    type: 'RecordWork',
    step: 'SHIPPED',
    location: 'DC',
    told: { ...told(`shipped-${order.shipments.length + 1}`, afterMs), recordedAtMs: told('').recordedAtMs },
    parcel: { externalId: `S-${order.shipments.length + 1}`, carrier: 'Meridian', trackingNumber: '4711' },
    lines: quantities.flatMap((quantity, index) =>
      quantity > 0 ? [{ line: order.lines[index]?.id ?? '', quantity }] : [],
    ),
    misfits: [],
  });

const cancel = (order: Order): Order =>
  apply(order, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: ['DC'], told: told('cancelled') });

const keysOf = ({ noticePlan }: Order): readonly string[] => noticePlan?.notices.map(({ key }) => key) ?? [];

const askedFor = ({ pending }: Order) => pending.filter((command) => command.name === 'tell-customer');

const settle = (order: Order, outcome: CommandOutcome): Order => {
  const [command] = askedFor(order);
  return apply(order, { type: 'SettleCommand', commandId: command?.id ?? '', outcome, told: told('answer') });
};

describe('customers are told', () => {
  test('that their order is confirmed, once its stock is claimed', () => {
    expect(keysOf(place())).toEqual([]);
    const order = placed();
    expect(keysOf(order)).toEqual(['CONFIRMED']);
    expect(askedFor(order)).toMatchObject([
      {
        id: 'order-1/notice/CONFIRMED',
        system: 'messages-main',
        about: { scope: 'WHOLE', lines: [{ quantity: 3 }, { quantity: 2 }] },
      },
    ]);
  });

  test('that it is confirmed no earlier than nobody has still to say whether it may be served', () => {
    const hold = {
      type: 'FRAUD_REVIEW',
      placedBy: 'hub',
      authority: 'psp-main',
      reason: 'A verdict is awaited.',
    } as const;
    const reviewed = apply(place(), { type: 'PlaceHold', hold, told: told('hold') });
    const held = settleAll(reviewed, inventory);
    expect(keysOf(held)).toEqual([]);
    const end = {
      outcome: 'RESOLVED',
      by: 'ann',
      authority: 'psp-main',
      reason: 'Approved.',
      wmsLocations: [],
    } as const;
    const free = apply(held, { type: 'ResolveHold', hold: held.holds?.[0]?.id ?? '', ...end, told: told('free') });
    expect(keysOf(free)).toEqual(['CONFIRMED']);
    const again = apply(free, { type: 'PlaceHold', hold, told: told('hold-2') });
    const freeAgain = apply(again, {
      type: 'ResolveHold',
      hold: again.holds?.[1]?.id ?? '',
      ...end,
      told: told('free-2'),
    });
    expect(keysOf(freeAgain)).toEqual(['CONFIRMED']);
  });

  test('of each parcel that leaves and arrives, under its own key', () => {
    const both = ship(ship(released(), [3, 0]), [0, 2]);
    const arrived = apply(both, { type: 'RecordDelivery', shipment: 'S-2', told: told('delivered') });
    expect(keysOf(arrived)).toEqual(['CONFIRMED', 'SHIPPED/s1', 'SHIPPED/s2', 'DELIVERED/s2']);
    expect(askedFor(arrived)[1]).toMatchObject({
      about: { scope: 'PART', lines: [{ quantity: 3 }], carrier: 'Meridian', trackingNumber: '4711' },
    });
  });

  test('of what has left and arrived at once, that it has arrived', () => {
    const early = apply(released(), { type: 'RecordDelivery', shipment: 'S-1', told: told('delivered') });
    expect(keysOf(ship(early, [3, 2]))).toEqual(['CONFIRMED', 'DELIVERED/s1']);
  });

  test('once, however often it is told', () => {
    const command = {
      type: 'RecordDelivery',
      shipment: 'S-1',
      told: told('delivered'),
      once: { key: 'wms/1', contentHash: '' },
    } as const;
    const arrived = apply(ship(released(), [3, 2]), command);
    expect(apply(arrived, command)).toBe(arrived);
    const twice = apply(arrived, {
      ...command,
      told: told('delivered-again'),
      once: { key: 'wms/2', contentHash: '' },
    });
    expect(keysOf(twice)).toEqual(keysOf(arrived));
  });

  test('of goods that wait to be collected, and were; they are never on their way', () => {
    const lines = [{ sku: 'MUG', decimals: 0 as const, ordered: 3, unitPriceMinor: 100, pickupAt: 'SHOP' }];
    const tenders = [{ tender: 'CARD' as const, amountMinor: 300 }];
    const shop = new InventoryModel(['SHOP']);
    shop.put('MUG', 'SHOP', 10);
    const order = sampleOrder({ noticePlan: TELLING, lines, charges: [], tenders });
    const work = releaseAt(allocateAt(settleAll(order, shop), 'SHOP', shop), 'SHOP', true);
    const collected = (['PICK', 'READY', 'HAND_OVER'] as const).reduce(
      (state, step) => apply(state, { type: 'FulfilOrder', location: 'SHOP', step, told: told(step) }),
      work,
    );
    expect(keysOf(collected)).toEqual(['CONFIRMED', 'READY_FOR_PICKUP/1', 'DELIVERED/s1']);
    expect(askedFor(collected)[1]).toMatchObject({
      about: { scope: 'WHOLE', location: 'SHOP', lines: [{ quantity: 3 }] },
    });
  });

  test('of what is called off, each time more is', () => {
    const off = cancel(placed());
    expect(keysOf(off)).toEqual(['CONFIRMED', 'CANCELLED/1']);
    expect(askedFor(off)[1]).toMatchObject({ about: { scope: 'WHOLE', lines: [{ quantity: 3 }, { quantity: 2 }] } });
    // Nobody was told that it was taken on.
    expect(keysOf(cancel(place()))).toEqual([]);
  });

  test('of money that was given back, and of goods that come later than promised', () => {
    const before = ship(released(), [3, 2]);
    const [payment] = before.payments;
    const paidBack = withPayment(before, withPaymentEvent(payment as never, 'REFUNDED', 250, told('refund')));
    const refunded = tellCustomer(before, paidBack, told('refund'));
    expect(askedFor(refunded).at(-1)).toMatchObject({ notice: 'REFUNDED/1', about: { amountMinor: 250 } });

    const dated = (latestOn: string): Order => ({
      ...before,
      lines: before.lines.map((line) => ({
        ...line,
        promise: { earliestOn: '2026-01-06', latestOn: '2026-01-08' },
        expected: { earliestOn: '2026-01-06', latestOn },
      })),
    });
    expect(tellCustomer(before, dated('2026-01-08'), told('on time'))).toEqual(dated('2026-01-08'));
    const late = tellCustomer(before, dated('2026-01-12'), told('late'));
    expect(askedFor(late).at(-1)).toMatchObject({ notice: 'DELAYED/1', about: { expectedOn: '2026-01-12' } });
    const { noticePlan } = late;
    const sooner = { ...dated('2026-01-11'), ...(noticePlan && { noticePlan }) };
    expect(keysOf(tellCustomer(before, sooner, told('sooner')))).toEqual(keysOf(late));
  });

  test('nothing that happened too long ago to be news', () => {
    const late = ship(released(), [3, 2], -2 * DAY_MS);
    expect(late.noticePlan?.notices.at(-1)).toMatchObject({ key: 'SHIPPED/s1', state: 'LEFT_OUT' });
    expect(askedFor(late).map(({ notice }) => notice)).toEqual(['CONFIRMED']);
    expect(entriesOf(late)).toContain('NOTICE_LEFT_OUT');
    // An order that comes long after it was placed was confirmed by somebody else.
    const old = { ...told('placed', -2 * DAY_MS), recordedAtMs: told('').recordedAtMs };
    const imported = settleAll(sampleOrder({ noticePlan: TELLING, told: old }), inventory);
    expect(imported.noticePlan?.notices).toMatchObject([{ key: 'CONFIRMED', state: 'LEFT_OUT' }]);
  });

  test('nothing without a plan, without a customer, or of milestones that are not to be told', () => {
    expect(askedFor(settleAll(sampleOrder(), inventory))).toEqual([]);
    expect(askedFor(settleAll(place({}, null), inventory))).toEqual([]);
    expect(keysOf(ship(released({ milestones: ['SHIPPED'] }), [3, 2]))).toEqual(['SHIPPED/s1']);
  });
});

describe('the timeline says what became of a message', () => {
  test.each([
    ['ACCEPTED', 'TOLD', 'CUSTOMER_TOLD'],
    ['SUPPRESSED', 'SUPPRESSED', 'NOTICE_SUPPRESSED'],
    ['TOO_LATE', 'TOO_LATE', 'NOTICE_TOO_LATE'],
  ] as const)('%s', (outcome, state, entry) => {
    const message = outcome === 'TOO_LATE' ? null : 'msg_1';
    const order = settle(placed(), { status: 'DONE', notice: { outcome, message } });
    expect(order.noticePlan?.notices).toMatchObject([{ key: 'CONFIRMED', state }]);
    expect(order.noticePlan?.notices[0]?.message ?? null).toBe(message);
    expect(entriesOf(order).at(-1)).toBe(entry);
    expect(askedFor(order)).toEqual([]);
  });

  test('a refusal, and the order goes on', () => {
    const refused = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'Unknown.', details: {} } as const;
    const order = settle(placed(), refused);
    expect(order.noticePlan?.notices).toMatchObject([{ state: 'REFUSED' }]);
    expect(order.timeline.at(-1)).toMatchObject({
      type: 'NOTICE_REFUSED',
      summary: 'The customer was not told that the order is confirmed: Unknown.',
      visibility: 'AGENT',
    });
    expect(order.status).toBe('PROCESSING');
  });
});
