import { buildSchema, graphql, isAbstractType, isObjectType, printSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { ResolverMap } from '../../kernel/graphql/create-subgraph-schema.ts';
import { catalogResolvers, productOf, readStock, starsOf, stockResolvers, usersResolvers } from './shop-subgraphs.ts';
import type { ShopState } from './shop-subgraphs.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The same shop as one schema without federation, run by graphql-js: what the gateway has to be equal to. */
export function createShopMonolith(publicSchema: GraphQLSchema, state: ShopState) {
  const schema = buildSchema(printSchema(publicSchema));
  const maps = [catalogResolvers(state), stockResolvers(state), usersResolvers(), joins(state)];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value: { __typename: string }) => value.__typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = maps.map((map) => (map[type.name] as Fields | undefined)?.[field.name]).findLast(Boolean);
      if (typeof resolve === 'function') field.resolve = resolve as NonNullable<typeof field.resolve>;
    }
  }
  return (source: string, variableValues: Readonly<Record<string, unknown>>) =>
    graphql({ schema, source, variableValues });
}

/** What federation does by references. */
function joins(state: ShopState): ResolverMap {
  const toProduct = ({ product }: { product: { id: string } }) => productOf(state, product.id);
  const stars = ({ id }: { id: string }) => starsOf(id);
  return {
    Query: {
      ratedItem: (_source: unknown, { id }: { id: string }) =>
        id === 'i1' ? { __typename: 'ItemA', id, label: 'A', a: 1 } : { __typename: 'ItemB', id, label: 'A', b: 2 },
    },
    // At once: graphql-js leaves a promise that fails unhandled when a field beside it has failed before.
    Product: {
      stock: (product: { id: string }, place: { location: string }) => readStock(state, product, place),
      // What is hidden is as if it were not there, and no fault of anybody.
      color: ({ color }: { color: string }) => (color === 'SECRET' ? null : color),
    },
    Stock: { product: toProduct },
    Review: { product: toProduct, author: () => ({ id: 'u1', name: 'Ann', mail: 'ann@example.org' }) },
    Category: { count: () => 7 },
    ItemA: { stars },
    ItemB: { stars },
  };
}
