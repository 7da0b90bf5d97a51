import { composeServices } from '@theguild/federation-composition';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SupergraphRefused } from '../../gateway/planner/supergraph-refused.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { serveSupergraph, type ServedSupergraph } from './serve-supergraph.ts';
import { watchForChange } from './watch-file.ts';

const WATCH_INTERVAL_MS = 20;

let directory: string;
let file: string;
let subgraph: Server;
let sockets: number;
let served: ServedSupergraph;

/** A subgraph whose every field is its own name. */
function answerByName(): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { query } = JSON.parse(Buffer.concat(parts).toString()) as { query: string };
      const name = /\b(title|name)\b/.exec(query)?.[1] ?? '';
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { [name]: name } }));
    });
  });
}

function supergraphWith(field: string): string {
  const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.0") type Query { ${field}: String }`;
  const { supergraphSdl } = composeServices([{ name: 'shop', url, typeDefs: parse(sdl) }]);
  return supergraphSdl ?? '';
}

async function ask(query: string): Promise<unknown> {
  const response = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'stockwire-reload-'));
  file = join(directory, 'supergraph.graphql');
  sockets = 0;
  subgraph = answerByName().on('connection', () => void sockets++);
  await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
  writeFileSync(file, supergraphWith('name'));
  const telemetry = createTelemetry({ level: 'error', processMetrics: false });
  const args = { supergraph: file, host: '127.0.0.1', port: 0, subgraphs: new Map<string, string>() };
  served = await serveSupergraph(args, { telemetry });
});

afterEach(async () => {
  await served.close();
  await new Promise((resolve) => subgraph.close(resolve));
  rmSync(directory, { recursive: true });
});

describe('a supergraph whose file changes', () => {
  test('is served anew when it is told to, over the sockets that are open', async () => {
    expect(await ask('{ name }')).toEqual({ data: { name: 'name' } });
    writeFileSync(file, supergraphWith('title'));
    expect(served.reload()).toEqual(['shop']);
    expect(await ask('{ title }')).toEqual({ data: { title: 'title' } });
    expect(await ask('{ name }')).toMatchObject({ errors: [{ message: expect.stringContaining('name') }] });
    expect(sockets).toBe(1);
  });

  test('goes on as it was when the new one is broken or away', async () => {
    writeFileSync(file, 'type Query {');
    expect(() => served.reload()).toThrow(SupergraphRefused);
    rmSync(file);
    expect(() => served.reload()).toThrow(SupergraphRefused);
    expect(await ask('{ name }')).toEqual({ data: { name: 'name' } });
  });

  test('is noticed when it is written and when another file takes its place', async () => {
    let seen = 0;
    const stop = watchForChange(file, WATCH_INTERVAL_MS, () => void seen++);
    const hasSeenNoMoreThan = (count: number): boolean => seen === count;
    // Again and again, because what is written before the first look is what later looks are compared with.
    const noticedWhen = async (change: (ordinal: number) => void): Promise<void> => {
      const before = seen;
      for (let ordinal = 0; hasSeenNoMoreThan(before); ordinal++) {
        change(ordinal);
        await new Promise((resolve) => setTimeout(resolve, WATCH_INTERVAL_MS));
      }
    };
    const contentOf = (ordinal: number): string => supergraphWith(ordinal % 2 === 0 ? 'title' : 'name');
    await noticedWhen((ordinal) => writeFileSync(file, contentOf(ordinal)));
    await noticedWhen((ordinal) => {
      const next = join(directory, 'next.graphql');
      writeFileSync(next, contentOf(ordinal));
      renameSync(next, file);
    });
    stop();
    expect(seen).toBeGreaterThanOrEqual(2);
  });
});
