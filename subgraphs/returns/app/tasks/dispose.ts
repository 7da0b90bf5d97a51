import { Refusal } from '../../../../kernel/model/errors.ts';
import { disposeReturn } from '../../../../schema/commands/inventory.ts';
import { sendCommand } from '../send-command.ts';
import { isLastAnswer, unchanged, type TaskPerformer } from './task-outcome.ts';

/** Has the ledger move what was decided. The receipt may reach it later than the decision, so a no is not the end. */
export const dispose: TaskPerformer<'DISPOSE'> = async ({ parts, state, task }) => {
  try {
    await sendCommand(parts, disposeReturn, {
      request: { commandId: task.id, return: state.id, location: task.location, lines: [...task.lines] },
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
