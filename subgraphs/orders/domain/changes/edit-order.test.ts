import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  settleNext,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import { KEPT_BY_ERP } from '../../testing/hand-off-samples.ts';
import type { NewOrder } from '../capture-order.ts';
import { keepableOf } from '../money/due-money.ts';
import type { OrderCommand } from '../order-command.ts';
import type { OrderEdit } from './order-edit.ts';
import type { Order } from '../order.ts';
import { authorizedOf, capturedOf, refundableOf } from '../money/payment.ts';
import { totalsOf } from '../money/totals.ts';

/* Three mugs at 1.00 and two jugs at 2.50, carriage 1.01, paid by card (7.00) and gift card (2.01); changed afterwards. */

const MUG = 'order-1.1';
const JUG = 'order-1.2';
const WMS = ['DC'];
const IRELAND = { country: 'IE', postalCode: null, latitude: null, longitude: null };

let ordinal = 0;
const edit = (changes: Partial<OrderEdit>, more: Partial<Extract<OrderCommand, { type: 'EditOrder' }>> = {}) => ({
  type: 'EditOrder' as const,
  edit: { reason: 'They asked.', by: 'desk/agent', ...changes },
  wmsLocations: WMS,
  told: { ...told('edit'), source: 'stockwire' },
  once: { key: `edit/${++ordinal}`, contentHash: 'h' },
  ...more,
});

function shop(
  stock = 9,
  changes: Partial<NewOrder> = {},
): { readonly inventory: InventoryModel; readonly order: Order } {
  const inventory = new InventoryModel(['DC', 'ANNEX']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', stock);
  inventory.put('CUP', 'DC', 5);
  return { inventory, order: settleAll(sampleOrder(changes), inventory) };
}

const authorized = (order: Order): number => order.payments.reduce((sum, payment) => sum + authorizedOf(payment), 0);
const captured = (order: Order): number => order.payments.reduce((sum, payment) => sum + capturedOf(payment), 0);
const activeOf = (inventory: InventoryModel, line: string): number =>
  [...inventory.reservations.values()].reduce(
    (sum, each) => (each.isActive && each.line === line ? sum + each.quantity : sum),
    0,
  );

describe('taking units out', () => {
  test('keeps the rest of the claim, and gives up the money and the stock of exactly these units', () => {
    const { inventory, order } = shop();
    const changed = settleAll(apply(order, edit({ takenUnits: [{ line: MUG, quantity: 1 }] })), inventory);
    expect(statesOf(changed, 1)).toEqual({ RESERVED: 2, CANCELLED: 1 });
    expect(activeOf(inventory, MUG)).toBe(2);
    expect(totalsOf(changed)).toMatchObject({ itemsMinor: 700, grandMinor: 801 });
    expect([keepableOf(changed), authorized(changed), changed.revision]).toEqual([801, 801, 2]);
  });

  test('takes a line out whole, and leaves the carriage as it was', () => {
    const { inventory, order } = shop();
    const changed = settleAll(apply(order, edit({ takenUnits: [{ line: JUG, quantity: 2 }] })), inventory);
    expect(statesOf(changed, 2)).toEqual({ CANCELLED: 2 });
    expect([totalsOf(changed).grandMinor, authorized(changed)]).toEqual([401, 401]);
    const gone = settleAll(releaseAt(allocateAt(changed, 'DC', inventory), 'DC'), inventory);
    const about = { location: 'DC', lines: [{ line: MUG, quantity: 3 }], misfits: [], told: told('ship') };
    const parcel = { externalId: 'P1', carrier: null, trackingNumber: null };
    expect(captured(apply(gone, { type: 'RecordWork', step: 'SHIPPED', parcel, ...about }))).toBe(401);
  });

  test('scales discounts and taxes of the line to the minor unit', () => {
    const taxes = [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: 45 }];
    const discounts = [{ promotion: null, description: 'Spring', amountMinor: 31 }];
    const lines = [{ sku: 'MUG', decimals: 0 as const, ordered: 3, unitPriceMinor: 100, discounts, taxes }];
    const { order } = shop(9, { lines, tenders: [{ tender: 'CARD', amountMinor: 370 }] });
    const changed = apply(order, edit({ takenUnits: [{ line: MUG, quantity: 2 }] }));
    // 31 / 3 = 10.33, and 45 * 90 / 269 = 15.06.
    expect(changed.lines[0]).toMatchObject({ discounts: [{ amountMinor: 10 }], taxes: [{ amountMinor: 15 }] });
    expect(authorized(changed)).toBe(191);
  });

  test('is refused for units that have left, and names what can still be had', () => {
    const { inventory, order } = shop();
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC');
    const parcel = { externalId: 'P1', carrier: null, trackingNumber: null };
    const lines = [{ line: MUG, quantity: 2 }];
    const left = apply(released, {
      type: 'RecordWork',
      step: 'SHIPPED',
      location: 'DC',
      lines,
      misfits: [],
      parcel,
      told: told('ship'),
    });
    const refusal = refusalOf(left, edit({ takenUnits: [{ line: MUG, quantity: 2 }] }));
    expect(refusal).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { line: MUG, takeable: '1', states: [{ state: 'RELEASED' }, { state: 'SHIPPED', quantity: '2' }] },
    });
  });

  test('takes their part of the carriage along once the rest was charged with what has left', () => {
    const { inventory, order } = shop();
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC', true);
    const lines = [{ line: JUG, quantity: 2 }];
    const parcel = { externalId: 'P1', carrier: null, trackingNumber: null };
    const work = { type: 'RecordWork', step: 'SHIPPED', location: 'DC', lines, misfits: [], parcel } as const;
    const left = apply(released, { ...work, told: told('ship') });
    // 5.00 of 8.00 goods: that part of 9.01.
    expect(captured(left)).toBe(563);
    const rest = apply(left, edit({ takenUnits: [{ line: MUG, quantity: 3 }] }, { wmsLocations: [] }));
    expect([statesOf(rest, 1), keepableOf(rest), captured(rest), authorized(rest)]).toEqual([
      { CANCELLED: 3 },
      563,
      563,
      563,
    ]);
    const shipping = { description: 'By hand', amountMinor: 0 };
    expect(refusalOf(left, edit({ shipping, authority: 'goodwill' })).code).toBe('ILLEGAL_TRANSITION');
  });

  test('never takes everything: an order is called off by other means', () => {
    const { order } = shop();
    const all = [
      { line: MUG, quantity: 3 },
      { line: JUG, quantity: 2 },
    ];
    expect(refusalOf(order, edit({ takenUnits: all })).code).toBe('ILLEGAL_TRANSITION');
  });

  test('waits while the units are being bound to a location', () => {
    const { order } = shop();
    const reservation = order.lines[0]?.claims[0]?.reservation ?? '';
    const choices = [{ line: MUG, reservation, location: 'DC' }];
    const plan = { type: 'PlanAllocation', choices, unsourced: [], givenUp: [], told: told('plan') } as const;
    const binding = apply(order, plan);
    expect(refusalOf(binding, edit({ takenUnits: [{ line: MUG, quantity: 1 }] })).code).toBe('VERSION_CONFLICT');
  });
});

describe('work of a system', () => {
  function stopping(): { readonly inventory: InventoryModel; readonly order: Order } {
    const { inventory, order } = shop();
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC');
    return { inventory, order: apply(released, edit({ takenUnits: [{ line: MUG, quantity: 1 }] })) };
  }

  function answer(order: Order, stopped: 'CANCELLED' | 'REFUSED'): Order {
    const command = order.pending.find(({ name }) => name === 'stop-work');
    const outcome = { status: 'DONE', stopped } as const;
    return apply(order, { type: 'SettleCommand', commandId: command?.id ?? '', outcome, told: told('stop') });
  }

  test('is stopped, called off in part, and handed over anew for the rest', () => {
    const { inventory, order } = stopping();
    expect(statesOf(order, 1)).toEqual({ RELEASED: 2, CANCEL_REQUESTED: 1 });
    expect(totalsOf(order).grandMinor).toBe(901);
    const stopped = settleAll(answer(order, 'CANCELLED'), inventory);
    expect(statesOf(stopped, 1)).toEqual({ RESERVED: 2, CANCELLED: 1 });
    expect([activeOf(inventory, MUG), activeOf(inventory, JUG), totalsOf(stopped).grandMinor]).toEqual([2, 2, 801]);
    const again = releaseAt(allocateAt(stopped, 'DC', inventory), 'DC');
    expect(statesOf(again, 1)).toEqual({ RELEASED: 2, CANCELLED: 1 });
    // The system confirms what it has stopped, after the rest was handed over anew.
    const lines = [
      { line: MUG, quantity: 3 },
      { line: JUG, quantity: 2 },
    ];
    const ended = {
      type: 'EndRelease',
      location: 'DC',
      reason: 'stopped',
      lines,
      misfits: [],
      told: told('end'),
    } as const;
    const confirmed = apply(again, ended);
    expect([statesOf(confirmed, 1), statesOf(confirmed, 2)]).toEqual([{ RELEASED: 2, CANCELLED: 1 }, { RELEASED: 2 }]);
    // Said once more it is news.
    expect(statesOf(apply(confirmed, ended), 2)).toEqual({ RESERVED: 2 });
  });

  test('goes on at its price when the system refuses to stop', () => {
    const { order } = stopping();
    const refused = answer(order, 'REFUSED');
    expect(statesOf(refused, 1)).toEqual({ RELEASED: 3 });
    expect([totalsOf(refused).grandMinor, refused.partialStops]).toEqual([901, undefined]);
    expect(entriesOf(refused)).toContain('CANCELLATION_REFUSED');
  });
});

describe('adding', () => {
  test('claims first: until the ledger has answered, the order is as it was', () => {
    const { inventory, order } = shop();
    const newLines = [{ sku: 'CUP', decimals: 0 as const, ordered: 2, unitPriceMinor: 150 }];
    const asked = apply(order, edit({ addedUnits: [{ line: MUG, quantity: 2 }], newLines }));
    expect([asked.lines, asked.payments, asked.revision]).toEqual([order.lines, order.payments, order.revision]);
    const changed = settleNext(asked, inventory);
    expect(statesOf(changed, 1)).toEqual({ RESERVED: 5 });
    expect(changed.lines[2]).toMatchObject({ id: 'order-1.3', sku: 'CUP', ordered: 2 });
    expect(totalsOf(changed).grandMinor).toBe(901 + 200 + 300);
    // The card promises what is missing; a gift card holds no more than it does.
    expect(changed.payments.map(authorizedOf)).toEqual([1_200, 201]);
    expect([activeOf(inventory, MUG), activeOf(inventory, 'order-1.3')]).toEqual([5, 2]);
  });

  test('changes nothing when the ledger refuses, and says so to whoever repeats it', () => {
    const { inventory, order } = shop(3);
    const command = edit({ addedUnits: [{ line: MUG, quantity: 1 }], takenUnits: [{ line: JUG, quantity: 1 }] });
    const refused = settleAll(apply(order, command), inventory);
    expect([refused.lines, refused.payments, refused.openEdit]).toEqual([order.lines, order.payments, undefined]);
    expect(refused.refusedEdits?.[command.once.key]).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    expect(activeOf(inventory, JUG)).toBe(2);
    expect(apply(refused, command)).toBe(refused);
  });

  test('is refused, and its claim given back, when the order has moved on meanwhile', () => {
    const { inventory, order } = shop();
    const newLines = [{ sku: 'CUP', decimals: 0 as const, ordered: 1, unitPriceMinor: 100 }];
    const asked = apply(order, edit({ newLines }));
    const off = apply(asked, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: WMS, told: told('off') });
    const settled = settleAll(off, inventory);
    expect([settled.status, settled.lines.length]).toEqual(['CANCELLED', 2]);
    expect([...inventory.reservations.values()].every(({ isActive }) => !isActive)).toBe(true);
    expect(entriesOf(settled)).toContain('CHANGE_REFUSED');
  });

  test('asks the provider for more, and holds the order until it is promised', () => {
    const provider = { system: 'psp', token: 'tok', reference: null };
    const { inventory, order } = shop(9, { tenders: [{ tender: 'CARD', amountMinor: 901, provider }] });
    const promise = {
      status: 'AUTHORIZED',
      reference: 'r1',
      amountMinor: 901,
      expiresAtMs: null,
      verdict: null,
    } as const;
    const ask = order.pending.find(({ name }) => name === 'authorise-payment');
    const outcome = { status: 'DONE', promise: { ...promise, reason: '' } } as const;
    const promised = apply(order, { type: 'SettleCommand', commandId: ask?.id ?? '', outcome, told: told('yes') });
    const changed = settleAll(apply(promised, edit({ addedUnits: [{ line: MUG, quantity: 1 }] })), inventory);
    const more = changed.pending.find(({ name }) => name === 'authorise-payment');
    expect(more).toMatchObject({ amountMinor: 100 });
    expect(changed).toMatchObject({ status: 'HELD', payments: [{}, { supplements: 'order-1.p1' }] });
    const refused = { status: 'REFUSED', code: 'PAYMENT_DECLINED', message: 'no', details: {} } as const;
    const declined = apply(changed, {
      type: 'SettleCommand',
      commandId: more?.id ?? '',
      outcome: refused,
      told: told('no'),
    });
    // Half way through, it is for a person to see to.
    expect(declined.status).toBe('HELD');
    expect(statesOf(declined, 1)).toEqual({ RESERVED: 4 });
  });

  test('needs to know who pays when nobody who has promised can promise more', () => {
    const { inventory, order } = shop(9, { tenders: [{ tender: 'GIFT_CARD', amountMinor: 901 }] });
    const more = { addedUnits: [{ line: MUG, quantity: 1 }] };
    expect(refusalOf(order, edit(more))).toMatchObject({ code: 'TOTALS_MISMATCH', details: { missingMinor: 100 } });
    const tenders = [{ tender: 'CASH' as const, amountMinor: 100 }];
    const changed = settleAll(apply(order, edit({ ...more, tenders })), inventory);
    expect(changed.payments.map(authorizedOf)).toEqual([901, 100]);
    const wrong = [{ tender: 'CASH' as const, amountMinor: 90 }];
    expect(refusalOf(order, edit({ ...more, tenders: wrong })).code).toBe('TOTALS_MISMATCH');
  });
});

describe('prices', () => {
  const cheaper = { prices: [{ line: MUG, unitPriceMinor: 80 }] };

  test('need somebody who allows them, and give back what was taken beyond them', () => {
    const capture = { at: 'PLACEMENT', overCapturePercent: 0, rulesVersion: 'v' } as const;
    const { order } = shop(9, { tenders: [{ tender: 'CARD', amountMinor: 901, capture }] });
    expect(refusalOf(order, edit(cheaper))).toMatchObject({ code: 'BAD_USER_INPUT', details: { field: 'authority' } });
    expect(captured(order)).toBe(901);
    const shipping = { description: 'By hand', amountMinor: 0 };
    const changed = apply(order, edit({ ...cheaper, shipping, authority: 'goodwill' }));
    expect(totalsOf(changed).grandMinor).toBe(740);
    expect(changed.payments.map(refundableOf)).toEqual([740]);
  });

  test('stay for what has left', () => {
    const { inventory, order } = shop();
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC');
    const lines = [{ line: MUG, quantity: 1 }];
    const parcel = { externalId: 'P1', carrier: null, trackingNumber: null };
    const work = { type: 'RecordWork', step: 'SHIPPED', location: 'DC', lines, misfits: [], parcel } as const;
    const left = apply(released, { ...work, told: told('ship') });
    expect(refusalOf(left, edit({ ...cheaper, authority: 'goodwill' })).code).toBe('ILLEGAL_TRANSITION');
  });
});

describe('the ERP that keeps the order', () => {
  test('is told each change, of prices, of carriage and of lines', () => {
    const { inventory, order } = shop(9, { sale: KEPT_BY_ERP });
    const toldErp = (state: Order) => state.pending.findLast((each) => each.name === 'record-sales-order');
    expect(toldErp(order)).toMatchObject({ totalMinor: 901, lines: [{ quantity: 3 }, { quantity: 2 }] });
    const prices = [{ line: MUG, unitPriceMinor: 90 }];
    const cheaper = apply(order, edit({ prices, authority: 'goodwill' }));
    expect(toldErp(cheaper)).toMatchObject({ totalMinor: 871, lines: [{ unitPriceMinor: 90 }, {}] });
    const shipping = { description: 'By hand', amountMinor: 0 };
    const free = apply(cheaper, edit({ shipping, authority: 'goodwill' }));
    expect(toldErp(free)).toMatchObject({ totalMinor: 770 });
    const newLines = [{ sku: 'CUP', decimals: 0 as const, ordered: 1, unitPriceMinor: 30 }];
    const more = settleAll(apply(free, edit({ newLines, takenUnits: [{ line: JUG, quantity: 2 }] })), inventory);
    expect(toldErp(more)).toMatchObject({
      totalMinor: 300,
      lines: [{ quantity: 3 }, { quantity: 0 }, { quantity: 1 }],
    });
  });
});

describe('another destination', () => {
  const destination = IRELAND;

  test('has locations chosen anew for what was not handed over', () => {
    const { inventory, order } = shop();
    const allocated = allocateAt(order, 'DC', inventory);
    const changed = settleAll(apply(allocated, edit({ destination })), inventory);
    expect(changed).toMatchObject({ destination });
    expect(statesOf(changed, 1)).toEqual({ RESERVED: 3 });
    expect([activeOf(inventory, MUG), inventory.allocations.size]).toEqual([3, 0]);
  });

  test('is refused once a system was told the old one', () => {
    const { inventory, order } = shop();
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC');
    expect(refusalOf(released, edit({ destination }))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { state: 'RELEASED', location: 'DC' },
    });
  });
});

describe('a change', () => {
  test('that was meant for another revision is refused', () => {
    const { order } = shop();
    const destination = IRELAND;
    const changed = apply(order, edit({ destination }, { expectedRevision: 1 }));
    expect(refusalOf(changed, edit({ destination }, { expectedRevision: 1 }))).toMatchObject({
      code: 'STALE_REVISION',
      details: { expected: 1, revision: 2 },
    });
  });

  test('of what a marketplace has sold takes units out, and nothing else, unless the marketplace tells it', () => {
    const { order } = shop();
    const marketplace = { system: 'market', lineIds: ['a', 'b'], calledOff: [0, 0], words: [] };
    const sold: Order = { ...order, marketplace };
    expect(refusalOf(sold, edit({ addedUnits: [{ line: MUG, quantity: 1 }] })).code).toBe('ILLEGAL_TRANSITION');
    expect(statesOf(apply(sold, edit({ takenUnits: [{ line: MUG, quantity: 1 }] })), 1)).toMatchObject({
      CANCELLED: 1,
    });
    const told = apply(sold, edit({ addedUnits: [{ line: MUG, quantity: 1 }], by: 'market' }));
    expect(told.openEdit).toBeDefined();
  });

  test('waits for the one before', () => {
    const { order } = shop();
    const open = apply(order, edit({ addedUnits: [{ line: MUG, quantity: 1 }] }));
    expect(refusalOf(open, edit({ destination: IRELAND })).code).toBe('VERSION_CONFLICT');
  });
});
