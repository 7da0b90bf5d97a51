import type { Change, ReturnState } from '../../domain/return-state.ts';
import type { Task, TaskKind, TaskOf } from '../../domain/task.ts';
import type { ReturnsParts } from '../returns-parts.ts';

/** What came of one try of a task. */
export type TaskOutcome =
  | {
      readonly status: 'DONE';
      readonly change: Change;
      /** True when later tasks send what this one decided, so it has to be durable first. */
      readonly isDecision?: boolean;
    }
  /** The owner answered, and what is needed may come later. */
  | { readonly status: 'NOT_YET'; readonly reason: string }
  | { readonly status: 'REFUSED'; readonly code: string; readonly message: string; readonly change: Change };

export interface TaskRun<Kind extends TaskKind> {
  readonly parts: ReturnsParts;
  readonly state: ReturnState;
  /** The version that the state was read at. */
  readonly version: number;
  readonly task: TaskOf<Kind>;
}

export type TaskPerformer<Kind extends TaskKind> = (run: TaskRun<Kind>) => Promise<TaskOutcome>;

export const unchanged = (state: ReturnState): Change => ({ state, steps: [] });

/** Whether the next answer that is no yes is the last one to be waited for. */
export const isLastAnswer = (task: Task, answersMax: number): boolean => task.unfitAnswers + 1 >= answersMax;
