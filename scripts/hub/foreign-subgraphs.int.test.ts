import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { openNewsroom, type Newsroom } from '../gateway/testing/newsroom.ts';
import { readConfig } from './config.ts';
import { openHub, type Hub } from './open-hub.ts';
import { SUBGRAPH_ROLES } from './roles.ts';

/** A deployment that has subgraphs of its own beside those of the hub. */

let directory: TemporaryDirectory;
let newsroom: Newsroom;
let hub: Hub;
let client: Client;

beforeAll(async () => {
  directory = await temporaryDirectory();
  newsroom = await openNewsroom();
  const supergraph = join(directory.path, 'supergraph.graphql');
  writeFileSync(supergraph, composed());
  const edge = join(directory.path, 'edge.json');
  writeFileSync(edge, JSON.stringify({ subgraphs: { news: { propagatedHeaders: ['x-tenant'] } } }));
  const env = {
    STOCKWIRE_DATA_DIR: join(directory.path, 'data'),
    STOCKWIRE_SUPERGRAPH: supergraph,
    STOCKWIRE_EDGE: edge,
  };
  const config = { ...readConfig(env, directory.path), port: 0 };
  const telemetry = createTelemetry({ level: 'error', processMetrics: false });
  hub = await openHub({ config, telemetry, subscriptionLimits: { drainMs: 50 } });
  client = createClient({
    url: `${hub.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { 'x-tenant': 'north' },
  });
});

afterAll(async () => {
  await client.dispose();
  await hub.close();
  await newsroom.close();
  await directory.remove();
});

function composed(): string {
  const folder = join(import.meta.dirname, '..', '..', 'schema', 'graphql');
  const own = SUBGRAPH_ROLES.map((name) => ({
    name,
    url: `http://${name}.stockwire.internal/graphql`,
    typeDefs: parse(readFileSync(join(folder, `${name}.graphql`), 'utf8')),
  }));
  const { supergraphSdl, errors } = composeServices([...own, ...newsroom.services]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

function follow(query: string): { readonly answers: unknown[]; readonly ends: unknown[] } {
  const [answers, ends]: [unknown[], unknown[]] = [[], []];
  client.subscribe(
    { query },
    {
      next: (answer) => answers.push(answer),
      error: (error) => ends.push(error),
      complete: () => ends.push('complete'),
    },
  );
  return { answers, ends };
}

test('a foreign subgraph tells its subscriptions through the hub, completed by another, beside those of the hub', async () => {
  const news = follow('subscription { storyTold { title author { name } } }');
  const stock = follow('subscription { availabilityChanged(channel: "WEB") { reset changes { key } } }');
  await waitFor(() => newsroom.open === 1 && stock.answers.length === 1, 'both');
  newsroom.tell({ id: '1', title: 'Lamps are back', author: { id: 'ada' } });
  await waitFor(() => news.answers.length === 1, 'the story');
  expect(news).toEqual({
    answers: [{ data: { storyTold: { title: 'Lamps are back', author: { name: 'Name of ada' } } } }],
    ends: [],
  });
  expect(stock.answers).toMatchObject([{ data: { availabilityChanged: { reset: true, changes: [] } } }]);
  expect(newsroom.begun[0]).toMatchObject({ 'x-tenant': 'north' });
});

test('a foreign subgraph is not told who asks, because what the hub signs would be good at its own subgraphs', async () => {
  const answered = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ people { name } }' }),
  });
  expect(await answered.json()).toEqual({ data: { people: null } });
  for (const headers of [...newsroom.begun, ...newsroom.asked])
    expect(headers).not.toHaveProperty('x-stockwire-identity');
  expect(newsroom.asked.length).toBeGreaterThan(0);
});
