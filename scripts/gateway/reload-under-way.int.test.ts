import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { serveSupergraph, type ServedSupergraph } from './serve-supergraph.ts';
import { openNewsroom, type Newsroom, type Story } from './testing/newsroom.ts';

/** The same subgraphs at another address: to the gateway they are others. */
const MOVED = '/graphql?moved';
const story = (id: string): Story => ({ id, title: `Title ${id}`, author: { id: `a${id}` } });
const toldOf = (id: string) => ({ data: { storyTold: { title: `Title ${id}`, author: { name: `Name of a${id}` } } } });

let folder: string;
let file: string;
let newsroom: Newsroom;
let served: ServedSupergraph;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockwire-reload-'));
  file = join(folder, 'supergraph.graphql');
  newsroom = await openNewsroom();
  writeFileSync(file, newsroom.supergraphSdl());
  const args = { supergraph: file, host: '127.0.0.1', port: 0, subgraphs: new Map<string, string>() };
  served = await serveSupergraph(args, { telemetry: createTelemetry({ level: 'error', processMetrics: false }) });
});
afterEach(async () => {
  await served.close();
  await newsroom.close();
  rmSync(folder, { recursive: true });
});

function moveSubgraphs(): void {
  writeFileSync(file, newsroom.supergraphSdl().replaceAll('/graphql"', `${MOVED}"`));
  served.reload();
}

async function askPeople(): Promise<unknown> {
  const response = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ people { id } }' }),
  });
  return response.json();
}

describe('a supergraph whose subgraphs have moved is served', () => {
  test('while operations are under way, which end where they began; then the former sockets are closed', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    newsroom.beforeAnswer = () => held;
    const answers = Array.from({ length: 3 }, askPeople);
    await waitFor(() => newsroom.asked.length > 0, 'an operation under way');
    moveSubgraphs();
    newsroom.beforeAnswer = () => Promise.resolve();
    expect(await askPeople()).toEqual({ data: { people: null } });
    const [former] = [newsroom.peopleSockets];
    expect(former).toBeGreaterThan(1);
    release();
    for (const answer of answers) expect(await answer).toEqual({ data: { people: null } });
    await waitFor(() => newsroom.peopleSockets < former, 'the former sockets closed');
    expect(await askPeople()).toEqual({ data: { people: null } });
  });

  test('while a subscription is open, which goes on with what has to be fetched for it', async () => {
    const client = createClient({ url: `${served.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const answers: unknown[] = [];
    const ends: unknown[] = [];
    client.subscribe(
      { query: 'subscription { storyTold { title author { name } } }' },
      { next: (answer) => answers.push(answer), error: (error) => ends.push(error), complete: () => ends.push('end') },
    );
    try {
      await waitFor(() => newsroom.open === 1, 'the subscription');
      newsroom.tell(story('1'));
      await waitFor(() => answers.length === 1, 'a story');
      moveSubgraphs();
      newsroom.tell(story('2'));
      newsroom.tell(story('3'));
      await waitFor(() => answers.length === 3, 'stories after the move');
      expect(answers).toEqual(['1', '2', '3'].map(toldOf));
      expect(ends).toEqual([]);
    } finally {
      await client.dispose();
    }
    await waitFor(() => newsroom.open === 0 && newsroom.sockets === 0, 'the former sockets closed');
  });
});
