import { describe, expect, test } from '@jest/globals';
import { keepSale } from '../keep-sale.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { clearedBy, HOUR_MS, passHours, raisedBy, take } from '../../testing/pass-hours.ts';
import {
  allocateAt,
  entriesOf,
  NOW_MS,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { Order } from '../order.ts';
import { withStanding } from './standing.ts';
import { USUAL_TIMES } from './time-rules.ts';

/* An order is closed when nothing more is expected of it, and what is told of it later moves nothing. */

const DAYS = 24;
const WINDOW = 90 * DAYS;

/** Everything arrived two hours after it was placed. */
function delivered(order = sampleOrder()): Order {
  const model = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) model.put(sku, 'DC', 9);
  const work = releaseAt(allocateAt(settleAll(order, model), 'DC', model), 'DC');
  const lines = work.lines.map(({ id: line, ordered: quantity }) => ({ line, quantity }));
  const parcel = { externalId: 'S-1', carrier: null, trackingNumber: null };
  const about = { location: 'DC', misfits: [], lines, parcel, told: told('ship', HOUR_MS) };
  const shipped = take(work, { type: 'RecordWork', step: 'SHIPPED', ...about }).state;
  return take(shipped, { type: 'RecordDelivery', shipment: 'S-1', told: told('delivery', 2 * HOUR_MS) }).state;
}

const closed = (): Order => passHours(delivered(), WINDOW + 27).state;

describe('an order of which everything has arrived', () => {
  test('is closed when the time in which it may come back is over, and not before', () => {
    const order = delivered();
    expect(passHours(order, WINDOW + 1).state).toBe(order);
    const state = closed();
    expect([state.status, state.stage, statesOf(state, 1)]).toEqual(['CLOSED', 110, { CLOSED: 3 }]);
    expect(entriesOf(state).at(-1)).toBe('ORDER_CLOSED');
    expect(state.wakeAtMs).toBeUndefined();
  });

  test('has its time anew with each step of a return', () => {
    const step = { type: 'RecordReturnStep', step: 'REQUESTED', summary: 'Too small.', orderLines: [] } as const;
    const asked = take(delivered(), { ...step, told: told('rma', 80 * DAYS * HOUR_MS) }).state;
    expect(passHours(asked, WINDOW + 27).state.status).toBe('DELIVERED');
    const lines = [{ line: 'order-1.1', quantity: 1 }];
    const back = told('back', 100 * DAYS * HOUR_MS);
    const returned = take(asked, { type: 'RegisterReturn', return: 'r-1', lines, told: back }).state;
    expect(passHours(returned, 80 * DAYS + WINDOW + 1).state.status).toBe('PARTIALLY_RETURNED');
    expect(passHours(returned, 100 * DAYS + WINDOW + 25).state.status).toBe('CLOSED');
  });

  test('stays open for as long as its channel takes things back', () => {
    const rules = {
      ...USUAL_TIMES,
      returnWindows: [
        { channel: 'APP', days: 1 },
        { channel: 'WEB', days: null },
      ],
    };
    expect(passHours(delivered(), 9_999 * DAYS, rules).state.status).toBe('DELIVERED');
    const short = { ...USUAL_TIMES, returnWindows: [{ channel: 'WEB', days: 7 }] };
    expect(passHours(delivered(), 7 * DAYS + 27, short).state.status).toBe('CLOSED');
  });

  test('stays open while a hold or money is', () => {
    const hold = { type: 'CS_REVIEW', placedBy: 'ann', authority: 'care', reason: 'a complaint' } as const;
    const held = take(delivered(), { type: 'PlaceHold', hold, told: told('hold') }).state;
    expect(statesOf(passHours(held, WINDOW + 27).state, 1)).toEqual({ DELIVERED: 3 });
    const end = { outcome: 'RESOLVED', by: 'ann', authority: 'care', reason: 'settled', wmsLocations: [] } as const;
    const freed = take(held, {
      type: 'ResolveHold',
      hold: 'order-1.h1',
      ...end,
      told: told('end', WINDOW * HOUR_MS),
    }).state;
    expect(passHours(freed, WINDOW + 27).state.status).toBe('CLOSED');
    const provider = { system: 'psp-main', token: 'tok', reference: null } as const;
    const tenders = [{ tender: 'CARD', amountMinor: 901, provider }] as const;
    const unpaid = delivered(sampleOrder({ tenders }));
    expect(unpaid.payments[0]?.provider?.state).toBe('ASKED');
    expect(passHours(unpaid, WINDOW + 27).state.status).not.toBe('CLOSED');
  });

  test('never closes while something is on its way', () => {
    const order = delivered();
    const [first, ...others] = order.lines;
    if (!first) throw new Error('The order has no lines.');
    const units = [{ state: 'SHIPPED', location: 'DC', quantity: 3 }] as const;
    expect(
      withStanding(order, { ...order, lines: [{ ...first, units }, ...others] }, told('x')).restsSinceMs,
    ).toBeUndefined();
  });
});

test('orders of one hour are closed over a day', () => {
  const ids = Array.from({ length: 200 }, (_, no) => `order-${no}`);
  const hours = ids.map((id) => ((delivered({ ...sampleOrder(), id }).wakeAtMs ?? 0) - NOW_MS) / HOUR_MS - WINDOW - 2);
  expect(Math.min(...hours)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...hours)).toBeLessThan(24.1);
  expect(new Set(hours).size).toBeGreaterThan(40);
});

describe('an old sale that is told now', () => {
  test('has its time from when it was told, so that its return finds it', () => {
    const said = { ...told('sale', -900 * DAYS * HOUR_MS), recordedAtMs: NOW_MS };
    const { lines, channel, currency } = sampleOrder();
    const sale = keepSale({
      id: 'sale-1',
      origin: 'STORE_SALE',
      channel,
      externalId: 'R-1',
      contentHash: 'h',
      currency,
      customer: null,
      location: 'STORE',
      charges: [],
      tenders: [],
      told: said,
      lines: lines.map(({ sku, decimals, ordered, unitPriceMinor }) => ({ sku, decimals, ordered, unitPriceMinor })),
    });
    const kept = withStanding(sale, sale, said);
    expect(kept.restsSinceMs).toBe(NOW_MS);
    expect(passHours(kept, WINDOW - 1).state.status).toBe('DELIVERED');
    expect(passHours(kept, WINDOW + 24).state.status).toBe('CLOSED');
  });
});

describe('a closed order', () => {
  test('keeps what points backwards as evidence, which nobody needs to see to once it is over', () => {
    const about = { location: 'DC', misfits: [], lines: [{ line: 'order-1.1', quantity: 1 }] };
    const pick = { type: 'RecordWork', step: 'PICKED', ...about } as const;
    const late = take(delivered(), { ...pick, told: told('late-pick', 5 * HOUR_MS) });
    expect(raisedBy(late)).toMatchObject([
      { id: 'status-regression-order-1', evidence: 'late-pick', source: 'wms-north' },
    ]);
    const over = passHours(late.state, WINDOW + 27);
    expect(clearedBy(over)).toEqual(['status-regression-order-1']);
    const later = take(over.state, { ...pick, told: told('later-pick', (WINDOW + 33) * HOUR_MS) });
    expect(statesOf(later.state, 1)).toEqual({ CLOSED: 3 });
    expect(raisedBy(later)).toMatchObject([{ class: 'STATUS_REGRESSION', evidence: 'later-pick' }]);
  });

  test('takes no unit back, and keeps that one came', () => {
    const order = closed();
    const lines = [{ line: 'order-1.1', quantity: 1 }];
    expect(refusalOf(order, { type: 'RegisterReturn', return: 'r-1', lines, told: told('r') }).code).toBe(
      'RETURN_EXCEEDS_SOLD',
    );
    const kept = take(order, {
      type: 'KeepEvidence',
      what: 'Return r-1 of units that are closed',
      lines: ['order-1.1'],
      told: told('r'),
    });
    expect(kept.state.timeline.at(-1)).toMatchObject({ type: 'STATUS_REGRESSION', lineNos: [1] });
    expect(raisedBy(kept)).toHaveLength(1);
  });

  test('still has its money given back, and charged back', () => {
    const refund = {
      type: 'RegisterRefund',
      refund: 'f-1',
      return: 'r-1',
      amountMinor: 100,
      currency: 'GBP',
      told: told('refund'),
    } as const;
    const { state } = take(closed(), refund);
    expect(state.status).toBe('CLOSED');
    expect(state.payments.flatMap(({ events }) => events).some(({ type }) => type === 'REFUNDED')).toBe(true);
  });
});
