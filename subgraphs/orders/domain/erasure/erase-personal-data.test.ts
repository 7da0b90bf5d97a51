import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { apply, NOW_MS, refusalOf, sampleOrder, settleAll, statesOf, told } from '../../testing/sample-order.ts';
import { totalsOf } from '../money/totals.ts';
import type { Order } from '../order.ts';
import { termsOf } from '../search/order-terms.ts';

const DESTINATION = { country: 'GB', postalCode: 'YO11AA', latitude: 53.9, longitude: -1.1 };
const ERASE = {
  type: 'ErasePersonalData',
  pseudonym: 'erased-7',
  texts: ['ann', 'Low Road'],
  told: told('erased-7', 9),
} as const;

function claimed(): Order {
  const model = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) model.put(sku, 'DC', 9);
  const order = settleAll(sampleOrder({ destination: DESTINATION }), model);
  const hold = { type: 'CS_REVIEW', placedBy: 'bea', authority: 'desk', reason: 'Mrs Miller rang.' } as const;
  return apply(order, { type: 'PlaceHold', hold, told: told('held') });
}

/** Called off, and everybody has answered. */
function ended(): Order {
  const model = new InventoryModel(['DC']);
  const off = apply(claimed(), { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
  return off.pending.reduce(
    (order, { id: commandId }) =>
      apply(order, { type: 'SettleCommand', commandId, outcome: { status: 'DONE' }, told: told(commandId) }),
    settleAll({ ...off, pending: [] }, model),
  );
}

/** As orders come to be that have gone all the way. */
function shipped(): Order {
  const order = ended();
  const from = {
    id: 'l',
    location: 'L',
    system: 'c',
    from: { name: '', street: '', city: '', postalCode: '', country: 'GB' },
  };
  const bought = { label: 'lbl', carrier: 'DPD', trackingNumber: '47', document: 'https://labels.example/1', cost: { amountMinor: 1, currencyCode: 'GBP' } }; // prettier-ignore
  const { document, cost } = bought;
  return {
    ...order,
    labels: [{ ...from, weightGrams: 1, service: 's', state: 'USED', askedAtMs: NOW_MS, bought }],
    shipments: [
      {
        id: 'order-1.s1',
        externalId: 's',
        source: 'store',
        location: 'L',
        carrier: 'DPD',
        trackingNumber: '47',
        shippedAtMs: NOW_MS,
        deliveredAtMs: NOW_MS,
        lines: [],
        label: { id: 'l', reference: 'lbl', document, cost },
        tracking: { status: 'DELIVERED', detail: 'Left with a neighbour', place: 'York', atMs: NOW_MS },
        handOver: { proof: 'ID_DOCUMENT', reference: '4711' },
        untoldBecause: 'Nobody at 2 Low Road.',
      },
    ],
    payments: order.payments.map((payment) => ({
      ...payment,
      provider: {
        system: 'psp',
        token: 'tok-1',
        reference: 'ref-1',
        amountMinor: 7,
        state: 'AUTHORIZED',
        expiresAtMs: null,
      },
    })),
  };
}

describe('erasing personal data', () => {
  test('takes out of an order whom it was for, and what people wrote', () => {
    const order = apply(shipped(), ERASE);
    const text = JSON.stringify(order).toLowerCase();
    for (const secret of [
      '"ann"',
      'miller',
      'yo11aa',
      '53.9',
      'low road',
      'neighbour',
      'york',
      '4711',
      'tok-1',
      'labels.example',
    ]) {
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
    }
    expect(order).toMatchObject({ customer: 'erased-7', isErased: true, destination: { country: 'GB' } });
  });

  test('leaves what was bought, what it cost, what became of it, and says that it was done', () => {
    const before = shipped();
    const after = apply(before, ERASE);
    expect(after.lines).toEqual(before.lines);
    expect([totalsOf(after), statesOf(after, 1)]).toEqual([totalsOf(before), statesOf(before, 1)]);
    expect(after.payments.map(({ events }) => events)).toEqual(before.payments.map(({ events }) => events));
    expect(after.payments[0]?.provider?.reference).toBe('ref-1');
    expect(after.timeline.slice(0, -1).map(({ type, told: by }) => [type, by])).toEqual(
      before.timeline.map(({ type, told: by }) => [type, by]),
    );
    expect(after.timeline.at(-1)).toMatchObject({ type: 'PERSONAL_DATA_ERASED', told: { evidence: 'erased-7' } });
  });

  test('is not found by what it was known by', () => {
    const values = termsOf(apply(shipped(), ERASE)).map(({ value }) => value);
    for (const word of ['ann', 'yo11aa', 'yo1']) expect(values).not.toContain(word);
    expect(termsOf(shipped()).map(({ value }) => value)).toEqual(expect.arrayContaining(['ann', 'yo1']));
  });

  test('happens once', () => {
    const once = apply(ended(), ERASE);
    expect(apply(once, { ...ERASE, pseudonym: 'erased-8' })).toBe(once);
  });

  test('waits for an order that is under way, also for the last answer to what was asked', () => {
    expect(refusalOf(claimed(), ERASE)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const off = apply(claimed(), { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    expect(off.status).toBe('CANCELLED');
    expect(refusalOf(off, ERASE)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  test('leaves an order of nobody without a customer', () => {
    expect(apply({ ...ended(), customer: null }, ERASE).customer).toBeNull();
  });
});
