import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { printSchema } from 'graphql';
import { openShopInProcess } from '../testing/open-shop-gateway.ts';
import type { Answered, ShopGateway } from '../testing/open-shop-gateway.ts';

const LIMITS = { documentBytesMax: 400, tokensMax: 60, depthMax: 4, aliasesMax: 2, rootFieldsMax: 3, fieldsMax: 12 };

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopInProcess({ limits: LIMITS });
});
afterAll(() => shop.close());

const first = ({ errors }: Answered) => errors?.[0]?.extensions;

describe('reading a document', () => {
  test.each([
    ['documentBytesMax', `{ me { id } } # ${'é'.repeat(200)}`],
    ['tokensMax', `{ ${'me { id } '.repeat(20)} }`],
    ['depthMax', '{ product(id: 1) { related { related { related { id } } } } }'],
    ['depthMax', '{ product(id: 1) { ...A } } fragment A on Product { related { related { related { id } } } }'],
    ['aliasesMax', '{ a: me { b: id c: id } }'],
    ['rootFieldsMax', '{ me { id } ... { me { id } ...R } } fragment R on Query { me { id } me { name } }'],
    ['fieldsMax', '{ ...A ...A ...A } fragment A on Query { me { id name mail id name } }'],
  ])('an operation beyond %s is refused and the limit named', async (limit, query) => {
    const answer = await shop.ask(query);
    expect(answer.data).toBeUndefined();
    expect(first(answer)).toMatchObject({
      code: 'OPERATION_LIMIT_EXCEEDED',
      details: { limit, max: LIMITS[limit as keyof typeof LIMITS] },
    });
  });

  test.each([
    ['no GraphQL', '{ me { id }', 'GRAPHQL_PARSE_FAILED'],
    ['a field that does not exist', '{ me { age } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a field that is hidden', '{ hidden }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a value of an enum that is hidden', '{ echo(input: { text: "", color: SECRET }) }', 'GRAPHQL_VALIDATION_FAILED'],
    ['what federation adds', '{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a directive of the hub', '{ me @topic { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['@defer', '{ me { ... @defer { id } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal that a scalar refuses', '{ echo(input: { text: "", quantity: "x" }) }', 'INVALID_QUANTITY'],
  ])('%s is refused with its place', async (_what, query, code) => {
    const answer = await shop.ask(query);
    expect(answer.data).toBeUndefined();
    expect(first(answer)).toMatchObject({ code, retryable: false });
    expect(answer.errors?.[0]).toHaveProperty('locations.0.line', 1);
  });

  test('the public schema tells nothing of how the hub works inside', () => {
    const sdl = printSchema(shop.engine.publicSchema);
    expect(sdl).toContain('productChanged(id: ID!): ProductFrame!');
    expect(sdl).toContain('All of them, or those with the given ids.');
    expect(sdl).not.toMatch(/topic|join__|link|requiresScopes|inaccessible|hidden|SECRET|_entities|_Any/i);
  });
});

describe('variables', () => {
  const query = 'query ($i: EchoInput!) { echo(input: $i) }';
  test.each([
    [{}, 'i', 'BAD_USER_INPUT'],
    [{ i: null }, 'i', 'BAD_USER_INPUT'],
    [{ i: { text: 1 } }, 'text', 'BAD_USER_INPUT'],
    [{ i: { text: 'a', quantity: 'x' } }, 'quantity', 'INVALID_QUANTITY'],
    [{ i: { text: 'a', times: 1.5 } }, 'times', 'BAD_USER_INPUT'],
    [{ i: { text: 'a', color: 'SECRET' } }, 'color', 'BAD_USER_INPUT'],
    [{ i: { text: 'a', other: 1 } }, 'i', 'BAD_USER_INPUT'],
  ])('%j is refused, naming %s', async (variables, field, code) => {
    const answer = await shop.ask(query, { variables });
    expect(answer.data).toBeUndefined();
    expect(first(answer)).toMatchObject({ code, details: { variable: 'i', field } });
  });
});
