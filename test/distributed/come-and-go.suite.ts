import { beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { Balancer } from '../harness/balancer.ts';
import { countStock } from '../harness/leeds-stock.ts';
import type { TestTopology } from '../harness/open-topology.ts';
import { expectEachOnce, startTrade } from '../harness/trade.ts';

/*
 * Processes that answer are added and taken away while clients go on. Nobody is told an address: gateways find processes by
 * what these announce.
 */

const SKU = 'TEAPOT';
/** Processes are started on a machine that does much else. */
const TEST_MS_MAX = 600_000;
const DOCUMENTS = ['products', 'orders', 'returns', 'operations'] as const;

export function comeAndGoSuite(shared: () => TestTopology): void {
  describe('processes that come and go', () => {
    let hub: TestTopology;
    beforeAll(() => {
      hub = shared();
    });

    test(
      'has document roles and gateways come and go under load: no query fails, nothing acknowledged is lost',
      async () => {
        await countStock(hub, SKU);
        const balancer = new Balancer(hub, ['gateway-1', 'gateway-2']);
        const load = startTrade(balancer, SKU);
        await load.goOn();

        await hub.add('documents-3', DOCUMENTS);
        await untilGatewaysKnow(hub, balancer.gateways, 3);
        await load.goOn();
        await hub.process('documents-1').kill('SIGTERM');
        await load.goOn();
        await hub.process('documents-2').kill('SIGKILL');
        await untilGatewaysKnow(hub, balancer.gateways, 1);
        // From here on everything about documents is answered by a process that nobody was told of.
        await load.goOn();

        await hub.add('gateway-3', ['gateway']);
        balancer.add('gateway-3');
        await load.goOn();
        balancer.stopping('gateway-1');
        await hub.process('gateway-1').kill('SIGTERM');
        await load.goOn();
        await hub.process('documents-1').start();
        await untilGatewaysKnow(hub, ['gateway-2', 'gateway-3'], 2);
        await load.goOn();

        const done = await load.stop();
        expect(balancer.failedQueries).toEqual([]);
        expect(balancer.cutOff).toBeLessThanOrEqual(load.clients);
        await expectEachOnce(balancer, SKU, done);
      },
      TEST_MS_MAX,
    );
  });
}

/** The processes that a gateway knows to answer for orders. */
function untilGatewaysKnow(hub: TestTopology, gateways: readonly string[], count: number): Promise<unknown> {
  return waitFor(
    async () => {
      const known = await Promise.all(
        gateways.map(async (name) => {
          const text = await (await fetch(`${hub.urlOf(name)}/metrics`)).text();
          return Number(/^subgraph_members\{[^}]*service="orders"[^}]*\} (\d+)$/m.exec(text)?.[1]);
        }),
      );
      return known.every((each) => each === count);
    },
    `${gateways.join(' and ')} to know ${count} processes of orders`,
  );
}
