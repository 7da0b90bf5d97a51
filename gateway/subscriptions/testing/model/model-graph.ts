import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { Identity } from '../../../../kernel/model/identity.ts';
import type { PublishedEvent } from '../../read-topics.ts';

/** A graph of two contexts, small enough to be planned anew in every run of a property. */

const SDL = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://stockwire.dev/spec/topic/v1.0", import: ["@topic"])
  @composeDirective(name: "@topic")
directive @topic(event: String!, keys: [String!]!, snapshot: String!, scope: String) on FIELD_DEFINITION
scalar ChangeCursor
type Query { stock: Int orders: Int }
type Subscription {
  stockChanged(channel: ID!, skus: [ID!], after: ChangeCursor, minIntervalMs: Int = 0): Frame!
    @topic(event: "stock-changed", keys: ["sku", "channel"], snapshot: "stock")
  orderChanged(location: ID, customer: String, after: ChangeCursor, minIntervalMs: Int = 0): Frame!
    @topic(event: "order-changed", keys: ["order"], snapshot: "orders", scope: "customer stores")
}
type Frame { cursor: ChangeCursor! reset: Boolean! changes: [Change!]! }
type Change { key: String! version: Int! deleted: Boolean! amount: Int location: ID customer: String }`;

const ADDITION = `extend type Subscription {
  returnChanged(location: ID!, after: ChangeCursor): Frame! @topic(event: "return-changed", keys: ["return"], snapshot: "returns")
}`;

/** Two supergraphs that serve the same clients; the second has one more subscription, of one more context. */
export const MODEL_SUPERGRAPHS: readonly [string, string] = [composed(SDL), composed(`${SDL}\n${ADDITION}`)];

export const MODEL_EVENTS: readonly PublishedEvent[] = [
  { context: 'inventory', type: 'stock-changed', data: { properties: { sku: {}, channel: {}, amount: {} } } },
  {
    context: 'orders',
    type: 'order-changed',
    data: { properties: { order: {}, location: {}, customer: {}, amount: {} } },
  },
  { context: 'returns', type: 'return-changed', data: { properties: { return: {}, location: {}, amount: {} } } },
];

export const SKUS = ['A', 'B', 'C'] as const;
export const CHANNELS = ['WEB', 'POS'] as const;
export const LOCATIONS = ['S1', 'S2'] as const;
/** Each belongs to one customer for ever, and moves between locations. */
export const ORDERS = { O1: 'C1', O2: 'C2', O3: 'C1', O4: 'C2' } as const;

export type Value = Readonly<Record<string, unknown>>;

/** A kind of client: what it subscribes to, who it is, and which records are its business, in words of the model. */
export interface Reader {
  readonly field: 'stockChanged' | 'orderChanged';
  readonly args: Readonly<Record<string, unknown>>;
  readonly claims: Pick<Identity, 'stores'> & { readonly customer?: string };
  readonly sees: (value: Value) => boolean;
  /**
   * Whether its state is that of its cursor after every frame. Who waits between two changes of a key, or reads by two
   * rights at once, may know more than its cursor says.
   */
  readonly isExact: boolean;
}

const nobody = { stores: [] };

export const READERS: readonly Reader[] = [
  {
    field: 'stockChanged',
    args: { channel: 'WEB', skus: ['A', 'B'] },
    claims: nobody,
    sees: ({ sku, channel }) => channel === 'WEB' && sku !== 'C',
    isExact: true,
  },
  {
    field: 'stockChanged',
    args: { channel: 'POS' },
    claims: nobody,
    sees: ({ channel }) => channel === 'POS',
    isExact: true,
  },
  {
    field: 'stockChanged',
    args: { channel: 'WEB', minIntervalMs: 250 },
    claims: nobody,
    sees: ({ channel }) => channel === 'WEB',
    isExact: false,
  },
  {
    field: 'orderChanged',
    args: {},
    claims: { stores: ['S1'] },
    sees: ({ location }) => location === 'S1',
    isExact: true,
  },
  {
    field: 'orderChanged',
    args: { location: 'S2' },
    claims: { stores: ['S1', 'S2'] },
    sees: ({ location }) => location === 'S2',
    isExact: true,
  },
  {
    field: 'orderChanged',
    args: {},
    claims: { stores: [], customer: 'C1' },
    sees: ({ customer }) => customer === 'C1',
    isExact: true,
  },
  {
    field: 'orderChanged',
    args: {},
    claims: { stores: ['S1'], customer: 'C2' },
    sees: ({ location, customer }) => location === 'S1' || customer === 'C2',
    isExact: false,
  },
];

export const CONTEXT_OF = { stockChanged: 'inventory', orderChanged: 'orders' } as const;

export function queryOf({ field, args }: Reader): string {
  const given = Object.entries(args).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `subscription ($after: ChangeCursor) { ${field}(${[...given, 'after: $after'].join(', ')}) {
    cursor reset changes { key version deleted amount location customer } } }`;
}

function composed(sdl: string): string {
  const url = 'http://model.stockwire.internal/graphql';
  const { supergraphSdl, errors } = composeServices([{ name: 'model', url, typeDefs: parse(sdl) }]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
