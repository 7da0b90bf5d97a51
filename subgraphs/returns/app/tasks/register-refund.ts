import { invariant, Refusal } from '../../../../kernel/model/errors.ts';
import { registerRefund as command } from '../../../../schema/commands/orders.ts';
import { refundStatusOf, settleRefund } from '../../domain/settle-task.ts';
import { sendCommand } from '../send-command.ts';
import type { TaskPerformer } from './task-outcome.ts';

/** Gives money back on the payments of the order. The order holds the cap; what it refuses stays visible as failed. */
export const registerRefund: TaskPerformer<'REGISTER_REFUND'> = async ({ parts, state, task }) => {
  const refund = state.refunds.find((candidate) => candidate.id === task.refund);
  invariant(refund && state.order !== null, 'A refund is registered with the order of its return.', { task: task.id });
  const { clock, ids } = parts.platform;
  const at = { refund: refund.id, nowMs: clock.nowMs(), nextId: () => ids.next() };
  try {
    const { refund: progress } = await sendCommand(parts, command, {
      request: {
        commandId: task.id,
        order: state.order,
        return: state.id,
        amount: refund.amount,
        ...(refund.tenders && { tenders: [...refund.tenders] }),
      },
      correlationId: state.correlationId,
    });
    const status = refundStatusOf(progress);
    return { status: 'DONE', change: settleRefund(state, { ...at, status, progress }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    const change = settleRefund(state, { ...at, status: 'FAILED' });
    return { status: 'REFUSED', code, message, change };
  }
};
