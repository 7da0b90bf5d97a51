import type { PlanNode } from '@graphql-hive/router-query-planner';
import { Kind, parse, print } from 'graphql';
import type { DocumentNode, GraphQLScalarType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { SCALARS } from '../../kernel/graphql/scalars.ts';
import { Defect, Refusal } from '../../kernel/model/errors.ts';
import type { HiddenNames } from '../contracts/hidden-names.ts';
import { openPlanner } from './open-planner.ts';
import type { PlannerOptions } from './open-planner.ts';
import { buildPublicSchema, readConsumerSchema } from './public-schema.ts';
import { ProgressiveOverrides } from './progressive-overrides.ts';
import { refuseUnknownLinks } from './refuse-unknown-links.ts';
import { SupergraphRefused } from './supergraph-refused.ts';
import { readSupergraph } from './supergraph.ts';
import type { Supergraph } from './supergraph.ts';

/** Turns operations into plans over subgraphs. One per supergraph. */
export interface QueryPlanner {
  /** The public schema as it is written. */
  readonly consumerSchema: DocumentNode;
  readonly publicSchema: GraphQLSchema;
  readonly supergraph: Supergraph;
  /** What texts may not name; undefined where the public schema is shown whole. */
  readonly hiddenNames: HiddenNames | undefined;
  /** Those that hold for a percentage of operations. */
  readonly overrides: ProgressiveOverrides;
  /**
   * @param overrideLevel by `overrides.levelOf`; default: all of them hold
   * @throws {Defect} when a validated operation cannot be planned
   */
  plan(operation: OperationDefinitionNode, overrideLevel?: number): PlanNode | undefined;
}

export interface QueryPlannerOptions extends PlannerOptions {
  /** Labels of progressive overrides that hold for every operation. Default: none. */
  readonly overrideLabels?: readonly string[];
}

/**
 * @param scalars those whose values are checked here; all others pass
 * @throws {SupergraphRefused} when the SDL is no supergraph
 */
export function createQueryPlanner(
  supergraphSdl: string,
  scalars: readonly GraphQLScalarType[] = SCALARS,
  { overrideLabels = [], ...options }: QueryPlannerOptions = {},
): QueryPlanner {
  const activeLabels = new Set(overrideLabels);
  const { planner, consumerSchema, publicSchema, supergraph } = read(supergraphSdl, scalars, options);
  return {
    consumerSchema,
    publicSchema,
    supergraph,
    hiddenNames: undefined,
    overrides: new ProgressiveOverrides(planner.overridePercentages),
    plan: (operation, overrideLevel = 0) => {
      const text = print({ kind: Kind.DOCUMENT, definitions: [operation] });
      try {
        return planner.plan({
          text,
          operationName: operation.name?.value,
          labels: activeLabels,
          percentage: overrideLevel,
        });
      } catch (error) {
        if (error instanceof Refusal) throw error;
        throw new Defect('A validated operation could not be planned.', { operation: text }, { cause: error });
      }
    },
  };
}

function read(supergraphSdl: string, scalars: readonly GraphQLScalarType[], options: PlannerOptions) {
  try {
    refuseUnknownLinks(parse(supergraphSdl, { noLocation: true }));
    const planner = openPlanner(supergraphSdl, options);
    const consumerSchema = readConsumerSchema(planner.consumerSchema);
    const publicSchema = buildPublicSchema(consumerSchema, scalars);
    const supergraph = readSupergraph(supergraphSdl, publicSchema);
    // The planner takes the schema of a single service as well, and then sends it nothing.
    if (!supergraph.schema.getType('join__Graph')) throw new SupergraphRefused('It names no subgraphs.');
    return { planner, consumerSchema, publicSchema, supergraph };
  } catch (error) {
    if (error instanceof SupergraphRefused) throw error;
    throw new SupergraphRefused((error as Error).message, { cause: error });
  }
}
