import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CutProxy } from './cut-proxy.ts';

let server: Server;
let proxy: CutProxy;
let url: string;

beforeEach(async () => {
  server = createServer((_request: IncomingMessage, response: ServerResponse) => void response.end('here'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await CutProxy.open();
  url = proxy.lead(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path`);
});

afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const ask = async (timeoutMs = 10_000): Promise<string> =>
  (await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })).text();

test('passes everything on by way of itself', async () => {
  expect(new URL(url).port).toBe(String(proxy.port));
  await expect(ask()).resolves.toBe('here');
});

test('a broken network refuses at once, until it is healed', async () => {
  await ask();
  proxy.cut('broken');
  await expect(ask()).rejects.toMatchObject({ name: 'TypeError' });
  proxy.heal();
  await expect(ask()).resolves.toBe('here');
});

test('a silent network answers nobody and tells nobody, until it is healed', async () => {
  await ask();
  proxy.cut('silent');
  await expect(ask(100)).rejects.toMatchObject({ name: 'TimeoutError' });
  proxy.heal();
  await expect(ask()).resolves.toBe('here');
});
