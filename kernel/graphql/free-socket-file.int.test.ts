import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { silentTelemetry } from '../ports/silent-telemetry.ts';
import { createSubgraphSchema } from './create-subgraph-schema.ts';
import { IDENTITY_HEADER, signIdentity } from './identity-header.ts';
import { serveSubgraph } from './serve-subgraph.ts';
import type { ServedSubgraph } from './serve-subgraph.ts';

const SECRET = 'a secret of the tests';

let directory: string;
let socketPath: string;
let served: ServedSubgraph[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stockwire-socket-'));
  [socketPath, served] = [join(directory, 'subgraph.sock'), []];
});
afterEach(async () => {
  await Promise.all(served.map((each) => each.close()));
  rmSync(directory, { recursive: true });
});

async function serve(): Promise<void> {
  const sdl = 'type Query { hello: String }';
  const subgraph = {
    name: 'small',
    sdl,
    schema: createSubgraphSchema(sdl, { Query: { hello: () => 'hello' } }),
    createContext: (context: object) => context,
    start: async () => undefined,
    stop: async () => undefined,
    readiness: () => ({ ready: true }),
  };
  const clock = { nowMs: () => 0, after: () => () => undefined };
  const ids = { next: () => 'i', epoch: () => 'e' };
  const options = { port: 0, socketPath, identitySecret: SECRET, clock, ids, telemetry: silentTelemetry };
  served.push(await serveSubgraph(subgraph, options));
}

async function ask(): Promise<unknown> {
  const pool = new Pool('http://localhost', { socketPath });
  const identity = signIdentity({ subject: 'ann', clientId: 'app', scopes: [], stores: [] }, SECRET, 0);
  const headers = { 'content-type': 'application/json', [IDENTITY_HEADER]: identity };
  const { body } = await pool.request({ path: '/lean', method: 'POST', headers, body: '{"query":"{ hello }"}' });
  const answer = await body.json();
  await pool.close();
  return answer;
}

/** What SIGKILL leaves of a process that listened. */
async function leaveStaleFile(): Promise<void> {
  const script = `require('node:net').createServer().listen(${JSON.stringify(socketPath)}, () => console.log('listens'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('the socket file of a subgraph', () => {
  test('that a killed process left behind is taken over', async () => {
    await leaveStaleFile();
    expect(existsSync(socketPath)).toBe(true);
    await serve();
    expect(await ask()).toEqual({ data: { hello: 'hello' } });
  });

  test('on which another one listens is left to that one', async () => {
    await serve();
    await expect(serve()).rejects.toThrow('Another process listens');
    expect(await ask()).toEqual({ data: { hello: 'hello' } });
  });

  test('is none, and stays as it is, when it holds anything else', async () => {
    writeFileSync(socketPath, 'precious');
    await expect(serve()).rejects.toThrow('no socket file');
    expect(readFileSync(socketPath, 'utf8')).toBe('precious');
  });
});
