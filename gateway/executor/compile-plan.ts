import type { FetchNode, PlanNode } from '@graphql-hive/router-query-planner';
import { Defect } from '../../kernel/model/errors.ts';
import type { Supergraph } from '../planner/supergraph.ts';
import { compileBatchFetch, compileEntityFetch } from './entity-step.ts';
import { compileFetch } from './fetch-step.ts';
import { parallel, sequence } from './plan-run.ts';
import type { Step } from './plan-run.ts';
import type { SubgraphClient } from './subgraph-client.ts';

export interface PlanContext {
  readonly clients: ReadonlyMap<string, SubgraphClient>;
  readonly supergraph: Supergraph;
  /** Hears of every subgraph that gave no answer. */
  readonly report: (failure: unknown, serviceName: string) => void;
  /** What errors of subgraphs may carry to clients. Default: `DEFAULT_FORWARDED_EXTENSIONS`. */
  readonly forwardedExtensions?: readonly string[] | undefined;
}

/** The fetch that a subscription begins with, as the plan words it for the subgraph that owns the field. */
export type PrimaryFetch = Pick<FetchNode, 'serviceName' | 'operation' | 'variableUsages'>;

/**
 * Turns a plan into steps, once; they run as often as the operation does.
 * @throws {Defect} when the plan holds a node that this gateway does not offer to clients
 */
export function compilePlan(node: PlanNode, context: PlanContext): Step {
  switch (node.kind) {
    case 'Sequence':
      return sequence(node.nodes.map((inner) => compilePlan(inner, context)));
    case 'Parallel':
      return parallel(node.nodes.map((inner) => compilePlan(inner, context)));
    case 'Fetch':
      return compileFetch(node, context);
    case 'BatchFetch':
      return compileBatchFetch(node, context);
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw new Defect(`A plan flattens a ${node.node.kind}.`);
      return compileEntityFetch(node.node, node.path, context);
    case 'Subscription':
      // Its result is handed in with each run.
      return () => undefined;
    case 'Condition':
    case 'Defer':
      // Conditions are settled before planning, and the public schema has no @defer.
      throw new Defect(`A plan holds a ${node.kind} node, which nothing that is planned can lead to.`);
  }
}

/** The primary fetch of a subscription's plan; undefined for any other plan. */
export function findPrimaryFetch(node: PlanNode): PrimaryFetch | undefined {
  if (node.kind === 'Subscription') return node.primary;
  return node.kind === 'Sequence' && node.nodes[0] ? findPrimaryFetch(node.nodes[0]) : undefined;
}
