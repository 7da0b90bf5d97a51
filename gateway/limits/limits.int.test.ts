import { afterEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '../../kernel/model/errors.ts';
import type { GatewayOptions } from '../main.ts';
import { openShopEdge } from '../testing/open-shop-edge.ts';
import type { ShopEdge } from '../testing/open-shop-edge.ts';

let edge: ShopEdge;
afterEach(() => edge.gateway.close());

async function open(options: Partial<GatewayOptions>): Promise<void> {
  edge = await openShopEdge(options);
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly details: object } }[];
}

async function ask(query: string, headers: Record<string, string> = {}) {
  const accept = 'application/graphql-response+json';
  const response = await fetch(`${edge.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as Answer;
  return { status: response.status, headers: response.headers, data, error: errors?.[0]?.extensions };
}

const CLERK = { authorization: 'Bearer clerk' };
const NOBODY = '{ __typename }';

describe('an address from which bad tokens come', () => {
  test('is turned away with 429 before the next one is verified, at every door', async () => {
    let verified = 0;
    await open({
      clientLimits: { tokenFailuresPerWindowMax: 2, windowMs: 60_000 },
      authenticator: {
        authenticate: async (_authorization, beforeVerifying) => {
          beforeVerifying?.();
          verified++;
          throw new Refusal('UNAUTHENTICATED', 'The token is not valid here.');
        },
      },
    });
    for (let n = 0; n < 2; n++) expect((await ask(NOBODY, CLERK)).status).toBe(401);
    const refused = await ask(NOBODY, CLERK);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(refused.error).toMatchObject({ code: 'RATE_LIMITED', details: { limit: 'tokenFailuresPerWindowMax' } });
    expect((await fetch(`${edge.url}/usage`, { headers: CLERK })).status).toBe(429);
    expect(verified).toBe(2);
  });
});

describe('a client that asks too often', () => {
  test('is told the limit and when to come again, and others are not', async () => {
    await open({ clientLimits: { requestsPerWindowMax: 2, windowMs: 60_000 } });
    for (let n = 0; n < 2; n++) expect((await ask(NOBODY, CLERK)).status).toBe(200);
    const refused = await ask(NOBODY, CLERK);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(refused.error).toMatchObject({
      code: 'RATE_LIMITED',
      details: { limit: 'requestsPerWindowMax', max: 2, value: 1, retryAfterMs: 30_000 },
    });
    expect((await ask(NOBODY)).status).toBe(200);
    edge.clock.advance(30_000);
    expect((await ask(NOBODY, CLERK)).status).toBe(200);
  });

  test('is known by the address that a trusted proxy tells', async () => {
    await open({ clientLimits: { requestsPerWindowMax: 1 }, trustedProxies: 1 });
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      expect((await ask(NOBODY, { 'x-forwarded-for': address })).status).toBe(200);
      expect((await ask(NOBODY, { 'x-forwarded-for': `9.9.9.9, ${address}` })).status).toBe(429);
    }
  });

  test('cannot escape by calling itself another address', async () => {
    await open({ clientLimits: { requestsPerWindowMax: 1 } });
    expect((await ask(NOBODY, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(200);
    expect((await ask(NOBODY, { 'x-forwarded-for': '192.0.2.2' })).status).toBe(429);
  });
});

describe('the cost of operations', () => {
  test('is bounded for one, with the limit and what it comes to', async () => {
    await open({ costLimits: { costMax: 30, listSizeAssumed: 10 } });
    expect((await ask('{ products { id title } }')).status).toBe(200);
    const refused = await ask('{ products { id related { id } } }');
    expect(refused).toMatchObject({
      status: 400,
      data: undefined,
      error: { code: 'OPERATION_LIMIT_EXCEEDED', details: { limit: 'costMax', max: 30, value: 110 } },
    });
  });

  test('is bounded for a client over time', async () => {
    await open({ clientLimits: { costPerWindowMax: 25, windowMs: 10_000 } });
    for (let n = 0; n < 2; n++) expect((await ask('{ products { id } }', CLERK)).status).toBe(200);
    const refused = await ask('{ products { id } }', CLERK);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(refused.error).toMatchObject({
      code: 'COST_BUDGET_EXCEEDED',
      details: { limit: 'costPerWindowMax', max: 25, value: 10, retryAfterMs: 2_000 },
    });
    expect((await ask('{ me { id } }', CLERK)).status).toBe(200);
  });
});

describe('the size of operations', () => {
  test.each([
    ['depthMax', { depthMax: 2 }, '{ products { related { id } } }', 3],
    ['aliasesMax', { aliasesMax: 1 }, '{ a: me { id } b: me { id } }', 2],
    ['rootFieldsMax', { rootFieldsMax: 1 }, '{ me { id } users { id } }', 2],
    ['fieldsMax', { fieldsMax: 2 }, '{ me { id name mail } }', 4],
    ['documentBytesMax', { documentBytesMax: 10 }, '{ me { id name } }', 18],
  ])('is bounded by %s, and says what it comes to', async (limit, operationLimits, query, value) => {
    await open({ operationLimits });
    const max = Object.values(operationLimits)[0];
    expect(await ask(query)).toMatchObject({
      status: 400,
      error: { code: 'OPERATION_LIMIT_EXCEEDED', details: { limit, max, value } },
    });
  });
});
