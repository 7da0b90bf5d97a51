import type { GraphQLScalarType } from 'graphql';
import { buildPublicSchema } from '../planner/public-schema.ts';
import type { QueryPlanner } from '../planner/query-planner.ts';
import { SupergraphRefused } from '../planner/supergraph-refused.ts';
import { withPublicSchema } from '../planner/supergraph.ts';
import type { Contract } from './contract.ts';
import { findHidden } from './find-hidden.ts';
import { HiddenNames } from './hidden-names.ts';
import { narrowSchema } from './narrow-schema.ts';
import { readTags } from './read-tags.ts';
import { withoutTellingTexts } from './without-telling-texts.ts';

/**
 * The same planner behind a smaller public schema, which is in all of the contracts. Clients are validated against it,
 * introspect it, and are told of nothing else; plans may still read what they are not shown.
 * @throws {SupergraphRefused} when the contracts leave no valid schema
 */
export function narrowPlanner(
  planner: QueryPlanner,
  contracts: readonly Contract[],
  scalars: readonly GraphQLScalarType[],
): QueryPlanner {
  if (contracts.length === 0) return planner;
  const tags = readTags(planner.supergraph.schema);
  const narrowed = contracts.reduce(
    (schema, contract) => narrowSchema(schema, findHidden(schema, tags, contract)),
    planner.consumerSchema,
  );
  try {
    const hiddenNames = new HiddenNames(planner.supergraph.schema, narrowed);
    const consumerSchema = withoutTellingTexts(narrowed, hiddenNames);
    const publicSchema = buildPublicSchema(consumerSchema, scalars);
    const supergraph = withPublicSchema(planner.supergraph, publicSchema);
    return { ...planner, consumerSchema, publicSchema, supergraph, hiddenNames };
  } catch (error) {
    const names = contracts.map(({ name }) => name).join(' with ');
    throw new SupergraphRefused(`The contract ${names} leaves no valid schema: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
