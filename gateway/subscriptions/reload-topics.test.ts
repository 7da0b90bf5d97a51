import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { GRAPHQL_PATH } from '../main.ts';
import { LiveView } from './testing/live-view.ts';
import { ModelHub } from './testing/model/model-hub.ts';
import { MEMORY_WIRE } from './testing/model/wires.ts';

const STOCK = 'subscription { stockChanged(channel: "WEB") { cursor reset changes { key version deleted amount } } }';
const RETURNS =
  'subscription { returnChanged(location: "S1") { cursor reset changes { key version deleted amount } } }';

let hub: ModelHub;
let client: Client;

beforeEach(async () => {
  hub = await ModelHub.open({ wire: MEMORY_WIRE, telemetry: silentTelemetry });
  client = createClient({
    url: `ws://model${GRAPHQL_PATH}`,
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { createConnection: () => hub.dial(0) });
      }
    },
    retryAttempts: 0,
  });
});

afterEach(async () => {
  await client.dispose();
  await hub.close();
});

test('a topic of another supergraph, and of a context that none had before, is served without a restart', async () => {
  const going = new LiveView(client, STOCK);
  await going.frame(1);
  expect(await new LiveView(client, RETURNS).end()).toMatchObject([
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  ]);

  hub.returns.change([{ return: 'R1', location: 'S1', amount: 1 }]);
  hub.reload(0);
  const added = new LiveView(client, RETURNS);
  expect(await added.frame(1)).toMatchObject({ reset: true, changes: [{ key: 'R1', amount: 1 }] });
  hub.returns.change([{ return: 'R1', location: 'S1', amount: 2 }]);
  expect(await added.frame(2)).toMatchObject({ reset: false, changes: [{ key: 'R1', amount: 2 }] });

  // What has begun goes on as it was.
  hub.owners.inventory.change([{ sku: 'A', channel: 'WEB', amount: 3 }]);
  expect(await going.frame(2)).toMatchObject({ reset: false, changes: [{ key: 'A|WEB', amount: 3 }] });
});
