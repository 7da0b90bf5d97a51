import { describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createQueryPlanner } from './query-planner.ts';
import { refuseUnknownLinks } from './refuse-unknown-links.ts';

const check = (links: string) => () =>
  refuseUnknownLinks(parse(`schema ${links} { query: Query } type Query { a: Int }`));

const APOLLO = 'https://specs.apollo.dev';
const OURS = `@link(url: "${APOLLO}/link/v1.0") @link(url: "${APOLLO}/join/v0.5", for: EXECUTION)`;

describe('specifications that a supergraph links', () => {
  test.each([
    ['those that are kept', `@link(url: "${APOLLO}/inaccessible/v0.2", for: SECURITY)`],
    ['those under another name', `@link(url: "${APOLLO}/policy/v0.1", for: SECURITY, as: "rule")`],
    ['those without a purpose', '@link(url: "https://acme.example/shelf/v1.0", import: ["@shelf"])'],
  ])('%s are taken', (_what, link) => {
    expect(check(`${OURS} ${link}`)).not.toThrow();
  });

  test.each([
    ['for security', `${APOLLO}/context/v0.1`, 'SECURITY'],
    ['for execution', `${APOLLO}/connect/v0.1`, 'EXECUTION'],
    ['in a version to come', `${APOLLO}/policy/v1.0`, 'SECURITY'],
    ['of another publisher by a known name', 'https://acme.example/policy/v0.1', 'SECURITY'],
    ['without a version', 'https://acme.example/vault', 'SECURITY'],
    ['by the name of what every object has', `${APOLLO}/constructor/v0.1`, 'EXECUTION'],
  ])('an unknown one %s is refused by its address', (_what, url, purpose) => {
    expect(check(`${OURS} @link(url: "${url}", for: ${purpose})`)).toThrow(
      `It needs what this gateway does not know: ${url} (for ${purpose}).`,
    );
  });

  test('those of an extension of the schema count as well', () => {
    const sdl = `extend schema @link(url: "https://acme.example/vault/v1.0", for: SECURITY) type Query { a: Int }`;
    expect(() => refuseUnknownLinks(parse(sdl))).toThrow('https://acme.example/vault/v1.0');
  });

  test('a supergraph of Federation 1 is told to be one', () => {
    const features = ['core/v0.2', 'join/v0.1'].map((name) => `@core(feature: "${APOLLO}/${name}", for: EXECUTION)`);
    expect(check(features.join(' '))).toThrow('It was composed for Federation 1 (join v0.1)');
  });

  test('a supergraph whose arguments come from a context is refused, not answered without them', () => {
    const { supergraphSdl } = composeServices([
      {
        name: 'catalog',
        url: 'http://catalog.invalid',
        typeDefs: parse(`
          extend schema @link(url: "${APOLLO}/federation/v2.8", import: ["@key", "@context", "@fromContext"])
          type Query { store: Store }
          type Store @key(fields: "id") @context(name: "store") { id: ID! currency: String! sku: Sku }
          type Sku @key(fields: "id") { id: ID! price(in: String @fromContext(field: "$store { currency }")): String }`),
      },
    ]);
    expect(() => createQueryPlanner(supergraphSdl ?? '')).toThrow(`${APOLLO}/context/v0.1 (for SECURITY)`);
  });
});
