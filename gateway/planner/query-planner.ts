import { QueryPlanner as NativePlanner } from '@graphql-hive/router-query-planner';
import type { PlanNode } from '@graphql-hive/router-query-planner';
import { Kind, print } from 'graphql';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Defect } from '../../kernel/model/errors.ts';
import { buildPublicSchema } from './public-schema.ts';
import { readSupergraph } from './supergraph.ts';
import type { Supergraph } from './supergraph.ts';

/** Labels and percentages belong to progressive overrides, which the hub's supergraph does not use. */
const NO_LABELS = new Set<string>();
const NO_PERCENTAGE = 0;

/** Turns operations into plans over subgraphs. One per supergraph. */
export interface QueryPlanner {
  readonly publicSchema: GraphQLSchema;
  readonly supergraph: Supergraph;
  /** @throws {Defect} when a validated operation cannot be planned */
  plan(operation: OperationDefinitionNode): PlanNode | undefined;
}

/** @throws when the SDL is no supergraph */
export function createQueryPlanner(supergraphSdl: string): QueryPlanner {
  const native = new NativePlanner(supergraphSdl);
  const publicSchema = buildPublicSchema(native.consumerSchema);
  return {
    publicSchema,
    supergraph: readSupergraph(supergraphSdl, publicSchema),
    plan: (operation) => {
      const text = print({ kind: Kind.DOCUMENT, definitions: [operation] });
      try {
        return native.plan(text, operation.name?.value, NO_LABELS, NO_PERCENTAGE).node;
      } catch (error) {
        throw new Defect('A validated operation could not be planned.', { operation: text }, { cause: error });
      }
    },
  };
}
