import { GraphQLError, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { SubgraphRequest } from './subgraph.ts';

export interface Representation {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

export type EntityResolver = (reference: Representation, context: SubgraphRequest, info: GraphQLResolveInfo) => unknown;

/**
 * Resolves `_entities`. Does what `@apollo/subgraph` does, except that an entity which is there at once costs no
 * promise, that frozen and shared objects are never written to, and that the failure of one representation is an
 * error of its own path alone.
 */
export function resolveEntities(
  representations: readonly Representation[],
  context: SubgraphRequest,
  info: GraphQLResolveInfo,
): unknown[] {
  return representations.map((reference) => {
    try {
      return resolveEntity(reference, context, info);
    } catch (error) {
      return error instanceof Error ? error : new Error('A reference resolver threw no error.', { cause: error });
    }
  });
}

function resolveEntity(reference: Representation, context: SubgraphRequest, info: GraphQLResolveInfo): unknown {
  const type = info.schema.getType(reference.__typename);
  if (!type || !(isObjectType(type) || isInterfaceType(type))) {
    throw new GraphQLError(`"${reference.__typename}" is no entity of this subgraph.`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  const resolve = resolverOf(type);
  const found = resolve ? resolve(reference, context, info) : reference;
  return isThenable(found) ? found.then((value) => withTypename(value, type)) : withTypename(found, type);
}

function resolverOf(type: GraphQLObjectType | GraphQLInterfaceType): EntityResolver | undefined {
  const extensions = type.extensions as { apollo?: { subgraph?: { resolveReference?: EntityResolver } } };
  return extensions.apollo?.subgraph?.resolveReference;
}

/** A concrete type is known from the representation; the resolver of an interface has to name it itself. */
function withTypename(value: unknown, type: GraphQLObjectType | GraphQLInterfaceType): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Error) return value;
  if (isInterfaceType(type) || (value as Partial<Representation>).__typename === type.name) return value;
  return Object.create(value, { __typename: { value: type.name, enumerable: true } }) as unknown;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
