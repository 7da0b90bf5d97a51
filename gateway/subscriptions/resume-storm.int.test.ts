import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { openLiveGateway, type LiveGateway } from './testing/live-gateway.ts';
import type { ReceivedFrame } from './testing/live-view.ts';

/** A deploy or a broken switch brings everybody back at once; whoever owns the stock must hardly notice. */

const CLIENTS = 1_000;
const SHOPS = 10;
const RING_MESSAGES = 50;
const QUERY = `subscription ($after: ChangeCursor, $skus: [ID!]) {
  availabilityChanged(channel: "WEB", skus: $skus, after: $after) { cursor reset changes { key version available } } }`;

jest.setTimeout(120_000);

let gateway: LiveGateway;
let sockets: WebSocket[];

beforeEach(async () => {
  gateway = await openLiveGateway({ ringMessagesMax: RING_MESSAGES, subscriptionsPerClientMax: CLIENTS });
  sockets = [];
});

afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await gateway.close();
});

const skuOf = (shop: number) => `SKU-${shop}`;
const change = (shop: number, available: number) =>
  gateway.inventory.change([
    { sku: skuOf(shop), channel: 'WEB', categories: [], available: String(available), band: 'OK' },
  ]);

/** Subscribes at once for every client. @returns the first frame of each */
async function comeAtOnce(after?: string): Promise<readonly ReceivedFrame[]> {
  const first: ReceivedFrame[] = [];
  for (let client = 0; client < CLIENTS; client++) {
    const socket = new WebSocket(gateway.url, 'graphql-transport-ws', { perMessageDeflate: false });
    sockets.push(socket);
    const variables = { skus: [skuOf(client % SHOPS)], ...(after !== undefined && { after }) };
    const payload = { query: QUERY, variables };
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; payload?: unknown };
      if (message.type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
      if (message.type === 'next')
        first.push((message.payload as { data: { availabilityChanged: ReceivedFrame } }).data.availabilityChanged);
    });
  }
  await waitFor(() => first.length === CLIENTS, `${CLIENTS} first frames`);
  return first;
}

async function breakAll(): Promise<void> {
  for (const socket of sockets.splice(0)) socket.terminate();
  await waitFor(() => gateway.subscriptions.connectionCount === 0, 'nobody');
  gateway.inventory.asked.length = 0;
}

describe(`${CLIENTS} clients in ${SHOPS} groups`, () => {
  test('come back with cursors and are served from memory, without a question to the owner', async () => {
    for (let shop = 0; shop < SHOPS; shop++) change(shop, 1);
    await comeAtOnce();
    await breakAll();
    for (let shop = 0; shop < SHOPS; shop++) change(shop, 2);
    const frames = await comeAtOnce(`inventory:epoch00001.${SHOPS}`);
    expect(gateway.inventory.asked).toEqual([]);
    expect(frames.every(({ reset, changes }) => !reset && changes.length === 1)).toBe(true);
  });

  test('come back with cursors older than memory, and the owner is asked once for each group', async () => {
    for (let shop = 0; shop < SHOPS; shop++) change(shop, 1);
    await comeAtOnce();
    await breakAll();
    for (let round = 0; round <= RING_MESSAGES; round++) change(round % SHOPS, round);
    const frames = await comeAtOnce(`inventory:epoch00001.${SHOPS}`);
    expect(gateway.inventory.asked.length).toBeLessThanOrEqual(SHOPS);
    expect(frames.every(({ reset, changes }) => !reset && changes.length === 1)).toBe(true);
  });

  test('come anew, and the owner is asked once for each group', async () => {
    for (let shop = 0; shop < SHOPS; shop++) change(shop, 1);
    const frames = await comeAtOnce();
    expect(gateway.inventory.asked.length).toBeLessThanOrEqual(SHOPS);
    expect(frames.every(({ reset, changes }) => reset && changes.length === 1)).toBe(true);
  });
});
