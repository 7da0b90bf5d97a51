import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph';
import { isObjectType, isScalarType, parse } from 'graphql';
import type { GraphQLFieldResolver, GraphQLResolveInfo, GraphQLScalarType, GraphQLSchema } from 'graphql';
import { enforceAccess } from './enforce-access.ts';
import { resolveEntities } from './resolve-entities.ts';
import type { Representation } from './resolve-entities.ts';
import { SCALARS } from './scalars.ts';
import type { SubgraphRequest } from './subgraph.ts';

/**
 * Resolvers by type and field. `__resolveReference` of a type takes a representation, `__resolveType` of an interface
 * or union tells a value's type; an enum maps its values; a scalar is given whole.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- every resolver has its own source, arguments and context
export type ResolverMap = Readonly<Record<string, Readonly<Record<string, any>> | GraphQLScalarType>>;

/**
 * Builds the executable Federation 2 schema of a subgraph. Scopes of the SDL are enforced by it, and the scalars that
 * the hub knows (`SCALARS`) are checked by it unless `resolvers` bring their own.
 * @throws when the SDL is invalid, or when `resolvers` name a type or a field that the SDL does not have
 */
export function createSubgraphSchema(sdl: string, resolvers: ResolverMap): GraphQLSchema {
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as GraphQLResolverMap }]);
  refuseUnknownResolvers(schema, resolvers);
  adoptScalars(schema, resolvers);
  replaceEntitiesResolver(schema);
  enforceAccess(schema);
  return schema;
}

/** A misspelt resolver would otherwise be dropped in silence and its field answer with the default. */
function refuseUnknownResolvers(schema: GraphQLSchema, resolvers: ResolverMap): void {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!type) throw new Error(`Resolvers are given for ${typeName}, which the SDL does not define.`);
    if (!isObjectType(type)) continue;
    const known = type.getFields();
    const unknown = Object.keys(fields).find((name) => !name.startsWith('__') && !known[name]);
    if (unknown) throw new Error(`A resolver is given for ${typeName}.${unknown}, which the SDL does not define.`);
  }
}

function adoptScalars(schema: GraphQLSchema, resolvers: ResolverMap): void {
  for (const scalar of SCALARS) {
    const declared = schema.getType(scalar.name);
    if (!isScalarType(declared) || resolvers[scalar.name]) continue;
    declared.serialize = scalar.serialize;
    declared.parseValue = scalar.parseValue;
    declared.parseLiteral = scalar.parseLiteral;
  }
}

function replaceEntitiesResolver(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  if (!field) return;
  const resolve: GraphQLFieldResolver<unknown, SubgraphRequest, { representations: readonly Representation[] }> = (
    _source: unknown,
    { representations },
    context,
    info: GraphQLResolveInfo,
  ) => resolveEntities(representations, context, info);
  field.resolve = resolve;
}
