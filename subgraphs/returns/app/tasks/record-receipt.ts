import { Refusal } from '../../../../kernel/model/errors.ts';
import { recordMovement } from '../../../../schema/commands/inventory.ts';
import { sendCommand } from '../send-command.ts';
import { isLastAnswer, unchanged, type TaskPerformer } from './task-outcome.ts';

/** Tells the ledger what a person at a store told this context. */
export const recordReceipt: TaskPerformer<'RECORD_RECEIPT'> = async ({ parts, state, task }) => {
  try {
    await sendCommand(parts, recordMovement, {
      request: {
        commandId: task.id,
        kind: 'RETURN_RECEIPT',
        location: task.location,
        occurredAt: new Date(task.occurredAtMs).toISOString(),
        document: state.id,
        lines: [...task.lines],
      },
      correlationId: state.correlationId,
    });
    return { status: 'DONE', change: unchanged(state) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    if (!isLastAnswer(task, parts.limits.inventoryAnswersMax)) return { status: 'NOT_YET', reason: message };
    return { status: 'REFUSED', code, message, change: unchanged(state) };
  }
};
