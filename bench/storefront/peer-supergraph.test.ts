import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { buildSchema, parse } from 'graphql';
import { OPERATIONS } from './operations.ts';
import { toPeerSupergraph } from './peer-supergraph.ts';

const SUPERGRAPH = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
const URLS = {
  inventory: 'http://127.0.0.1:1/graphql',
  operations: 'http://127.0.0.1:5/graphql',
  orders: 'http://127.0.0.1:2/graphql',
  products: 'http://127.0.0.1:3/graphql',
  returns: 'http://127.0.0.1:4/graphql',
};

describe('toPeerSupergraph', () => {
  test('leaves out what the peers do not know and nothing else', () => {
    const text = toPeerSupergraph(SUPERGRAPH, URLS);
    expect(text).not.toMatch(/requiresScopes|@topic|spec\/topic/);
    const [before, after] = [SUPERGRAPH, text].map((sdl) => buildSchema(sdl, { assumeValid: true }).getTypeMap());
    const names = (types: object | undefined) => Object.keys(types ?? {}).sort();
    expect(names(after)).toEqual(names(before).filter((name) => name !== 'requiresScopes__Scope'));
    expect(text.match(/@join__field/g)).toHaveLength(SUPERGRAPH.match(/@join__field/g)?.length ?? 0);
  });

  test('names the addresses to fetch from', () => {
    const text = toPeerSupergraph(SUPERGRAPH, URLS);
    for (const url of Object.values(URLS)) expect(text).toContain(`url: "${url}"`);
    expect(text).not.toContain('stockwire.internal');
  });

  test('refuses a subgraph without an address', () => {
    const { orders: _left, ...others } = URLS;
    expect(() => toPeerSupergraph(SUPERGRAPH, others)).toThrow('orders');
  });
});

test('every operation asks for something else with each body', () => {
  for (const { bodies } of OPERATIONS) {
    expect(new Set(bodies).size).toBe(bodies.length);
    for (const body of bodies) expect(() => parse((JSON.parse(body) as { query: string }).query)).not.toThrow();
  }
});
