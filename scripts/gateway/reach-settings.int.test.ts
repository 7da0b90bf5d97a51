import { composeServices } from '@theguild/federation-composition';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { serveSupergraph, type ServedSupergraph } from './serve-supergraph.ts';

const SDL = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@composeDirective"])
    @link(url: "https://shop.example/cache/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int) on FIELD_DEFINITION
  type Query { kept: Int @cacheControl(maxAge: 60) fresh: Int }
`;

let directory: string;
let subgraph: Server;
let requests: IncomingHttpHeaders[];
let served: ServedSupergraph | undefined;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'stockwire-reach-'));
  requests = [];
  subgraph = createServer((request, response) => {
    requests.push(request.headers);
    response
      .setHeader('content-type', 'application/json')
      .end(`{"data":{"kept":${requests.length},"fresh":${requests.length}}}`);
  });
  await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await served?.close();
  subgraph.closeAllConnections();
  await new Promise((resolve) => subgraph.close(resolve));
  rmSync(directory, { recursive: true });
});

async function serve(config: object): Promise<void> {
  const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
  const [supergraph, file] = [join(directory, 'supergraph.graphql'), join(directory, 'edge.json')];
  writeFileSync(supergraph, composeServices([{ name: 'shop', url, typeDefs: parse(SDL) }]).supergraphSdl ?? '');
  writeFileSync(file, JSON.stringify(config));
  const args = { supergraph, config: file, host: '127.0.0.1', port: 0, subgraphs: new Map<string, string>() };
  served = await serveSupergraph(args, { telemetry: createTelemetry({ level: 'error', processMetrics: false }) });
}

async function ask(query: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${served?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

test('a subgraph gets the headers of the client that its owner lists, and no other', async () => {
  await serve({ subgraphs: { shop: { propagatedHeaders: ['x-tenant'] } } });
  await ask('{ fresh }', { 'x-tenant': 'north', 'x-other': 'secret' });
  expect(requests[0]).toMatchObject({ 'x-tenant': 'north' });
  expect(requests[0]).not.toHaveProperty('x-other');
});

test('what hints allow is kept when there is room for it, and nothing is without', async () => {
  await serve({ cacheBytesMax: 100_000 });
  expect([await ask('{ kept }'), await ask('{ kept }')]).toEqual([{ kept: 1 }, { kept: 1 }]);
  expect([await ask('{ fresh }'), await ask('{ fresh }')]).toEqual([{ fresh: 2 }, { fresh: 3 }]);
  await served?.close();
  await serve({});
  expect([await ask('{ kept }'), await ask('{ kept }')]).toEqual([{ kept: 4 }, { kept: 5 }]);
});
