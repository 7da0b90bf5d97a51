import type { ConditionNode, FetchNode, FlattenNodePathSegment, PlanNode } from '@graphql-hive/router-query-planner';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Supergraph } from '../planner/supergraph.ts';
import { compileBatchFetch, compileEntityFetch } from './entity-step.ts';
import { compileFetch } from './fetch-step.ts';
import type { PieceReaders } from './pieces/piece-readers.ts';
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
  /** Reads replies for the plan's one operation. Absent: all of them are read by `JSON.parse`. */
  readonly pieces?: PieceReaders | undefined;
}

/** The fetch that a subscription begins with, as the plan words it for the subgraph that owns the field. */
export type PrimaryFetch = Pick<FetchNode, 'serviceName' | 'operation' | 'variableUsages' | 'outputRewrites'>;

type DataPath = readonly FlattenNodePathSegment[];

/**
 * Turns a plan into steps, once; they run as often as the operation does.
 * @param path where in the data the node's entities stand
 * @throws {Refusal} GRAPHQL_VALIDATION_FAILED when the plan defers a part of the answer
 */
export function compilePlan(node: PlanNode, context: PlanContext, path: DataPath = []): Step {
  switch (node.kind) {
    case 'Sequence':
      return sequence(node.nodes.map((inner) => compilePlan(inner, context, path)));
    case 'Parallel':
      return parallel(node.nodes.map((inner) => compilePlan(inner, context, path)));
    case 'Fetch':
      return node.requires || path.length > 0 ? compileEntityFetch(node, path, context) : compileFetch(node, context);
    case 'BatchFetch':
      return compileBatchFetch(node, context);
    case 'Flatten':
      return compilePlan(node.node, context, [...path, ...node.path]);
    case 'Condition':
      return compileCondition(node, context, path);
    case 'Subscription':
      // Its result is handed in with each run.
      return () => undefined;
    case 'Defer':
      // The public schema has no @defer; a plan that was made elsewhere may.
      throw new Refusal(
        'GRAPHQL_VALIDATION_FAILED',
        'This gateway answers an operation as a whole: @defer is not offered.',
      );
  }
}

/** Conditions of clients are settled before planning; what a plan still makes depend on a variable is decided here. */
function compileCondition(
  { condition, ifClause, elseClause }: ConditionNode,
  context: PlanContext,
  path: DataPath,
): Step {
  const steps = [elseClause, ifClause].map((clause) => clause && compilePlan(clause, context, path));
  return (run) => steps[run.variables[condition] === true ? 1 : 0]?.(run);
}

/** The primary fetch of a subscription's plan; undefined for any other plan. */
export function findPrimaryFetch(node: PlanNode): PrimaryFetch | undefined {
  if (node.kind === 'Subscription') return node.primary;
  return node.kind === 'Sequence' && node.nodes[0] ? findPrimaryFetch(node.nodes[0]) : undefined;
}
