import { readFileSync } from 'node:fs';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { ResolverMap } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { AVAILABILITIES, CHANNEL_ID, LOCATIONS, ORDERS, RETURNS, SKUS } from './shop-data.ts';

interface Reference {
  readonly id: string;
}

const byId = <T extends Reference>(list: readonly T[]) => new Map(list.map((entry) => [entry.id, entry]));

/**
 * The subgraphs of the hub by their real SDL, over data in memory: as little work as possible, because the gateways
 * are what is compared.
 */
export function createShopSubgraphs(): readonly Subgraph[] {
  return [
    toSubgraph('inventory', inventoryResolvers()),
    // Nobody asks it; the supergraph names it.
    toSubgraph('operations', {}),
    toSubgraph('orders', orderResolvers()),
    toSubgraph('products', productResolvers()),
    toSubgraph('returns', returnResolvers()),
  ];
}

function toSubgraph(name: string, resolvers: ResolverMap): Subgraph {
  const sdl = readFileSync(new URL(`../../schema/graphql/${name}.graphql`, import.meta.url), 'utf8');
  return {
    name,
    sdl,
    schema: createSubgraphSchema(sdl, resolvers),
    createContext: (request) => request,
    start: async () => undefined,
    stop: async () => undefined,
    readiness: () => ({ ready: true }),
  };
}

function productResolvers(): ResolverMap {
  const skus = byId(SKUS);
  return {
    Query: { skus: (_: unknown, { ids }: { ids: readonly string[] }) => ids.map((id) => skus.get(id) ?? null) },
    Sku: { __resolveReference: ({ id }: Reference) => skus.get(id) ?? null },
  };
}

function inventoryResolvers(): ResolverMap {
  const locations = byId(LOCATIONS);
  const availabilities = new Map(AVAILABILITIES.map((availability) => [availability.sku, availability]));
  return {
    Sku: {
      __resolveReference: (reference: Reference) => reference,
      availability: ({ id }: Reference, { channel }: { channel: string }) =>
        channel === CHANNEL_ID ? (availabilities.get(id) ?? null) : null,
    },
    Location: { __resolveReference: ({ id }: Reference) => locations.get(id) ?? null },
  };
}

function orderResolvers(): ResolverMap {
  const orders = byId(ORDERS);
  return {
    Query: { order: (_: unknown, { id }: Reference) => orders.get(id) ?? null },
    Order: {
      __resolveReference: ({ id }: Reference) => orders.get(id) ?? null,
      timeline: ({ timeline }: (typeof ORDERS)[number], { first }: { first: number }) => ({
        edges: timeline.slice(0, first).map((node) => ({ cursor: node.id, node })),
        pageInfo: { hasNextPage: timeline.length > first, endCursor: timeline.at(-1)?.id ?? null },
      }),
    },
  };
}

function returnResolvers(): ResolverMap {
  const returns = new Map(RETURNS.map((entry) => [entry.order, [entry]]));
  return {
    Order: {
      __resolveReference: (reference: Reference) => reference,
      returns: ({ id }: Reference) => returns.get(id) ?? [],
    },
  };
}
