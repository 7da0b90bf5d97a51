import { describe, expect, test } from '@jest/globals';
import { toFederationOne } from './to-federation-one.ts';

const OWNER = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  directive @topic(event: String!) on FIELD_DEFINITION
  type Money @shareable {
    amount: Int!
  }
  type Sku @key(fields: "id") {
    id: ID!
    title: String
    size: String
    price: Money @deprecated(reason: "old")
  }
  type Query {
    skus: [Sku]
  }
  type Mutation {
    rename: Sku
  }
`;

const OTHER = /* GraphQL */ `
  "Told by the owner."
  type Sku @key(fields: "id", resolvable: false) {
    id: ID!
    title: String @shareable
    stock: Int
  }
`;

describe('SDL for a gateway of Federation 1', () => {
  const { owner = '', other = '' } = toFederationOne({ other: OTHER, owner: OWNER });

  test('leaves an entity with the subgraph that has most of its fields', () => {
    expect(owner).toContain('type Sku @key(fields: "id") {\n  id: ID!\n  title: String\n  size: String\n');
    expect(other).toContain('extend type Sku @key(fields: "id") {\n  id: ID! @external\n  stock: Int\n}');
  });

  test('keeps no directive that Federation 1 does not know', () => {
    expect(owner).not.toMatch(/@link|@shareable|@topic/);
    expect(owner).toContain('@deprecated(reason: "old")');
  });

  test('keeps queries alone', () => {
    expect(owner).toContain('extend type Query');
    expect(owner).not.toContain('Mutation');
  });
});
