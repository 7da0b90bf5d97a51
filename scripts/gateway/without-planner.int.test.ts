import { composeServices } from '@theguild/federation-composition';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishFolder } from '../documents/publish-folder.ts';

const SCRIPT = join(import.meta.dirname, '..', 'gateway.ts');
const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0")
  type Query { name: String other: String }
`;
/** As on a platform for which the package has no binary: whoever asks for it, in whichever process, is refused. */
const NO_PLANNER = `
  import { registerHooks } from 'node:module';
  registerHooks({ resolve: (name, context, next) => {
    if (name === '@graphql-hive/router-query-planner') throw new Error('no binary');
    return next(name, context);
  } });
`;

let folder: string;
let subgraph: Server;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockwire-planner-'));
  subgraph = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"data":{"name":"told"}}');
  });
  await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
  const { supergraphSdl = '' } = composeServices([{ name: 'shop', url, typeDefs: parse(SDL) }]);
  writeFileSync(join(folder, 'supergraph.graphql'), supergraphSdl);
  writeFileSync(join(folder, 'no-planner.mjs'), NO_PLANNER);
});

afterEach(async () => {
  child?.kill('SIGKILL');
  subgraph.closeAllConnections();
  await new Promise((resolve) => subgraph.close(resolve));
  rmSync(folder, { recursive: true });
});

function start(...more: readonly string[]): ChildProcess {
  const args = [SCRIPT, '--supergraph', join(folder, 'supergraph.graphql'), '--port', '0', ...more];
  const env = { ...process.env, NODE_OPTIONS: `--import=${join(folder, 'no-planner.mjs')}` };
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  return child;
}

async function listening({ stdout }: ChildProcess): Promise<string> {
  let told = '';
  for await (const chunk of stdout ?? []) {
    told += String(chunk);
    const [, url] = /at (http:\S+)\n/.exec(told) ?? [];
    if (url !== undefined) return url;
  }
  return '';
}

async function ask(url: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

test('a gateway without a planner serves what was planned beforehand, and refuses everything else', async () => {
  mkdirSync(join(folder, 'documents'));
  writeFileSync(join(folder, 'documents', 'name.graphql'), 'query Name { name }');
  const [out, supergraph] = [join(folder, 'manifest.json'), join(folder, 'supergraph.graphql')];
  publishFolder(join(folder, 'documents'), { out, supergraph, replace: false });
  writeFileSync(join(folder, 'edge.json'), JSON.stringify({ documents: { manifest: 'manifest.json' } }));
  const url = await listening(start('--config', join(folder, 'edge.json')));
  expect(await ask(url, 'query Name { name }')).toEqual({ data: { name: 'told' } });
  expect(await ask(url, '{ other }')).toMatchObject({ errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] });
});

test('a gateway without a planner and without plans says so and ends', async () => {
  const started = start();
  let told = '';
  started.stderr?.on('data', (chunk: Buffer) => (told += String(chunk)));
  const [code] = (await once(started, 'close')) as [number];
  expect([code, told]).toEqual([3, expect.stringContaining('no query planner')]);
});
