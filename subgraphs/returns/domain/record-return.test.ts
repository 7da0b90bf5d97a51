import { expect, test } from '@jest/globals';
import { recordReturn, type RecordedReturn } from './record-return.ts';

const RECORDED: RecordedReturn = {
  id: 'R1',
  number: 'C536379',
  origin: { system: 'pos', eventId: 'C536379', channel: 'WEB', occurredAtMs: 1_000 },
  location: 'DC-1',
  currency: 'GBP',
  customer: '17548',
  lines: [],
  refunds: [{ tender: 'CARD', amountMinor: 2_750 }],
  refundId: 'F1',
  nowMs: 2_000,
  correlationId: 'K1',
};

test('regression: money that was given back without goods looks for no sale and waits for nothing', () => {
  const { state } = recordReturn(RECORDED);

  expect(state.status).toBe('CLOSED');
  expect(state.tasks).toEqual([]);
  expect(state.refunds).toMatchObject([{ amount: { amountMinor: 2_750 }, status: 'SUCCEEDED' }]);
});
