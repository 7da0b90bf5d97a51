import type { PlanNode } from '@graphql-hive/router-query-planner';
import type { PlanPath } from './cut-operation.ts';

export interface Rebase {
  /** The subgraph whose fetches are left out: what it would be asked for is there. */
  readonly serviceName: string;
  /** The field of the root below which the plan works, and where it shall work instead. */
  readonly field: string;
  readonly path: PlanPath;
}

/** A plan for entities at a field of the root, as a plan for entities elsewhere; undefined when nothing is left of it. */
export function rebasePlan(node: PlanNode, rebase: Rebase): PlanNode | undefined {
  switch (node.kind) {
    case 'Fetch':
      return node.serviceName === rebase.serviceName ? undefined : node;
    case 'Flatten':
      return { ...node, path: rebasePath(node.path, rebase) };
    case 'BatchFetch': {
      const aliases = node.entityBatch.aliases.map((alias) => ({
        ...alias,
        paths: alias.paths.map((path) => rebasePath(path, rebase)),
      }));
      return { ...node, entityBatch: { ...node.entityBatch, aliases } };
    }
    case 'Sequence':
    case 'Parallel': {
      const nodes = node.nodes.flatMap((inner) => rebasePlan(inner, rebase) ?? []);
      return nodes.length > 0 ? { ...node, nodes } : undefined;
    }
    case 'Condition':
    case 'Subscription':
    case 'Defer':
      throw new Error(`a plan for entities has no ${node.kind}`);
  }
}

function rebasePath(path: PlanPath, { field, path: base }: Rebase): (typeof path)[number][] {
  const [first, ...rest] = path;
  if (first === undefined || first === '@' || !('Field' in first) || first.Field !== field) {
    throw new Error(`a plan for entities works elsewhere than below ${field}`);
  }
  return [...base, ...rest];
}
