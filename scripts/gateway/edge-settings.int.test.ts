import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EdgeConfigFaults } from '../../gateway/edge-config.ts';
import { createShop } from '../../gateway/testing/shop-subgraphs.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { publishFolder } from '../documents/publish-folder.ts';
import { serveSupergraph } from './serve-supergraph.ts';
import type { ServedSupergraph } from './serve-supergraph.ts';

const AUDIENCE = 'shop';
const ISSUER = 'https://issuer.example';

let folder: string;
let issuer: Server;
let token: string;
let served: ServedSupergraph | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockwire-edge-'));
  writeFileSync(join(folder, 'supergraph.graphql'), createShop().supergraphSdl);
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
  issuer = createServer((_request, response) => response.end(JSON.stringify(jwks)));
  await new Promise<void>((resolve) => {
    issuer.listen(0, '127.0.0.1', resolve);
  });
  token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('ann')
    .setExpirationTime('1h')
    .sign(privateKey);
});

afterEach(async () => {
  await served?.close();
  served = undefined;
  issuer.closeAllConnections();
  issuer.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(config: object, isProduction = false): Promise<void> {
  writeFileSync(join(folder, 'edge.json'), JSON.stringify(config));
  served = await serveSupergraph(
    {
      supergraph: join(folder, 'supergraph.graphql'),
      config: join(folder, 'edge.json'),
      host: '127.0.0.1',
      port: 0,
      subgraphs: new Map(),
    },
    { telemetry: createTelemetry({ level: 'error', processMetrics: false }), isProduction },
  );
}

async function ask(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${served?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  return { status: response.status, headers: response.headers, data, code: errors?.[0]?.extensions.code };
}

describe('a gateway by itself with a configuration', () => {
  test('accepts the tokens of its issuer, and nobody without one', async () => {
    const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks.json`;
    await serve({ authentication: { issuer: ISSUER, audience: AUDIENCE, jwksUrl, anonymous: false } });
    const query = '{ __typename }';
    const unknown = await ask({ query });
    expect([unknown.status, unknown.code, unknown.headers.get('www-authenticate')]).toEqual([
      401,
      'UNAUTHENTICATED',
      'Bearer',
    ]);
    expect((await ask({ query }, { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test('takes a scope of its graph for none of the hub, and allows without a token what it is told to', async () => {
    const sdl = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@requiresScopes"])
      type Query { secret: String @requiresScopes(scopes: [["products:read"]]) }
    `;
    const graph = composeServices([{ name: 'shop', url: 'http://127.0.0.1:9/', typeDefs: parse(sdl) }]);
    writeFileSync(join(folder, 'supergraph.graphql'), graph.supergraphSdl ?? '');
    await serve({});
    expect((await ask({ query: '{ secret }' })).code).toBe('UNAUTHENTICATED');
    await served?.close();
    const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks.json`;
    await serve({ authentication: { issuer: ISSUER, audience: AUDIENCE, jwksUrl } });
    expect((await ask({ query: '{ secret }' })).code).toBe('UNAUTHENTICATED');
    await served?.close();
    await serve({ authentication: { anonymousScopes: ['products:read'] } });
    expect((await ask({ query: '{ secret }' })).code).toBe('SUBGRAPH_UNAVAILABLE');
  });

  test('keeps to its limits and origins', async () => {
    await serve({ limits: { depthMax: 1 }, cors: { origins: ['https://shop.example'] } });
    expect((await ask({ query: '{ me { id } }' })).code).toBe('OPERATION_LIMIT_EXCEEDED');
    const { headers } = await ask({ query: '{ __typename }' }, { origin: 'https://shop.example' });
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test('in production tells no schema, and runs registered operations alone', async () => {
    const supergraph = join(folder, 'supergraph.graphql');
    const documents = mkdtempSync(join(folder, 'documents-'));
    writeFileSync(join(documents, 'a.graphql'), 'query A { __typename }');
    publishFolder(documents, { out: join(folder, 'manifest.json'), supergraph, replace: false });
    await serve({ documents: { manifest: 'manifest.json' } }, true);
    expect((await ask({ query: 'query A { __typename }' })).data).toEqual({ __typename: 'Query' });
    expect((await ask({ query: '{ __typename }' })).code).toBe('DOCUMENT_NOT_TRUSTED');
    await served?.close();
    await serve({}, true);
    expect((await ask({ query: '{ __schema { types { name } } }' })).code).toBe('INTROSPECTION_DISABLED');
  });

  test('is not served with one that does not fit', async () => {
    await expect(serve({ limits: { depth: 1 } })).rejects.toThrow(EdgeConfigFaults);
  });
});
