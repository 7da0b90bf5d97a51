import { invariant, isRefusal, toRefusal } from '../../../../kernel/model/errors.ts';
import { describeSale } from '../../../../schema/commands/orders.ts';
import { grantStretch } from '../../domain/order-claims.ts';
import { valueOfStretch } from '../../domain/refund-value.ts';
import type { ReturnLine, ReturnState } from '../../domain/return-state.ts';
import type { Sale } from '../../domain/sale.ts';
import { grantRefund as grant } from '../../domain/settle-task.ts';
import { changeClaims } from '../change-claims.ts';
import type { ReturnsParts } from '../returns-parts.ts';
import { sendCommand } from '../send-command.ts';
import { unchanged, type TaskPerformer } from './task-outcome.ts';

/**
 * Decides how much money lines give back: what was paid for them, at most what was captured and not refunded. Blind
 * lines have no payment to give back on.
 */
export const grantRefund: TaskPerformer<'GRANT_REFUND'> = async ({ parts, state, task }) => {
  const { order } = state;
  const lines = state.lines.filter((line) => task.lines.includes(line.id) && line.orderLine !== null);
  if (order === null || lines.length === 0) return { status: 'DONE', change: unchanged(state), isDecision: true };
  const { correlationId } = state;
  const { sale } = await sendCommand(parts, describeSale, { request: { order }, correlationId });
  invariant(sale, 'The order of a return is known to orders.', { return: state.id, order });
  const worthMinor = await worthOf(parts, order, lines);
  const amount = { amountMinor: capped(worthMinor, state, sale), currencyCode: sale.currency };
  const { ids, clock } = parts.platform;
  const granted = grant(state, { id: ids.next(), amount, nowMs: clock.nowMs() });
  return { status: 'DONE', change: unchanged(granted), isDecision: true };
};

async function worthOf(parts: ReturnsParts, order: string, lines: readonly ReturnLine[]): Promise<number> {
  const worth = await changeClaims(parts, order, async (current) => {
    let claims = current;
    let worthMinor = 0;
    for (const { id, orderLine, steps, decimals, unitPriceMinor } of lines) {
      invariant(orderLine !== null, 'Blind lines give no money back.', { line: id });
      const granted = grantStretch(claims, { orderLine, returnLine: id, steps });
      claims = granted.claims;
      worthMinor += valueOfStretch(granted.stretch, { unitPriceMinor, decimals });
    }
    return { claims, result: worthMinor };
  });
  if (isRefusal(worth)) throw toRefusal(worth);
  return worth;
}

/** When nothing is left to refund the whole worth is asked for, so that the refusal shows on the return. */
function capped(worthMinor: number, { refunds }: ReturnState, { refundable }: Sale): number {
  const waiting = refunds.filter((refund) => refund.status === 'REQUESTED');
  const leftMinor = refundable.amountMinor - waiting.reduce((sum, refund) => sum + refund.amount.amountMinor, 0);
  return leftMinor > 0 ? Math.min(worthMinor, leftMinor) : worthMinor;
}
