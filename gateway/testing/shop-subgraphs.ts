import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { ResolverMap } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Subgraph, SubgraphRequest } from '../../kernel/graphql/subgraph.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import { CATALOG_SDL, STOCK_SDL, USERS_SDL } from './shop-sdl.ts';

interface Ref {
  readonly id: string;
}

/** What a test can look at and turn. */
export interface ShopState {
  /** Every look-up of entities, as `Type:id`. */
  readonly references: string[];
  readonly words: string[];
  readonly stock: Map<string, number>;
  readonly titles: Map<string, string>;
  /** Contexts that were made, by subgraph. */
  readonly contexts: string[];
}

export interface Shop {
  readonly subgraphs: readonly Subgraph[];
  readonly supergraphSdl: string;
  readonly state: ShopState;
}

/** @throws when the subgraphs do not compose */
export function createShop(): Shop {
  const state: ShopState = {
    references: [],
    words: [],
    contexts: [],
    stock: new Map([
      ['1', 10],
      ['2', 20],
      ['3', 30],
    ]),
    titles: new Map([
      ['1', 'One'],
      ['2', 'Two "quoted"'],
      ['3', 'Thrée\n😀'],
    ]),
  };
  const parts = [
    { name: 'catalog', sdl: CATALOG_SDL, resolvers: catalogResolvers(state) },
    { name: 'stock', sdl: STOCK_SDL, resolvers: stockResolvers(state) },
    { name: 'users', sdl: USERS_SDL, resolvers: usersResolvers() },
  ];
  const composed = composeServices(
    parts.map(({ name, sdl }) => ({ name, url: `http://${name}.invalid/graphql`, typeDefs: parse(sdl) })),
  );
  if (!composed.supergraphSdl) throw new Error(`the shop does not compose: ${JSON.stringify(composed.errors)}`);
  return {
    state,
    supergraphSdl: composed.supergraphSdl,
    subgraphs: parts.map((part) => toSubgraph(part, state)),
  };
}

function toSubgraph(
  { name, sdl, resolvers }: { name: string; sdl: string; resolvers: ResolverMap },
  state: ShopState,
): Subgraph {
  return {
    name,
    sdl,
    schema: createSubgraphSchema(sdl, resolvers),
    createContext: (request: SubgraphRequest) => {
      state.contexts.push(name);
      return { identity: request.identity, correlationId: request.correlationId };
    },
    start: async () => undefined,
    stop: async () => undefined,
    readiness: () => ({ ready: true }),
  };
}

export function productOf(state: ShopState, id: string): object | null {
  const title = state.titles.get(id);
  if (title === undefined) return null;
  const n = Number(id);
  return {
    id,
    title,
    weight: n === 3 ? null : n * 10,
    price: n + 0.5,
    color: n === 2 ? 'SECRET' : 'RED',
    cost: n,
    requiredCost: n,
    dims: { w: n, h: n * 2 },
    category: { id: `c${n % 2}`, org: { id: 'o' }, name: 'cat' },
  };
}

export function starsOf(id: string): number {
  return id === 'i1' ? 4 : 3;
}

const MEDIA = [
  { __typename: 'Book', id: 'b1', title: 'Dune', pages: 600 },
  { __typename: 'Movie', id: 'm1', title: 'Alien', minutes: 117 },
];

export function catalogResolvers(state: ShopState): ResolverMap {
  const product = (id: string) => productOf(state, id);
  const fail = () => {
    throw new Refusal('UNKNOWN_SKU', 'It has none.', { sku: 'x' });
  };
  return {
    Query: {
      products: (_s: unknown, { ids, first }: { ids?: string[]; first: number }) =>
        (ids ?? [...state.titles.keys()]).slice(0, first).map(product),
      product: (_s: unknown, { id }: Ref) => product(id),
      media: () => MEDIA,
      node: (_s: unknown, { id }: Ref) =>
        MEDIA.find((medium) => medium.id === id) ?? (product(id) && { __typename: 'Product', ...product(id) }),
      search: () => [MEDIA[0], { __typename: 'Product', ...product('1') }, { __typename: 'Org', id: 'o' }, null],
      items: () => [
        { __typename: 'ItemA', id: 'i1', label: 'A', a: 1 },
        { __typename: 'ItemB', id: 'i2', b: 2 },
      ],
      echo: (_s: unknown, { input }: { input: object }) => JSON.stringify(input),
      margins: () => ({ total: 5 }),
      hidden: () => 'hidden',
      grid: () => [[product('1'), null], null, [product('2')]],
    },
    Mutation: {
      addProduct: (_s: unknown, { id, title }: { id: string; title: string }) => {
        state.titles.set(id, title);
        state.words.push(`add ${id}`);
        return product(id);
      },
      renameProduct: (_s: unknown, { id, title }: { id: string; title: string }) => {
        state.titles.set(id, title);
        state.words.push(`rename ${id}`);
        return product(id);
      },
      log: (_s: unknown, { word }: { word: string }) => {
        state.words.push(word);
        return [...state.words];
      },
      mustFail: fail,
      guarded: () => state.words.push('guarded'),
    },
    Product: {
      related: ({ id }: Ref) => (id === '1' ? [product('2'), product('3'), null, product('2')] : []),
      fails: fail,
      failsHard: fail,
      __resolveReference: ({ id }: Ref) => {
        state.references.push(`Product:${id}`);
        return product(id);
      },
    },
    Category: { __resolveReference: (reference: Ref) => ({ ...reference, name: 'cat' }) },
    ItemA: { __resolveReference: ({ id }: Ref) => ({ id, label: 'A', a: 1 }) },
    ItemB: { __resolveReference: ({ id }: Ref) => ({ id, label: null, b: 2 }) },
    Item: {
      __resolveReference: ({ id }: Ref) => ({
        __typename: id === 'i1' ? 'ItemA' : 'ItemB',
        id,
        label: 'A',
        a: 1,
        b: 2,
      }),
    },
    Book: { __resolveReference: ({ id }: Ref) => MEDIA.find((medium) => medium.id === id) },
    Movie: { __resolveReference: ({ id }: Ref) => MEDIA.find((medium) => medium.id === id) },
  };
}

export function readStock(state: ShopState, { id }: Ref, { location }: { location: string }): number {
  if (id === '3') throw new Refusal('UNKNOWN_LOCATION', `No ${location} for ${id}.`, { location });
  state.words.push(`read ${id}`);
  return (state.stock.get(id) ?? 0) + (location === 'main' ? 0 : 1);
}

export function stockResolvers(state: ShopState): ResolverMap {
  const review = (n: number) => ({
    id: `r${n}`,
    text: `review ${n}`,
    product: { id: String(n) },
    author: { id: 'u1', name: 'Ann' },
  });
  return {
    Query: {
      stockOf: (_s: unknown, { id }: Ref) =>
        state.stock.has(id) ? { product: { id }, onHand: state.stock.get(id) } : null,
      reviews: () => [review(1), review(2)],
      ratedItem: (_s: unknown, { id }: Ref) => ({ id, stars: starsOf(id) }),
    },
    Mutation: {
      setStock: (_s: unknown, { id, onHand }: { id: string; onHand: number }) => {
        state.stock.set(id, onHand);
        state.words.push(`set ${id}`);
        return { product: { id }, onHand };
      },
    },
    Product: {
      __resolveReference: (reference: Ref & { weight?: number | null; dims?: { w: number; h: number } }) => {
        state.references.push(`StockedProduct:${reference.id}`);
        return state.stock.has(reference.id) ? { ...reference } : null;
      },
      stock: async (product: Ref, place: { location: string }) => readStock(state, product, place),
      softStock: ({ id }: Ref) => {
        if (id === '3') throw new Error('inner words');
        return state.stock.get(id);
      },
      shipping: ({ weight, dims }: { weight: number | null; dims: { w: number; h: number } }) =>
        weight === null ? null : weight + dims.w * dims.h,
      reviews: ({ id }: Ref) => [review(Number(id))],
    },
    Book: { __resolveReference: (reference: Ref) => reference, reviews: () => [review(1)] },
    Movie: { __resolveReference: (reference: Ref) => reference, reviews: () => [review(2)] },
    Review: { __resolveReference: ({ id }: Ref) => review(Number(id.slice(1))) },
    Category: { __resolveReference: (reference: Ref) => ({ ...reference, count: 7 }) },
    Item: { __resolveReference: ({ id }: Ref) => ({ id, stars: starsOf(id) }) },
  };
}

export function usersResolvers(): ResolverMap {
  const user = (id: string) => (id === 'u1' ? { id, name: 'Ann', mail: 'ann@example.org' } : null);
  return {
    Query: { me: () => user('u1'), users: () => [user('u1')] },
    User: { __resolveReference: ({ id }: Ref) => user(id) },
  };
}
