import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import type { Gateway } from '../main.ts';
import { openShopEdge } from '../testing/open-shop-edge.ts';

/** Every check of the public audit suite of GraphQL over HTTP, whether it says MUST, SHOULD or MAY. */
const AUDITS = serverAudits({ url: () => `${url}/graphql` });

let gateway: Gateway;
let url: string;

beforeAll(async () => {
  ({ gateway, url } = await openShopEdge());
});
afterAll(() => gateway.close());

describe('GraphQL over HTTP', () => {
  test('the suite has not shrunk', () => {
    expect(AUDITS.length).toBeGreaterThanOrEqual(61);
  });

  test.each(AUDITS.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
