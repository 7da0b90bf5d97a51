import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { MovingView } from './moving-view.ts';

/** Gateways that say what a test has them say. */
interface Gateway {
  readonly server: WebSocketServer;
  readonly url: string;
  readonly subscriptions: { readonly socket: WebSocket; readonly after: unknown }[];
}

let gateways: Gateway[];
let view: MovingView;

beforeEach(async () => {
  gateways = await Promise.all([openGateway(), openGateway()]);
  const options = {
    name: 'it',
    gateways: gateways.map(({ url }) => url),
    token: 't',
    query: 'subscription { live }',
    variables: {},
    valueOf: ({ value }: { readonly value: string }) => value,
  };
  view = new MovingView(options, 0);
  await waitFor(() => gateways[0]?.subscriptions.length === 1);
});

afterEach(async () => {
  view.stop();
  for (const { server } of gateways) {
    for (const client of server.clients) client.terminate();
    server.close();
    await once(server, 'close');
  }
});

test('goes to the other gateway with its cursor, and folds what it is told', async () => {
  tell(0, { cursor: 'c1', reset: true, changes: [change('a', 1, 'x'), change('b', 2, 'y')] });
  await waitFor(() => view.values.size === 2);
  view.move();
  await waitFor(() => gateways[1]?.subscriptions.length === 1);
  expect(gateways[1]?.subscriptions[0]?.after).toBe('c1');
  tell(1, { cursor: 'c2', reset: false, changes: [change('a', 3, 'z'), { ...change('b', 4, ''), deleted: true }] });
  await waitFor(() => view.values.size === 1);
  expect(view.differencesFrom(new Map([['a', 'z']]))).toEqual([]);
  expect(view.faults).toEqual([]);
});

test('tells what it holds otherwise than a query, and a version that went back', async () => {
  tell(0, { cursor: 'c1', reset: true, changes: [change('a', 5, 'x')] });
  tell(0, { cursor: 'c2', reset: false, changes: [change('a', 4, 'w')] });
  await waitFor(() => view.faults.length > 0);
  expect(view.faults).toEqual(['it: a went back from 5 to 4.']);
  const truth = new Map([
    ['a', 'v'],
    ['b', 'y'],
  ]);
  expect(view.differencesFrom(truth)).toEqual([
    'it holds a as w; the query says v.',
    'it holds b as absent; the query says y.',
  ]);
});

const change = (key: string, version: number, value: string) => ({ key, version, deleted: false, value });

function tell(gateway: number, live: object): void {
  const payload = { data: { live } };
  gateways[gateway]?.subscriptions.at(-1)?.socket.send(JSON.stringify({ id: '1', type: 'next', payload }));
}

async function openGateway(): Promise<Gateway> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const subscriptions: Gateway['subscriptions'] = [];
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; payload?: { variables: { after?: string } } };
      if (message.type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }));
      if (message.type === 'subscribe') subscriptions.push({ socket, after: message.payload?.variables.after });
    });
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, subscriptions };
}
