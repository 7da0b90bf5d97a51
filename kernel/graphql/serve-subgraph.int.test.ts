import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import type { Identity } from '../model/identity.ts';
import { silentTelemetry } from '../ports/silent-telemetry.ts';
import { createSubgraphSchema } from './create-subgraph-schema.ts';
import { IDENTITY_HEADER, IDENTITY_TTL_MS, signIdentity } from './identity-header.ts';
import { serveSubgraph } from './serve-subgraph.ts';
import type { ServedSubgraph } from './serve-subgraph.ts';
import { SignedIdentities } from './signed-identities.ts';
import type { SubgraphRequest } from './subgraph.ts';

const SECRET = 'a secret of the tests';
const IDENTITY: Identity = { subject: 'ann', clientId: 'app', scopes: ['a:read'], stores: [] };
const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@requiresScopes"])
  type Query { whoami: String, fails: String, guarded: String @requiresScopes(scopes: [["b:read"]]) }
`;

let served: ServedSubgraph;
let isReady = true;

beforeAll(async () => {
  const schema = createSubgraphSchema(SDL, {
    Query: {
      whoami: (_s: unknown, _a: unknown, context: SubgraphRequest) =>
        `${context.identity.subject} ${context.correlationId}`,
      fails: () => {
        throw new Error('inner words');
      },
    },
  });
  served = await serveSubgraph(
    {
      name: 'small',
      sdl: SDL,
      schema,
      createContext: (context) => context,
      start: async () => undefined,
      stop: async () => undefined,
      readiness: () => (isReady ? { ready: true } : { ready: false, reason: 'replaying' }),
    },
    {
      port: 0,
      identitySecret: SECRET,
      bodyBytesMax: 2000,
      clock: { nowMs: () => 0, after: () => () => undefined },
      ids: { next: () => 'incident-1', epoch: () => 'e' },
      telemetry: silentTelemetry,
    },
  );
});

afterAll(() => served.close());

async function postTo(url: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: signIdentity(IDENTITY, SECRET, 0), ...headers },
    body,
  });
  return { status: response.status, body: (await response.json()) as { data?: unknown; errors?: unknown[] } };
}

describe.each(['url', 'leanUrl'] as const)('a subgraph served alone, at its %s', (endpoint) => {
  const post = (body: string, headers: Record<string, string> = {}) => postTo(served[endpoint], body, headers);

  test('answers in the name of the signed identity', async () => {
    const { body } = await post('{"query":"{ whoami }"}', { 'x-correlation-id': 'c-1' });
    expect(body).toEqual({ data: { whoami: 'ann c-1' } });
  });

  test('tells composition its SDL', async () => {
    const { body } = await post('{"query":"{ _service { sdl } }"}');
    expect(body.data).toMatchObject({ _service: { sdl: expect.stringContaining('whoami') } });
  });

  test.each([
    ['no identity', { [IDENTITY_HEADER]: '' }],
    ['an identity signed by somebody else', { [IDENTITY_HEADER]: signIdentity(IDENTITY, 'x'.repeat(20), 0) }],
  ])('refuses %s', async (_what, headers) => {
    const { status, body } = await post('{"query":"{ whoami }"}', headers);
    expect(status).toBe(401);
    expect(body.errors).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }),
    ]);
  });

  test('enforces scopes and masks faults', async () => {
    const { body } = await post('{"query":"{ guarded fails }"}');
    expect(body.data).toEqual({ guarded: null, fails: null });
    expect(body.errors).toEqual([
      expect.objectContaining({ path: ['guarded'], extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }),
      expect.objectContaining({
        message: 'The hub met a fault of its own.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false, details: { incidentId: 'incident-1' } },
      }),
    ]);
  });

  test('refuses an oversize body, whether its length is declared or not', async () => {
    const declared = await post(JSON.stringify({ query: `{ whoami } #${'x'.repeat(3000)}` }));
    expect(declared.status).toBe(413);
    expect(await postChunked('x'.repeat(3000))).toBe(413);
  });

  test('says that a body is not JSON', async () => {
    const { status, body } = await post('{"query":');
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ message: 'The body is not JSON.' })]);
  });

  test('tells whether it lives and whether it is ready', async () => {
    const status = async (path: string) => (await fetch(new URL(path, served.url))).status;
    expect(await status('/health/live')).toBe(200);
    expect(await status('/health/ready')).toBe(200);
    isReady = false;
    expect(await status('/health/ready')).toBe(503);
    isReady = true;
    expect(await status('/elsewhere')).toBe(404);
  });
});

describe('the lean endpoint', () => {
  test.each([
    ['{ nothing }', /Cannot query field "nothing"/],
    ['{ whoami', /Syntax Error/],
    ['query A { whoami } query B { whoami }', /One operation/],
  ])('refuses %s and says why', async (query, reason) => {
    const { status, body } = await postTo(served.leanUrl, JSON.stringify({ query }));
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ message: expect.stringMatching(reason) })]);
  });

  test.each([{}, { query: 1 }, { query: '{ whoami }', variables: [] }])('refuses %j as no request', async (given) => {
    const { status, body } = await postTo(served.leanUrl, JSON.stringify(given));
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(1);
  });

  test('believes a signature again while it is fresh, and never one that has expired', async () => {
    const now = { ms: 0 };
    const identities = new SignedIdentities(SECRET, { nowMs: () => now.ms, after: () => () => undefined });
    const signed = signIdentity(IDENTITY, SECRET, 0);
    expect(identities.verify(signed)).toBe(identities.verify(signed));
    now.ms = IDENTITY_TTL_MS - 1;
    expect(identities.verify(signed)).toEqual(IDENTITY);
    now.ms = IDENTITY_TTL_MS;
    expect(() => identities.verify(signed)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });
});

function postChunked(body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', [IDENTITY_HEADER]: signIdentity(IDENTITY, SECRET, 0) };
    const sending = request(served.url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sending.on('error', reject);
    sending.write(body.slice(0, 1500));
    sending.end(body.slice(1500));
  });
}
