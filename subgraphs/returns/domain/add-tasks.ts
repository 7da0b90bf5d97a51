import type { ReturnState } from './return-state.ts';
import type { Task, TaskContent } from './task.ts';

/** Appends tasks that are due now. Their ids follow from the return and their place, so a repeat has the same ones. */
export function addTasks(state: ReturnState, contents: readonly TaskContent[], nowMs: number): ReturnState {
  if (contents.length === 0) return state;
  const added = contents.map((content, index): Task => {
    const id = `${state.id}/${content.kind.toLowerCase().replace('_', '-')}/${state.tasks.length + index}`;
    return { ...content, id, state: 'PENDING', attempts: 0, unfitAnswers: 0 };
  });
  return { ...state, tasks: [...state.tasks, ...added], dueAtMs: nowMs };
}
