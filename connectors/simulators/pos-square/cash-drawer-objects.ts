import type { RegisterSession } from '../runtime/register-book.ts';
import type { Receipt } from '../runtime/till.ts';
import type { SquareEstate } from './square-estate.ts';

/** What lies in a drawer when it is opened. */
const FLOAT_MINOR = 10_000;

/** Source: https://developer.squareup.com/reference/square/objects/CashDrawerShift */
export function shiftObject(estate: SquareEstate, session: RegisterSession): unknown {
  const { device_id: id, device_name: name } = estate.device(session.location.code, session.register);
  const money = (amount: number): unknown => ({ amount, currency: session.location.currency });
  return {
    ...(shiftSummary(estate, session) as object),
    cash_payment_money: money(cashOf(session, 'SALE')),
    cash_refunds_money: money(cashOf(session, 'RETURN')),
    cash_paid_in_money: money(0),
    cash_paid_out_money: money(0),
    device: { id, name },
    team_member_ids: [],
  };
}

/** Lists leave out what only the shift itself tells: the sums of its cash, and its device. */
export function shiftSummary(estate: SquareEstate, session: RegisterSession): unknown {
  const { openedAtMs, closedAtMs, countedMinor } = session;
  const money = (amount: number): unknown => ({ amount, currency: session.location.currency });
  const lastMs = closedAtMs ?? Math.max(...session.receipts.map(({ occurredAtMs }) => occurredAtMs));
  return {
    id: session.id,
    state: stateOf(session),
    opened_at: iso(openedAtMs),
    ...(closedAtMs !== undefined && { ended_at: iso(closedAtMs) }),
    ...(countedMinor !== undefined && { closed_at: iso(lastMs), closed_cash_money: money(FLOAT_MINOR + countedMinor) }),
    opened_cash_money: money(FLOAT_MINOR),
    expected_cash_money: money(FLOAT_MINOR + cashOf(session, 'SALE') - cashOf(session, 'RETURN')),
    created_at: iso(openedAtMs),
    updated_at: iso(lastMs),
    location_id: estate.locationId(session.location.code),
  };
}

/** What is not paid in cash is an event without money. */
export function shiftEvent(session: RegisterSession, receipt: Receipt): unknown {
  const tender = receipt.tender === 'CASH' ? 'CASH_TENDER' : 'OTHER_TENDER';
  return {
    id: receipt.id,
    event_type: `${tender}_${receipt.kind === 'SALE' ? 'PAYMENT' : 'REFUND'}`,
    event_money: {
      amount: receipt.tender === 'CASH' ? receipt.totalMinor : 0,
      currency: session.location.currency,
    },
    created_at: iso(receipt.occurredAtMs),
  };
}

/** ENDED: nobody sells with it any more, and nobody has counted it yet. */
function stateOf({ closedAtMs, countedMinor }: RegisterSession): string {
  if (closedAtMs === undefined) return 'OPEN';
  return countedMinor === undefined ? 'ENDED' : 'CLOSED';
}

function cashOf({ receipts }: RegisterSession, kind: Receipt['kind']): number {
  return receipts
    .filter((receipt) => receipt.kind === kind && receipt.tender === 'CASH')
    .reduce((sum, { totalMinor }) => sum + totalMinor, 0);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
