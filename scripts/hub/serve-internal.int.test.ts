import { afterEach, describe, expect, test } from '@jest/globals';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import { IDENTITY_HEADER, signIdentity } from '../../kernel/graphql/identity-header.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { serveInternal, type InternalServer } from './serve-internal.ts';

const SECRET = 'a secret that is as long as it must be';
const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
  type Query { name: String }
`;

let isReady = true;
let server: InternalServer | undefined;
const clock = new FakeClock();

afterEach(async () => {
  isReady = true;
  await server?.close();
  server = undefined;
});

function subgraphNamed(name: string): Subgraph {
  return {
    name,
    sdl: SDL,
    schema: createSubgraphSchema(SDL, { Query: { name: () => name } }),
    createContext: (context) => context,
    start: async () => undefined,
    stop: async () => undefined,
    readiness: () => ({ ready: true }),
  };
}

async function open(): Promise<string> {
  server = await serveInternal({
    port: 0,
    host: '127.0.0.1',
    subgraphs: [subgraphNamed('orders'), subgraphNamed('returns')],
    identitySecret: SECRET,
    readiness: () => (isReady ? { ready: true } : { ready: false, reason: 'replaying' }),
    told: { '/told': () => ({ it: 'is told' }) },
    clock,
    ids: new SequentialIds(1),
    telemetry: createTelemetry({ level: 'error', processMetrics: false }),
  });
  return server.url;
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

async function nameOf(url: string): Promise<unknown> {
  const identity = { subject: 'gateway', clientId: 'gateway', scopes: [], stores: [] };
  const signed = signIdentity(identity, SECRET, clock.nowMs());
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: signed },
    body: JSON.stringify({ query: '{ name }' }),
  });
  return ((await response.json()) as { readonly data?: { readonly name?: unknown } }).data?.name;
}

describe('what a process serves to others of the hub', () => {
  test('are its subgraphs, each below its name, and its own health', async () => {
    const url = await open();
    expect([await nameOf(`${url}/orders/lean`), await nameOf(`${url}/returns/graphql`)]).toEqual(['orders', 'returns']);
    expect(await (await fetch(`${url}/told`)).json()).toEqual({ it: 'is told' });
    expect(await (await fetch(`${url}/metrics`)).text()).toBeDefined();
    expect(await statusOf(`${url}/stock/lean`)).toBe(404);
    isReady = false;
    expect([await statusOf(`${url}/health/ready`), await statusOf(`${url}/health`)]).toEqual([503, 200]);
    // Others of its subgraphs may be ready before the whole process is.
    expect(await statusOf(`${url}/orders/health/ready`)).toBe(200);
  });

  test('is answered for a moment after it has said that it stops, so that whoever looks goes elsewhere first', async () => {
    const url = await open();
    const closing = server?.close();
    server = undefined;
    const [whole, one] = await Promise.all([statusOf(`${url}/ready`), statusOf(`${url}/orders/health/ready`)]);
    expect([whole, one, await nameOf(`${url}/orders/lean`)]).toEqual([503, 503, 'orders']);
    await closing;
    await waitFor(
      () =>
        statusOf(url).then(
          () => false,
          () => true,
        ),
      'nobody to listen',
    );
  });
});
