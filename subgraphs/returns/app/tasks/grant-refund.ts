import { invariant, isRefusal, toRefusal } from '../../../../kernel/model/errors.ts';
import { describeSale } from '../../../../schema/commands/orders.ts';
import { withLines } from '../../domain/change-lines.ts';
import { grantStretch } from '../../domain/order-claims.ts';
import { isDue, netOf, NO_PARTS, refundDueOf } from '../../domain/refund-parts.ts';
import type { ReturnState } from '../../domain/return-state.ts';
import { settleMoney } from '../../domain/settle-money.ts';
import type { TaskOf } from '../../domain/task.ts';
import { changeClaims } from '../change-claims.ts';
import type { ReturnsParts } from '../returns-parts.ts';
import { sendCommand } from '../send-command.ts';
import { unchanged, type TaskPerformer } from './task-outcome.ts';

/**
 * Brings the money of a return in line with its lines as they are now: what was paid for them by their terms, at most what
 * was captured and not refunded. Blind lines have no payment to give back on; a store may hand money out for them.
 */
export const grantRefund: TaskPerformer<'GRANT_REFUND'> = async ({ parts, state, task }) => {
  const { order } = state;
  if (order === null) return { status: 'DONE', change: unchanged(handOut(parts, state, task)), isDecision: true };
  const counted = await withStretches(parts, state, order);
  const due = refundDueOf(counted);
  const isMore = netOf(due) > netOf(state.granted ?? NO_PARTS);
  const leftMinor = isMore ? await refundableOf(parts, state, order) : 0;
  const { ids, clock } = parts.platform;
  const settled = settleMoney(counted, {
    due,
    leftMinor,
    handOut: task.handOut,
    nowMs: clock.nowMs(),
    nextId: () => ids.next(),
  });
  return { status: 'DONE', change: unchanged(settled), isDecision: true };
};

/** Counts the units of lines of which money is due, once and for all. */
async function withStretches(parts: ReturnsParts, state: ReturnState, order: string): Promise<ReturnState> {
  const fresh = state.lines.filter((line) => isDue(line) && line.orderLine !== null && !line.stretch);
  if (fresh.length === 0) return state;
  const stretches = await changeClaims(parts, order, async (current) => {
    let claims = current;
    const result = new Map<string, ReturnType<typeof grantStretch>['stretch']>();
    for (const { id, orderLine, steps } of fresh) {
      invariant(orderLine !== null, 'Blind lines give no money back.', { line: id });
      const granted = grantStretch(claims, { orderLine, returnLine: id, steps });
      claims = granted.claims;
      result.set(id, granted.stretch);
    }
    return { claims, result };
  });
  if (isRefusal(stretches)) throw toRefusal(stretches);
  const lines = state.lines.map((line) => {
    const stretch = stretches.get(line.id);
    return stretch ? { ...line, stretch } : line;
  });
  return withLines(state, lines);
}

/** What the order has captured and not refunded, less what is about to be asked for. */
async function refundableOf(
  parts: ReturnsParts,
  { refunds, correlationId }: ReturnState,
  order: string,
): Promise<number> {
  const { sale } = await sendCommand(parts, describeSale, { request: { order }, correlationId });
  invariant(sale, 'The order of a return is known to orders.', { order });
  const waiting = refunds.filter((refund) => refund.status === 'REQUESTED');
  return sale.refundable.amountMinor - waiting.reduce((sum, refund) => sum + refund.amount.amountMinor, 0);
}

/** Nobody can be asked about money for goods whose order is not known: the store says what it has handed out. */
function handOut({ platform }: ReturnsParts, state: ReturnState, { id: task, handOut: told }: TaskOf<'GRANT_REFUND'>) {
  if (told?.amountMinor === undefined || state.refunds.some(({ id }) => id === task)) return state;
  const { tender, location, reference, amountMinor } = told;
  const refund = {
    id: task,
    amount: { amountMinor, currencyCode: state.currency },
    status: 'SUCCEEDED',
    requestedAtMs: platform.clock.nowMs(),
    isStated: false,
    tenders: [{ tender, amountMinor }],
    counter: { location, reference },
  } as const;
  return { ...state, refunds: [...state.refunds, refund] };
}
