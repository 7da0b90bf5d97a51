import type { FailureNotes } from './failure-notes.ts';
import type { JsonObject } from './merge-data.ts';
import type { OperationContext } from './operation-context.ts';
import type { Variables } from './subgraph-client.ts';

/** One run of a plan. Steps write to it; nothing of it outlives the operation. */
export interface PlanRun {
  /** What the subgraphs have answered so far, by source keys. */
  readonly data: JsonObject;
  readonly variables: Variables;
  readonly context: OperationContext;
  readonly notes: FailureNotes;
}

/** A part of a plan. What can be done at once is done without a promise. Failures are noted and never thrown. */
export type Step = (run: PlanRun) => void | Promise<void>;

/** Runs steps one after the other, and none after the one that `stopsAfter` names. */
export function sequence(
  steps: readonly Step[],
  stopsAfter: (run: PlanRun, index: number) => boolean = () => false,
): Step {
  const runFrom = (run: PlanRun, first: number): void | Promise<void> => {
    for (let index = first; index < steps.length; index++) {
      const pending = steps[index]?.(run);
      if (pending) return pending.then(() => (stopsAfter(run, index) ? undefined : runFrom(run, index + 1)));
      if (stopsAfter(run, index)) return undefined;
    }
  };
  return steps.length === 1 && steps[0] ? steps[0] : (run) => runFrom(run, 0);
}

/** Starts all steps before it waits for any. */
export function parallel(steps: readonly Step[]): Step {
  return (run) => {
    let pending: Promise<void>[] | undefined;
    for (const step of steps) {
      const started = step(run);
      if (started) (pending ??= []).push(started);
    }
    if (!pending) return undefined;
    return pending.length === 1 ? pending[0] : Promise.all(pending).then(() => undefined);
  };
}
