import { describe, expect, test } from '@jest/globals';
import type { ReturnRefundChanged } from '../../../../schema/events/returns.ts';
import { followCharge, followDisposal, followRefund, type RefundKnown } from './follow-return.ts';
import { costsMissing, planEntries } from './plan-entries.ts';
import { planMoves } from './plan-moves.ts';
import { newPostingState, type MovedLine, type PostingState } from './posting-state.ts';
import { learnCosts, replayEntries, settleEntry } from './settle-posting.ts';

const PLAN = { takesValuation: true, nowMs: 7 };
const COSTS = { skus: ['A1'], currency: 'GBP', costs: new Map([['A1', 3_100_000]]) };

const opened = (isOfTill = false): PostingState =>
  newPostingState({ id: 'r1', number: 'R-1', order: 'o1', correlationId: 'k', isOfTill });
const plan = (state: PostingState): PostingState => planMoves(planEntries(state, PLAN));

function disposed(state: PostingState, change: Partial<MovedLine>, eventId = 'e1'): PostingState {
  const line = { returnLine: 'l1', orderLine: 'ol1', sku: 'A1', quantity: '2', disposition: 'RESTOCK' as const };
  const event = { return: 'r1', order: 'o1', location: 'S1', lines: [{ ...line, ...change }] };
  return followDisposal(state, { eventId, atMs: 1 }, event);
}

function refunded(
  state: PostingState,
  status: ReturnRefundChanged['status'],
  atMs = 1,
  { refund = 'f1', ...about }: RefundKnown & { readonly refund?: string } = {},
): PostingState {
  const parts = { goodsMinor: 1_200, shippingMinor: 0, otherMinor: 0, taxMinor: 200, feesMinor: 100 };
  return followRefund(
    state,
    { eventId: `f${atMs}`, atMs, about },
    {
      return: 'r1',
      order: 'o1',
      refund,
      status,
      amount: { amountMinor: 1_100, currencyCode: 'GBP' },
      parts: { ...parts, withheldMinor: 0, offsetMinor: 0 },
      tenders: [{ tender: 'CARD', amountMinor: 1_100 }],
    },
  );
}

const restocked = (): PostingState => plan(learnCosts(disposed(opened(), {}), COSTS));
const refused = (state: PostingState, reason = 'closed'): PostingState =>
  plan(settleEntry(state, { entry: 'r1/posting/1', attempt: 1 }, { status: 'REFUSED', reason }));

describe('goods on the shelf', () => {
  test('are booked once their cost is known', () => {
    const told = disposed(opened(), {});
    expect(costsMissing(told, PLAN)).toEqual(['A1']);
    expect(plan(told).entries).toEqual([]);
    expect(restocked().entries).toMatchObject([
      { id: 'r1/posting/1', kind: 'JOURNAL', status: 'PLANNED', currency: 'GBP', covers: ['e1'] },
    ]);
    expect(restocked().moves).toEqual([]);
  });

  test('are held when their posting is refused, and no longer once it went through', () => {
    const held = refused(restocked());
    expect(held.moves).toMatchObject([
      { direction: 'HOLD', location: 'S1', lines: [{ sku: 'A1', quantity: '2' }], isDone: false },
    ]);
    const again = plan(replayEntries(held).state);
    expect(again.entries).toMatchObject([{ status: 'PLANNED', attempt: 2 }]);
    expect(again.moves).toHaveLength(1);
    const done = plan(settleEntry(again, { entry: 'r1/posting/1', attempt: 2 }, { status: 'POSTED', document: 'J-1' }));
    expect(done.moves.map(({ direction }) => direction)).toEqual(['HOLD', 'RELEASE']);
  });

  test('that go elsewhere while they are held are held no longer, and one entry says where they went', () => {
    const revised = plan(disposed(refused(restocked()), { disposition: 'DAMAGED', revises: 'RESTOCK' }, 'e2'));
    expect(revised.moves.map(({ direction }) => direction)).toEqual(['HOLD', 'RELEASE']);
    expect(revised.entries).toMatchObject([
      { status: 'REPLACED' },
      {
        status: 'PLANNED',
        covers: ['e1', 'e2'],
        bookings: [
          { account: 'COGS', amountMinor: -620 },
          { account: 'RETURN_LOSS', dimension: 'DAMAGED', amountMinor: 620 },
        ],
      },
    ]);
  });

  test('are held when nobody knows what they cost, and booked once somebody does', () => {
    const nobody = learnCosts(disposed(opened(), {}), { ...COSTS, costs: new Map() });
    const held = plan(nobody);
    expect(held.entries).toMatchObject([{ status: 'REFUSED', bookings: [], reason: expect.stringContaining('A1') }]);
    expect(held.moves).toHaveLength(1);
    expect(plan(held)).toEqual(held);
    const asked = replayEntries(held).state;
    expect(costsMissing(asked, PLAN)).toEqual(['A1']);
    expect(plan(learnCosts(asked, COSTS)).entries).toMatchObject([
      { status: 'REPLACED' },
      { status: 'PLANNED', isHeld: true },
    ]);
  });

  test('are held as many at a time as the ledger takes', () => {
    const skus = Array.from({ length: 501 }, (_, index) => `S${index}`);
    const lines = skus.map((sku) => {
      return { returnLine: sku, orderLine: null, sku, quantity: '1', disposition: 'RESTOCK' as const };
    });
    const told = followDisposal(
      opened(),
      { eventId: 'e1', atMs: 1 },
      { return: 'r1', order: 'o1', location: 'S1', lines },
    );
    const held = plan(learnCosts(told, { skus, currency: 'GBP', costs: new Map() }));
    expect(held.moves.map((move) => move.lines.length)).toEqual([500, 1]);
  });

  test('of which the books had nothing before are not taken back', () => {
    const told = disposed(opened(), { disposition: 'DAMAGED', revises: 'RESTOCK' });
    const { entries, moves } = plan(learnCosts(told, COSTS));
    expect(entries[0]?.bookings).toEqual([
      { account: 'COGS', amountMinor: -620 },
      { account: 'RETURN_LOSS', dimension: 'DAMAGED', amountMinor: 620 },
    ]);
    expect(moves).toEqual([]);
  });

  test('are none of the hub’s to value where the ERP does it by itself', () => {
    const told = disposed(opened(), {});
    expect(costsMissing(told, { takesValuation: false })).toEqual([]);
    expect(planEntries(told, { ...PLAN, takesValuation: false }).entries).toEqual([]);
  });
});

describe('money', () => {
  test('is owed by a credit note and paid by an entry', () => {
    expect(plan(refunded(opened(), 'REQUESTED')).entries).toEqual([]);
    expect(plan(refunded(opened(), 'SUCCEEDED')).entries).toMatchObject([
      {
        kind: 'CREDIT_NOTE',
        bookings: [
          { account: 'CUSTOMER_LIABILITY', amountMinor: -1_100 },
          { account: 'RETURNS', amountMinor: 1_000 },
          { account: 'RETURN_FEES', amountMinor: -100 },
          { account: 'TAX_PAYABLE', amountMinor: 200 },
        ],
      },
      {
        kind: 'JOURNAL',
        bookings: [
          { account: 'CLEARING', dimension: 'CARD', amountMinor: -1_100 },
          { account: 'CUSTOMER_LIABILITY', amountMinor: 1_100 },
        ],
      },
    ]);
  });

  test('that came back is owed again, and what is called off is not owed', () => {
    const paid = plan(refunded(opened(), 'SUCCEEDED'));
    const reversed = plan(refunded(paid, 'REVERSED', 2));
    expect(reversed.entries).toHaveLength(3);
    expect(reversed.entries[2]).toMatchObject({ subject: 'PAYMENT:f1', kind: 'JOURNAL' });
    const off = plan(refunded(reversed, 'CANCELLED', 3));
    expect(off.entries[3]).toMatchObject({ subject: 'REFUND:f1', kind: 'JOURNAL' });
  });

  test('that failed and was never owed is in no books', () => {
    expect(plan(refunded(refunded(opened(), 'REQUESTED'), 'FAILED', 2)).entries).toEqual([]);
  });

  test('that is given back anew is owed once, and paid where it was', () => {
    const failed = plan(refunded(plan(refunded(opened(), 'SUBMITTED')), 'FAILED', 2));
    const again = plan(refunded(failed, 'SUCCEEDED', 3, { refund: 'f2', replaces: 'f1' }));
    expect(again.entries.map(({ subject, kind }) => [subject, kind])).toEqual([
      ['REFUND:f1', 'CREDIT_NOTE'],
      ['PAYMENT:f2', 'JOURNAL'],
    ]);
  });

  test('that a till has given back is none of the hub’s to book, but what the hub gives back anew is', () => {
    const stated = {
      return: 'r1',
      order: 'o1',
      refund: 'f1',
      status: 'SUCCEEDED' as const,
      amount: { amountMinor: 500, currencyCode: 'GBP' },
    };
    const told = { eventId: 'f', atMs: 1 };
    expect(plan(followRefund(opened(true), told, stated)).entries).toEqual([]);
    const again = followRefund(opened(true), { ...told, about: { replaces: 'f0' } }, stated);
    expect(plan(again).entries).toHaveLength(2);
  });

  test('of which a part came back is paid as far as the customer has it', () => {
    const part = plan(refunded(plan(refunded(opened(), 'SUCCEEDED')), 'REVERSED', 2, { succeededMinor: 400 }));
    expect(part.entries.at(-1)).toMatchObject({
      subject: 'PAYMENT:f1',
      bookings: [
        { account: 'CLEARING', amountMinor: -400 },
        { account: 'CLEARING', dimension: 'CARD', amountMinor: 1_100 },
        { account: 'CUSTOMER_LIABILITY', amountMinor: -700 },
      ],
    });
  });

  test.each([
    [
      'OPEN',
      [
        ['CUSTOMER_LIABILITY', 640],
        ['RETURNS', -640],
      ],
    ],
    [
      'SETTLED',
      [
        ['CLEARING', 640],
        ['RETURNS', -640],
      ],
    ],
    ['WAIVED', []],
  ] as const)('that is charged is booked as far as it is not offset: %s', (status, bookings) => {
    const amount = { amountMinor: 700, currencyCode: 'GBP' };
    const event = { return: 'r1', order: 'o1', charge: 'c1', status, amount, offsetMinor: 60, reason: '' };
    const { entries } = plan(followCharge(opened(), { eventId: 'c', atMs: 1 }, event));
    const booked = entries.flatMap((entry) => entry.bookings);
    expect(booked.map(({ account, amountMinor }) => [account, amountMinor])).toEqual(bookings);
  });

  test('is not taken from an older word that comes late', () => {
    const paid = plan(refunded(opened(), 'SUCCEEDED', 5));
    expect(refunded(paid, 'REQUESTED', 4)).toBe(paid);
  });
});

test('a word that comes twice changes nothing', () => {
  const once = disposed(opened(), {});
  expect(disposed(once, {})).toBe(once);
});

test('what the queue tells of an attempt that is over changes nothing', () => {
  const again = replayEntries(refused(restocked())).state;
  const late = { entry: 'r1/posting/1', attempt: 1 };
  expect(settleEntry(again, late, { status: 'REFUSED', reason: 'closed' })).toBe(again);
});
