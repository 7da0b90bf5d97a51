import { defaultFieldResolver, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLFieldResolver, GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { findAccessRefusal, joinRequirements, readAccessRequirement } from './access-requirement.ts';
import type { AccessRequirement } from './access-requirement.ts';
import type { EntityResolver } from './resolve-entities.ts';
import type { SubgraphRequest } from './subgraph.ts';

/**
 * Wraps the resolvers of `schema` in place, so that a field whose own definition, parent type, interface or returned
 * type asks for scopes is refused before its resolver runs. Fields that ask for nothing stay as they are.
 *
 * Source: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives#requiresscopes
 */
export function enforceAccess(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const name of Object.keys(type.getFields())) guardField(type, name);
    guardReference(type);
  }
}

/** What a field of an object type asks for, its parent, interfaces and returned type included. */
export function fieldRequirement(type: GraphQLObjectType, fieldName: string): AccessRequirement | undefined {
  const field = type.getFields()[fieldName];
  if (!field) return undefined;
  const returned = getNamedType(field.type);
  return joinRequirements([
    typeRequirement(type),
    readAccessRequirement([field.astNode]),
    ...type.getInterfaces().map((face) => readAccessRequirement([face.getFields()[fieldName]?.astNode])),
    typeRequirement(returned),
  ]);
}

/** What a type asks for, its extensions and the interfaces of an object type included. */
export function typeRequirement(type: GraphQLNamedType): AccessRequirement | undefined {
  const own = readAccessRequirement([type.astNode, ...type.extensionASTNodes]);
  if (!isObjectType(type) && !isInterfaceType(type)) return own;
  const faces = type.getInterfaces().map((face) => readAccessRequirement([face.astNode, ...face.extensionASTNodes]));
  return joinRequirements([own, ...faces]);
}

function guardField(type: GraphQLObjectType, fieldName: string): void {
  const requirement = fieldRequirement(type, fieldName);
  const field = type.getFields()[fieldName];
  if (!requirement || !field) return;
  const place = `${type.name}.${fieldName}`;
  field.resolve = guard(field.resolve ?? defaultFieldResolver, requirement, place);
  if (field.subscribe) field.subscribe = guard(field.subscribe, requirement, place);
}

type Resolver = GraphQLFieldResolver<unknown, SubgraphRequest>;

function guard(resolve: Resolver, requirement: AccessRequirement, place: string): Resolver {
  return (source, args, context, info) => {
    const refusal = findAccessRefusal(context.identity, requirement, place);
    if (refusal) throw refusal;
    return resolve(source, args, context, info);
  };
}

/** A reference is guarded too, so that a refused caller costs no look-up. */
function guardReference(type: GraphQLObjectType): void {
  const requirement = typeRequirement(type);
  const extensions = type.extensions as { apollo?: { subgraph?: { resolveReference?: EntityResolver } } };
  const subgraph = extensions.apollo?.subgraph;
  const resolveReference = subgraph?.resolveReference;
  if (!requirement || !subgraph || !resolveReference) return;
  subgraph.resolveReference = (reference, context, info) => {
    const refusal = findAccessRefusal(context.identity, requirement, type.name);
    if (refusal) throw refusal;
    return resolveReference(reference, context, info);
  };
}
