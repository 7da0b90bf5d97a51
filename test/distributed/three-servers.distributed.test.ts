import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { natsTestConfig } from '../../kernel/adapters/nats/testing/config.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { Balancer } from '../harness/balancer.ts';
import { countStock } from '../harness/leeds-stock.ts';
import { openTestTopology, type TestTopology } from '../harness/open-topology.ts';
import { expectEachOnce, startTrade } from '../harness/trade.ts';

/* Three servers of NATS keep everything three times; one of them at a time may be lost. */

const SKU = 'LAMP';
const JOURNAL = 'stockwire-journal-inventory';
const TEST_MS_MAX = 600_000;
const SHAPE = {
  'inventory-1': ['inventory'],
  'inventory-2': ['inventory'],
  'documents-1': ['products', 'orders', 'returns', 'operations'],
  'connectors-1': ['connectors'],
  'gateway-1': ['gateway'],
} as const;

interface StreamsOfServer {
  readonly account_details?: readonly {
    readonly stream_detail?: readonly { readonly name: string; readonly cluster?: { readonly leader?: string } }[];
  }[];
}

// The servers of NATS_URL are not ours to kill.
(natsTestConfig().url === undefined ? describe : describe.skip)('the hub over three servers of NATS', () => {
  let hub: TestTopology;
  beforeAll(async () => {
    hub = await openTestTopology(SHAPE, { natsServers: 3 });
  }, TEST_MS_MAX);
  afterAll(async () => {
    // Absent when it could not be opened.
    await (hub as TestTopology | undefined)?.remove();
  });

  /** The server that decides about the log of the ledger, as any of them says that is there. */
  const leadingServer = (): Promise<string> =>
    waitFor(async () => {
      for (const url of hub.servers.natsMonitorUrl?.split(',') ?? []) {
        const asked = await fetch(`${url}/jsz?accounts=true&streams=true`).catch(() => undefined);
        const { account_details: accounts = [] } = ((await asked?.json()) ?? {}) as StreamsOfServer;
        const streams = accounts.flatMap(({ stream_detail: details = [] }) => details);
        const leader = streams.find(({ name }) => name === JOURNAL)?.cluster?.leader;
        if (leader !== undefined && leader !== '') return leader;
      }
      return undefined;
    }, 'a server to lead the log');

  test(
    'goes on when the server is killed that decides about the log, and loses nothing that it acknowledged',
    async () => {
      await countStock(hub, SKU);
      const balancer = new Balancer(hub, ['gateway-1']);
      const load = startTrade(balancer, SKU);
      await load.goOn();
      const first = await leadingServer();
      await hub.process(first).kill();
      await load.goOn();
      const second = await leadingServer();
      expect(second).not.toBe(first);
      await hub.process(first).start();
      await load.goOn();

      const done = await load.stop();
      expect(balancer.failedQueries).toEqual([]);
      await expectEachOnce(balancer, SKU, done);
    },
    TEST_MS_MAX,
  );
});
