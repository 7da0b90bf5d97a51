import { invariant, Refusal } from '../../../../kernel/model/errors.ts';
import { registerReturn as command } from '../../../../schema/commands/orders.ts';
import { detachRefused, settleRegistration } from '../../domain/settle-task.ts';
import { sendCommand } from '../send-command.ts';
import { unchanged, type TaskPerformer } from './task-outcome.ts';

/** Tells the order which of its units came back. */
export const registerReturn: TaskPerformer<'REGISTER_RETURN'> = async ({ parts, state, task }) => {
  invariant(state.order !== null, 'Only units of an order are registered with it.', { return: state.id });
  try {
    await sendCommand(parts, command, {
      request: {
        commandId: task.id,
        order: state.order,
        return: state.id,
        occurredAt: new Date(task.occurredAtMs).toISOString(),
        lines: task.lines.map(({ orderLine, quantity }) => ({ orderLine, quantity })),
      },
      correlationId: state.correlationId,
    });
    return { status: 'DONE', change: unchanged(settleRegistration(state, task)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    return { status: 'REFUSED', code, message, change: unchanged(detachRefused(state, task)) };
  }
};
