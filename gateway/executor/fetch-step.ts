import type { FetchNode } from '@graphql-hive/router-query-planner';
import { compileCall } from './call.ts';
import type { PlanContext } from './compile-plan.ts';
import { mergeData } from './merge-data.ts';
import type { PlanRun, Step } from './plan-run.ts';
import { compileRewrites } from './rewrites.ts';
import { responseKeysOf } from './response-keys.ts';
import type { SubgraphError, SubgraphResult } from './subgraph-client.ts';

/** A fetch of fields of the root. */
export function compileFetch(node: FetchNode, context: PlanContext): Step {
  const call = compileCall(node, context);
  const keys = responseKeysOf(call.document);
  const rewrite = compileRewrites(node.outputRewrites, context.supergraph);

  const adopt = (run: PlanRun, { data, errors }: SubgraphResult): void => {
    if (data) {
      rewrite?.(data);
      mergeData(run.data, data);
    }
    for (const error of errors ?? []) noteError(run, error, Boolean(data));
  };
  const noteError = (run: PlanRun, { path, ...error }: SubgraphError, hasData: boolean): void => {
    if (hasData && path) run.notes.noteAt(run.data, path, error);
    else run.notes.noteMissing(run.data, keys, error);
  };
  return (run) =>
    call.send(
      run,
      {},
      {
        adopt: (result) => adopt(run, result),
        fail: (error) => run.notes.noteMissing(run.data, keys, error),
      },
    );
}
