import { describe, expect, test } from '@jest/globals';
import type { PlanNode } from '@graphql-hive/router-query-planner';
import { composeServices } from '@theguild/federation-composition';
import { parse, print, visit } from 'graphql';
import { federation } from '../compatibility/compatibility-case.ts';
import { loadNativePlanner } from './load-native-planner.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import { createMendedPlanner } from './mended-planner.ts';

const SUBGRAPHS = {
  stock: `${federation('@key', '@shareable')}
    type Query { pieces: [Piece!]! sizes: [Size!]! }
    union Piece = Sku | Pallet
    type Sku @key(fields: "id") { id: ID! code: String @shareable }
    type Pallet { no: Int }
    enum Size { SMALL LARGE }`,
  gifts: `${federation('@key', '@shareable')}
    type Query { gifts: [Piece!]! }
    union Piece = Sku
    type Sku @key(fields: "id") { id: ID! code: String @shareable }`,
};

function compose(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(sdl),
  }));
  return composeServices(services).supergraphSdl ?? '';
}

/** The form in which Federation 2.0 wrote its first supergraphs. */
function toJoin02(sdl: string): string {
  const later = new Set(['join__unionMember', 'join__enumValue']);
  const without = ({ name }: { readonly name: { readonly value: string } }) =>
    later.has(name.value) ? null : undefined;
  const document = visit(parse(sdl.replace(/join\/v0\.\d/, 'join/v0.2')), {
    Directive: without,
    DirectiveDefinition: without,
  });
  return print(document);
}

function open(sdl: string): {
  readonly given: readonly string[];
  readonly plan: (text: string) => PlanNode | undefined;
} {
  const given: string[] = [];
  const Native = loadNativePlanner() as NativeConstructor;
  const Recording = class extends Native {
    constructor(text: string) {
      super(text);
      given.push(text);
    }
  };
  const planner = createMendedPlanner(Recording, sdl);
  return {
    given,
    plan: (text) => planner.plan({ text, operationName: undefined, labels: new Set(), percentage: 0 }),
  };
}

function fetches(node: PlanNode | undefined): readonly string[] {
  if (node?.kind === 'Fetch')
    return [`${node.serviceName}: ${print(parse(node.operation)).replaceAll(/\s+/g, ' ').trim()}`];
  if (node?.kind === 'Sequence' || node?.kind === 'Parallel') return node.nodes.flatMap((inner) => fetches(inner));
  return node?.kind === 'Flatten' ? fetches(node.node) : [];
}

describe('the mended planner', () => {
  test('is given a supergraph with nothing to mend as it is written', () => {
    const sdl = compose({ stock: SUBGRAPHS.stock });
    expect(open(sdl).given).toEqual([sdl]);
  });

  test('asks no subgraph for members of a union that it does not have', () => {
    const { plan } = open(compose(SUBGRAPHS));
    const query = (field: string) => `{ ${field} { ... on Sku { code } ... on Pallet { no } } }`;
    expect(fetches(plan(query('gifts')))).toEqual(['gifts: { gifts { __typename ... on Sku { code } } }']);
    expect(fetches(plan(query('pieces')))).toEqual([
      'stock: { pieces { __typename ... on Sku { code } ... on Pallet { no } } }',
    ]);
  });

  test('keeps what stands in a fragment on the union itself', () => {
    const { plan } = open(compose(SUBGRAPHS));
    expect(fetches(plan('{ gifts { ... on Piece { ... on Sku { id } } } }'))).toEqual([
      'gifts: { gifts { __typename ... on Sku { id } } }',
    ]);
  });

  test('plans unions and enums of join v0.2, which does not say whose their members are', () => {
    const { plan } = open(toJoin02(compose(SUBGRAPHS)));
    expect([...fetches(plan('{ gifts { ... on Sku { code } } sizes }'))].sort()).toEqual([
      'gifts: { gifts { __typename ... on Sku { code } } }',
      'stock: { sizes }',
    ]);
    expect(fetches(plan('{ pieces { ... on Pallet { no } } }'))).toEqual([
      'stock: { pieces { __typename ... on Pallet { no } } }',
    ]);
  });
});
