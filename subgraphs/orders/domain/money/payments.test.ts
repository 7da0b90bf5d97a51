import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  NOW_MS,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  told,
} from '../../testing/sample-order.ts';
import { capturePolicyOf, type CaptureMoment } from './capture-rules.ts';
import type { NewTender } from '../capture-order.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import { activeHolds } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import { exceptionsBetween } from '../order-exceptions.ts';
import { refundProgressOf, refundsChangedBetween } from './order-refund.ts';
import { authorizedOf, capturedOf, chargedBackOf, refundedOf } from './payment.ts';
import type { PaymentTold } from './payment-told.ts';
import type { PromiseTold } from '../promises/promise-told.ts';

const provider = { system: 'psp', token: 'tok', reference: null } as const;
const capture = (at: CaptureMoment) => ({ at, overCapturePercent: 0, rulesVersion: 'v1' });
const CARD: NewTender = { tender: 'CARD', amountMinor: 901, provider, capture: capture('SHIPMENT') };
const PAYMENT = 'order-1.p1';

function reserved(...tenders: readonly NewTender[]): Order {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 5);
  return settleAll(sampleOrder({ tenders }), inventory);
}

function released(...tenders: readonly NewTender[]): Order {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 5);
  const promised = promise(settleAll(sampleOrder({ tenders }), inventory));
  return releaseAt(allocateAt(promised, 'DC', inventory), 'DC');
}

/** Answers the oldest pending command of this name. */
function answer(order: Order, name: string, outcome: CommandOutcome): Order {
  const command = order.pending.find((each) => each.name === name);
  if (!command) throw new Error(`No ${name} is pending.`);
  return apply(order, { type: 'SettleCommand', commandId: command.id, outcome, told: told(command.id) });
}

const PROMISE: PromiseTold = {
  status: 'AUTHORIZED',
  reference: 'pay-1',
  amountMinor: 901,
  expiresAtMs: null,
  verdict: 'APPROVED',
  reason: '',
};

const promise = (order: Order, changes: Partial<PromiseTold> = {}): Order =>
  answer(order, 'authorise-payment', { status: 'DONE', promise: { ...PROMISE, ...changes } });

const DONE = { status: 'DONE', operation: 'SUCCEEDED' } as const;
const REFUSED = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'card stolen', details: {} } as const;

function ship(order: Order, quantity = 3, index = 0): Order {
  const line = order.lines[index]?.id ?? '';
  const parcel = { externalId: `s-${index}-${quantity}`, carrier: null, trackingNumber: null };
  const lines = [{ line, quantity }];
  return apply(order, {
    type: 'RecordWork',
    step: 'SHIPPED',
    location: 'DC',
    parcel,
    lines,
    misfits: [],
    told: told(parcel.externalId),
  });
}

const tell = (order: Order, about: Partial<PaymentTold>, payment = PAYMENT): Order =>
  apply(order, {
    type: 'RecordPayment',
    payment,
    told: told(`${about.kind}/${about.outcome}`),
    about: {
      system: 'psp',
      kind: 'CAPTURE',
      outcome: 'SUCCEEDED',
      reference: 'pay-1',
      operation: 'op-1',
      command: null,
      amountMinor: 901,
      currency: 'GBP',
      expiresAtMs: null,
      reason: '',
      ...about,
    },
  });

const verdict = (order: Order, word: 'APPROVED' | 'REVIEW' | 'REJECTED', afterMs = 0): Order =>
  apply(order, {
    type: 'RecordVerdict',
    payment: PAYMENT,
    verdict: word,
    reason: '',
    wmsLocations: [],
    told: told(`verdict-${word}`, afterMs),
  });

const paid = (order: Order, index = 0) => {
  const payment = order.payments[index];
  if (!payment) throw new Error('There is no such payment.');
  return { authorized: authorizedOf(payment), captured: capturedOf(payment), refunded: refundedOf(payment) };
};

const namesOf = (order: Order): readonly string[] => order.pending.map(({ name }) => name);
const holdsOf = (order: Order): readonly string[] => activeHolds(order).map(({ type }) => type);

describe('a promise of money', () => {
  test('is asked for once the stock is claimed, and the order is held until it is there', () => {
    expect(namesOf(sampleOrder({ tenders: [CARD] }))).toEqual(['reserve-stock']);
    const order = reserved(CARD);
    expect([order.status, namesOf(order), holdsOf(order)]).toEqual([
      'HELD',
      ['authorise-payment'],
      ['PAYMENT_PENDING'],
    ]);
    const promised = promise(order);
    expect([promised.status, holdsOf(promised)]).toEqual(['PROCESSING', []]);
    expect(paid(promised)).toEqual({ authorized: 901, captured: 0, refunded: 0 });
  });

  test('is done without when somebody decides so', () => {
    const order = reserved(CARD);
    const end = { hold: 'order-1.h1', outcome: 'RESOLVED', by: 'ann', authority: 'desk', reason: 'known' } as const;
    const free = apply(order, { type: 'ResolveHold', ...end, wmsLocations: [], told: told('end') });
    expect([free.status, holdsOf(free)]).toEqual(['PROCESSING', []]);
    expect(paid(promise(free)).authorized).toBe(901);
  });

  test('that is declined calls the order off, and is remembered', () => {
    const order = promise(reserved(CARD), { status: 'DECLINED', reason: 'insufficient funds' });
    expect(order.status).toBe('CANCELLED');
    expect(order.rejection).toMatchObject({ code: 'PAYMENT_DECLINED', details: { reason: 'insufficient funds' } });
    expect(namesOf(order)).toEqual(['cancel-reservations']);
  });

  test('of one tender that is declined gives the promises of the others up', () => {
    const gift: NewTender = { ...CARD, tender: 'GIFT_CARD', amountMinor: 201 };
    const both = reserved({ ...CARD, amountMinor: 700 }, gift);
    const [first, second] = both.pending.map(({ id }) => id);
    const settle = (order: Order, commandId: string | undefined, changes: Partial<PromiseTold>): Order =>
      apply(order, {
        type: 'SettleCommand',
        commandId: commandId ?? '',
        outcome: { status: 'DONE', promise: { ...PROMISE, ...changes } },
        told: told('answer'),
      });
    expect(holdsOf(both)).toEqual(['PAYMENT_PENDING', 'PAYMENT_PENDING']);
    const half = settle(both, first, { amountMinor: 700 });
    expect([half.status, holdsOf(half)]).toEqual(['HELD', ['PAYMENT_PENDING']]);
    const off = settle(half, second, { status: 'DECLINED' });
    expect([off.status, namesOf(off)]).toEqual(['CANCELLED', ['cancel-reservations', 'void-payment']]);
    expect(paid(answer(off, 'void-payment', DONE))).toEqual({ authorized: 0, captured: 0, refunded: 0 });
  });

  test('that somebody else has to give is waited for, and told by a callback', () => {
    const pending = promise(reserved(CARD), { status: 'PENDING' });
    expect([pending.status, pending.payments[0]?.provider?.state]).toEqual(['HELD', 'PENDING']);
    const told = tell(pending, { kind: 'AUTHORIZATION' });
    expect([told.status, paid(told).authorized]).toEqual(['PROCESSING', 901]);
  });

  test('that the callback tells before the answer is taken in once', () => {
    const told = tell(reserved(CARD), { kind: 'AUTHORIZATION' });
    expect(paid(promise(told)).authorized).toBe(901);
    expect(entriesOf(promise(told)).filter((type) => type === 'PAYMENT_AUTHORIZED')).toHaveLength(1);
  });

  test('of less than was asked for holds the order for a person', () => {
    const order = promise(reserved(CARD), { amountMinor: 500 });
    expect([order.status, holdsOf(order), paid(order).authorized]).toEqual(['HELD', ['PAYMENT_PENDING'], 500]);
  });

  test('that ends before the goods left is asked for anew, for what is not taken yet', () => {
    const shipped = answer(ship(released(CARD), 3), 'capture-payment', DONE);
    const taken = paid(shipped).captured;
    const renewed = tell(shipped, { kind: 'AUTHORIZATION', outcome: 'EXPIRED' });
    expect(paid(renewed)).toEqual({ authorized: taken, captured: taken, refunded: 0 });
    expect(renewed.payments[1]).toMatchObject({
      replaces: PAYMENT,
      provider: { state: 'ASKED', amountMinor: 901 - taken },
    });
    expect(holdsOf(renewed)).toEqual(['PAYMENT_PENDING']);
    const rest = promise(renewed, { reference: 'pay-2', amountMinor: 901 - taken });
    const whole = answer(ship(rest, 2, 1), 'capture-payment', DONE);
    expect([paid(whole).captured, paid(whole, 1).captured]).toEqual([taken, 901 - taken]);
  });

  test('that cannot be had anew holds the order for a person', () => {
    const ended = tell(released(CARD), { kind: 'AUTHORIZATION', outcome: 'EXPIRED' });
    const declined = promise(ended, { status: 'DECLINED', reason: 'closed' });
    expect([declined.status, holdsOf(declined)]).toEqual(['HELD', ['PAYMENT_PENDING']]);
    const own: NewTender = { ...CARD, provider: { system: 'psp', token: null, reference: 'pay-1' } };
    const unrenewable = tell(released(own), { kind: 'AUTHORIZATION', outcome: 'EXPIRED' });
    expect([unrenewable.payments.length, holdsOf(unrenewable)]).toEqual([1, ['PAYMENT_PENDING']]);
  });

  test('ends by itself at its time', () => {
    const order = promise(reserved(CARD), { expiresAtMs: 5_000 });
    expect(order.wakeAtMs).toBe(5_000);
    const wake = (nowMs: number): Order => apply(order, { type: 'PassTime', nowMs, told: told('alarm') });
    expect(wake(4_999)).toBe(order);
    expect(wake(5_000).payments.map(({ provider: by }) => by?.state)).toEqual(['EXPIRED', 'ASKED']);
  });
});

describe('money', () => {
  test('is taken when the goods leave, by a command under its own key', () => {
    const order = ship(released(CARD), 3);
    const command = order.pending.find(({ name }) => name === 'capture-payment');
    expect(command).toMatchObject({ payment: PAYMENT, amountMinor: 337 });
    expect(paid(order).captured).toBe(0);
    const pending = answer(order, 'capture-payment', { status: 'DONE', operation: 'PENDING' });
    expect([namesOf(pending), paid(pending).captured]).toEqual([[], 0]);
    const told = { command: command?.id ?? '', amountMinor: 337 };
    expect(paid(tell(tell(pending, told), told)).captured).toBe(337);
  });

  test.each<[CaptureMoment, taken: readonly number[]]>([
    ['PLACEMENT', [901, 901, 901, 901]],
    ['RELEASE', [0, 901, 901, 901]],
    ['SHIPMENT', [0, 0, 337, 337]],
    ['DELIVERY', [0, 0, 0, 337]],
  ])('is taken at %s when the rules say so', (at, taken) => {
    const askedFor = ({ pending }: Order): number =>
      pending.reduce((sum, command) => sum + (command.name === 'capture-payment' ? command.amountMinor : 0), 0);
    const tender = { ...CARD, capture: capture(at) };
    const shipped = ship(released(tender), 3);
    const delivered = apply(shipped, { type: 'RecordDelivery', shipment: 's-0-3', told: told('delivered') });
    const steps = [promise(reserved(tender)), released(tender), shipped, delivered];
    expect(steps.map(askedFor)).toEqual(taken);
  });

  test('that cannot be taken holds the order, and is tried again when somebody lets it go', () => {
    const failed = answer(ship(released(CARD), 3), 'capture-payment', REFUSED);
    expect([failed.status, holdsOf(failed), namesOf(failed)]).toEqual(['HELD', ['PAYMENT_PENDING'], []]);
    const [hold] = activeHolds(failed);
    const resolve = {
      hold: hold?.id ?? '',
      outcome: 'RESOLVED',
      by: 'ann',
      authority: 'desk',
      reason: 'new card',
    } as const;
    const again = apply(failed, { type: 'ResolveHold', ...resolve, wmsLocations: [], told: told('resolve') });
    expect(namesOf(again)).toEqual(['capture-payment']);
  });

  test('that was taken with the order goes back when it is called off', () => {
    const tender = { ...CARD, capture: capture('PLACEMENT') };
    const taken = answer(promise(reserved(tender)), 'capture-payment', DONE);
    const off = apply(taken, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('cancel') });
    expect(off.pending).toContainEqual(expect.objectContaining({ name: 'refund-payment', amountMinor: 901 }));
    expect(paid(answer(off, 'refund-payment', DONE))).toEqual({ authorized: 901, captured: 901, refunded: 901 });
  });

  test('that a shop gave back itself is not given back again', () => {
    const shipped = answer(ship(released(CARD), 3), 'capture-payment', DONE);
    const refund = {
      type: 'RegisterRefund',
      refund: 'c1',
      return: 'r',
      amountMinor: 100,
      currency: 'GBP',
      told: told('refund'),
    } as const;
    const given = apply(shipped, { ...refund, tenders: [{ tender: 'CARD', amountMinor: 100 }] });
    expect([namesOf(given), paid(given).refunded]).toEqual([[], 100]);
    const asked = apply(shipped, refund);
    expect([namesOf(asked), paid(asked).refunded]).toEqual([['refund-payment'], 0]);
    expect(refusalOf(asked, { ...refund, amountMinor: 238 }).code).toBe('REFUND_EXCEEDS_CAPTURED');
    expect(apply(answer(asked, 'refund-payment', REFUSED), { ...refund, amountMinor: 337 }).pending).toHaveLength(1);
  });

  test('that pays what a return had the customer owe may be given back, and is for none of the goods', () => {
    const shipped = answer(ship(released(CARD), 3), 'capture-payment', DONE);
    const captured = paid(shipped).captured;
    const charge = { type: 'RegisterCharge', return: 'r', amountMinor: 50, currency: 'GBP', tender: 'CASH' } as const;
    const owed = apply(shipped, { ...charge, told: told('charge') });
    // Nothing goes back by itself as if it had been taken for goods that are called off.
    expect([namesOf(owed), paid(owed).refunded, owed.payments.length]).toEqual([[], 0, shipped.payments.length + 1]);
    const refund = { type: 'RegisterRefund', refund: 'c1', return: 'r', currency: 'GBP', told: told('r') } as const;
    expect(refusalOf(shipped, { ...refund, amountMinor: captured + 50 }).code).toBe('REFUND_EXCEEDS_CAPTURED');
    expect(apply(owed, { ...refund, amountMinor: captured + 50 }).refunds).toHaveLength(1);
    expect(refusalOf(owed, { ...refund, amountMinor: captured + 51 }).code).toBe('REFUND_EXCEEDS_CAPTURED');
    expect(refusalOf(owed, { ...charge, currency: 'USD', told: told('u') }).code).toBe('CURRENCY_MISMATCH');
  });

  test('that a return had given back is told with every step of its provider', () => {
    const shipped = answer(ship(released(CARD), 3), 'capture-payment', DONE);
    const refund = { type: 'RegisterRefund', refund: 'c1', return: 'r', amountMinor: 100, currency: 'GBP' } as const;
    const asked = apply(shipped, { ...refund, told: told('refund') });
    const progressOf = (order: Order) => (order.refunds ?? []).map((each) => refundProgressOf(order, each));
    const none = { pendingMinor: 0, succeededMinor: 0, failedMinor: 0, reversedMinor: 0 };
    expect(progressOf(asked)).toEqual([{ ...none, pendingMinor: 100 }]);
    const done = answer(asked, 'refund-payment', DONE);
    expect(progressOf(done)).toEqual([{ ...none, succeededMinor: 100 }]);
    expect(refundsChangedBetween(asked, done).map(({ id }) => id)).toEqual(['c1']);
    expect(refundsChangedBetween(done, done)).toEqual([]);
    expect(progressOf(answer(asked, 'refund-payment', REFUSED))).toEqual([{ ...none, failedMinor: 100 }]);
  });

  test('that somebody took at the provider itself counts as far as it was promised', () => {
    const order = promise(reserved(CARD));
    expect(paid(tell(order, { amountMinor: 400 })).captured).toBe(400);
    const beyond = tell(order, { amountMinor: 902 });
    expect([paid(beyond).captured, entriesOf(beyond).at(-1)]).toEqual([0, 'PAYMENT_MISMATCH']);
    const foreign = tell(order, { currency: 'EUR' });
    expect([paid(foreign).captured, entriesOf(foreign).at(-1)]).toEqual([0, 'PAYMENT_MISMATCH']);
  });

  test('that the bank takes back counts once, also told before and after it was won', () => {
    const taken = answer(ship(released(CARD), 3), 'capture-payment', DONE);
    const back = { kind: 'CHARGEBACK', operation: 'cb-1', amountMinor: 337 } as const;
    const [payment] = tell(tell(taken, back), back).payments;
    expect(payment && chargedBackOf(payment)).toBe(337);
    const reversed = { ...back, outcome: 'REVERSED' } as const;
    for (const order of [tell(tell(taken, back), reversed), tell(tell(taken, reversed), back)]) {
      expect(order.payments[0] && chargedBackOf(order.payments[0])).toBe(0);
    }
  });

  test('that the bank takes back is told to people with what is at risk, until the bank gives it back', () => {
    const taken = answer(ship(released(CARD), 3), 'capture-payment', DONE);
    const back = { kind: 'CHARGEBACK', operation: 'cb-1', amountMinor: 337 } as const;
    const lost = tell(taken, back);
    const raised = exceptionsBetween(taken, lost);
    expect(raised).toMatchObject([
      {
        type: 'exception-raised',
        exception: {
          class: 'CHARGEBACK',
          severity: 'HIGH',
          source: 'psp',
          valueAtRisk: { amountMinor: 337, currencyCode: 'GBP' },
        },
      },
    ]);
    expect(exceptionsBetween(lost, tell(lost, back))).toEqual([]);
    const won = tell(lost, { ...back, outcome: 'REVERSED' });
    const id = raised.map((event) => event.type === 'exception-raised' && event.exception.id);
    expect(exceptionsBetween(lost, won)).toMatchObject([{ type: 'exception-cleared', exceptionId: id[0] }]);
    // What is more than was captured is at risk, too: a refund that is on its way may fail yet.
    const beyond = exceptionsBetween(taken, tell(taken, { ...back, amountMinor: 902 }));
    expect(beyond).toContainEqual(
      expect.objectContaining({
        exception: expect.objectContaining({ valueAtRisk: { amountMinor: 902, currencyCode: 'GBP' } }),
      }),
    );
  });
});

describe('a verdict on fraud', () => {
  test('of REVIEW holds the order until it is APPROVED', () => {
    const order = verdict(promise(reserved(CARD)), 'REVIEW');
    expect([order.status, holdsOf(order)]).toEqual(['HELD', ['FRAUD_REVIEW']]);
    expect(verdict(order, 'APPROVED', 5).status).toBe('PROCESSING');
  });

  test('of REJECTED calls the order off and gives the promise up', () => {
    const off = verdict(verdict(promise(reserved(CARD)), 'REVIEW'), 'REJECTED', 5);
    expect([off.status, off.holds?.at(-1)?.state]).toEqual(['CANCELLED', 'REJECTED']);
    expect(namesOf(off)).toEqual(['cancel-reservations', 'void-payment']);
  });

  test('that is older than the newest changes nothing', () => {
    const order = verdict(promise(reserved(CARD)), 'APPROVED', 9);
    expect(verdict(order, 'REVIEW', 5)).toBe(order);
  });

  test('comes with the promise itself', () => {
    expect(holdsOf(promise(reserved(CARD), { verdict: 'REVIEW' }))).toEqual(['FRAUD_REVIEW']);
  });
});

describe('the rules of when money is taken', () => {
  const rules = capturePolicyOf([
    { version: 'v1', effectiveFromMs: 0, rules: [{ channel: 'WEB', at: 'RELEASE', overCapturePercent: 0 }] },
    {
      version: 'v2',
      effectiveFromMs: 100,
      rules: [
        { tender: 'GIFT_CARD', at: 'PLACEMENT', overCapturePercent: 0 },
        { channel: 'WEB', at: 'DELIVERY', overCapturePercent: 15 },
      ],
    },
  ]);

  test.each([
    ['WEB', 'CARD', 99, { at: 'RELEASE', overCapturePercent: 0, rulesVersion: 'v1' }],
    ['WEB', 'CARD', 100, { at: 'DELIVERY', overCapturePercent: 15, rulesVersion: 'v2' }],
    ['WEB', 'GIFT_CARD', 100, { at: 'PLACEMENT', overCapturePercent: 0, rulesVersion: 'v2' }],
    ['SHOP', 'CARD', 100, { at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'v2' }],
  ] as const)('for %s and %s at %i', (channel, tender, placedAtMs, choice) => {
    expect(rules.choose({ channel, tender, placedAtMs })).toEqual(choice);
  });

  test('are those of the built-in version where none is in force', () => {
    const choice = capturePolicyOf([]).choose({ channel: 'WEB', tender: 'CARD', placedAtMs: 0 });
    expect(choice).toEqual({ at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'built-in' });
  });
});

describe('a hold', () => {
  const hold = { type: 'CS_REVIEW', placedBy: 'ann', authority: 'desk', reason: 'look' } as const;

  test('ends at its time, and the order goes on', () => {
    const held = apply(promise(reserved(CARD)), {
      type: 'PlaceHold',
      hold: { ...hold, expiresAtMs: NOW_MS + 1_000 },
      told: told('h'),
    });
    expect([held.status, held.wakeAtMs]).toEqual(['HELD', NOW_MS + 1_000]);
    const after = apply(held, { type: 'PassTime', nowMs: NOW_MS + 1_000, told: told('alarm') });
    expect([after.status, after.holds?.at(-1)?.state]).toEqual(['PROCESSING', 'RESOLVED']);
    expect(after.wakeAtMs).toBeGreaterThan(NOW_MS + 1_000);
  });

  test('stays as it ended', () => {
    const held = apply(promise(reserved(CARD)), { type: 'PlaceHold', hold, told: told('h') });
    const end = (outcome: 'RESOLVED' | 'REJECTED') =>
      ({ type: 'ResolveHold', hold: 'order-1.h2', outcome, by: 'ann', authority: 'desk', reason: 'seen' }) as const;
    const ended = apply(held, { ...end('RESOLVED'), wmsLocations: [], told: told('end') });
    expect(apply(ended, { ...end('RESOLVED'), wmsLocations: [], told: told('again') })).toBe(ended);
    expect(refusalOf(ended, { ...end('REJECTED'), wmsLocations: [], told: told('no') }).code).toBe(
      'ILLEGAL_TRANSITION',
    );
    const unknown = { ...end('RESOLVED'), hold: 'order-1.h9', wmsLocations: [], told: told('who') };
    expect(refusalOf(ended, unknown).code).toBe('UNKNOWN_HOLD');
  });

  test('that blocks nothing, or ends before it begins, is refused', () => {
    const order = promise(reserved(CARD));
    const place = (change: object) =>
      refusalOf(order, { type: 'PlaceHold', hold: { ...hold, ...change }, told: told('h') });
    expect([place({ blocks: [] }).code, place({ expiresAtMs: 1 }).code]).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });
});
