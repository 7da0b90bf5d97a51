import { Refusal } from '../../../../kernel/model/errors.ts';
import { disposeReturn } from '../../../../schema/commands/inventory.ts';
import type { ReturnState } from '../../domain/return-state.ts';
import { settleDisposal } from '../../domain/settle-task.ts';
import { isMeantBy } from '../../domain/split-line.ts';
import type { TaskOf } from '../../domain/task.ts';
import { sendCommand } from '../send-command.ts';
import { isLastAnswer, unchanged, type TaskPerformer } from './task-outcome.ts';

/** Has the ledger move what was decided. The receipt may reach it later than the decision, so a no is not the end. */
export const dispose: TaskPerformer<'DISPOSE'> = async ({ parts, state, task }) => {
  try {
    await sendCommand(parts, disposeReturn, {
      request: { commandId: task.id, return: state.id, location: task.location, lines: linesOf(state, task) },
      correlationId: state.correlationId,
    });
    return { status: 'DONE', change: unchanged(settleDisposal(state, task)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    if (!isLastAnswer(task, parts.limits.inventoryAnswersMax)) return { status: 'NOT_YET', reason: message };
    return { status: 'REFUSED', code, message, change: unchanged(state) };
  }
};

/** Dispositions are carried out one after the other, so what the ledger did last is what this one revises. */
function linesOf({ lines, tasks }: ReturnState, task: TaskOf<'DISPOSE'>) {
  const place = tasks.findIndex(({ id }) => id === task.id);
  return task.lines.map((line) => {
    const movedAs = lines.find((each) => isMeantBy(each, { named: line.returnLine, place }))?.movedAs;
    return { ...line, ...(movedAs !== undefined && { revises: movedAs }) };
  });
}
