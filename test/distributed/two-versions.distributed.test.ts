import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { Balancer } from '../harness/balancer.ts';
import { availableOf, countStock } from '../harness/leeds-stock.ts';
import { openTestTopology, type TestTopology } from '../harness/open-topology.ts';
import { checkOutPrevious, isPreviousThere } from '../harness/previous-version.ts';
import { openResumingView } from '../harness/resuming-view.ts';
import { expectEachOnce, startTrade } from '../harness/trade.ts';

/*
 * Processes of the version before are replaced one by one by processes of this one, in the order that the documentation
 * tells, while clients go on.
 */

const SKU = 'LAMP';
/** Each process is started twice, on a machine that does much else. */
const TEST_MS_MAX = 600_000;
const SHAPE = {
  'inventory-1': ['inventory'],
  'inventory-2': ['inventory'],
  'documents-1': ['products', 'orders', 'returns', 'operations'],
  'documents-2': ['products', 'orders', 'returns', 'operations'],
  'connectors-1': ['connectors'],
  'gateway-1': ['gateway'],
  'gateway-2': ['gateway'],
} as const;
const HERE = new URL('../..', import.meta.url).pathname;
const AVAILABILITY = `subscription ($channel: ID!, $after: ChangeCursor) {
  availabilityChanged(channel: $channel, after: $after) { cursor reset changes { key version deleted sku { id } available } }
}`;

interface Change {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly available: string | null;
}

const isThere = isPreviousThere();
if (!isThere)
  console.warn('two versions side by side: skipped, the history of this checkout ends before the version before');

(isThere ? describe : describe.skip)('two versions side by side', () => {
  let folder: TemporaryDirectory;
  let hub: TestTopology;
  /** Processes that were replaced. */
  const replaced = new Set<string>();

  beforeAll(async () => {
    folder = await temporaryDirectory();
    const previous = checkOutPrevious(folder.path);
    hub = await openTestTopology(SHAPE, {
      root: (process) => (replaced.has(process) ? HERE : previous),
      // The version before is told where the others are.
      between: (_process, _other, url) => url,
    });
  });
  afterAll(async () => {
    // Absent when they could not be opened.
    await (hub as TestTopology | undefined)?.remove();
    await (folder as TemporaryDirectory | undefined)?.remove();
  });

  const replace = async (name: string): Promise<void> => {
    await hub.process(name).kill('SIGTERM');
    replaced.add(name);
    await hub.process(name).start();
  };

  test(
    'carry out and remember what is asked of either, and tell the same',
    async () => {
      await countStock(hub, SKU);
      const balancer = new Balancer(hub, ['gateway-1', 'gateway-2']);
      const [first = '', second = ''] = hub.gateways;
      const token = await hub.issuer.issueToken({ role: 'agent' });
      const view = await openResumingView<Change>(second, {
        token,
        query: AVAILABILITY,
        variables: { channel: 'WEB-GB' },
      });
      const load = startTrade(balancer, SKU);
      await load.goOn();

      const { leader, standby } = await hub.inventory();
      for (const name of ['documents-1', 'documents-2', standby, leader, 'connectors-1']) {
        await replace(name);
        await load.goOn();
      }
      // Its subscriber goes on by its cursor, from a gateway of the version before to one of this.
      for (const [name, other] of [
        ['gateway-1', second],
        ['gateway-2', first],
      ] as const) {
        await view.close();
        await view.reopen(other);
        balancer.stopping(name);
        await replace(name);
        balancer.started(name);
        await load.goOn();
      }

      const done = await load.stop();
      expect([...replaced].sort()).toEqual(
        hub.processes
          .map(({ name }) => name)
          .filter((name) => name.includes('-'))
          .sort(),
      );
      expect(balancer.failedQueries).toEqual([]);
      await expectEachOnce(balancer, SKU, done);
      const left = await balancer.ask((at) => availableOf(at, SKU));
      await waitFor(
        () => view.values.get(`${SKU}|WEB-GB`)?.available === String(left),
        'the view to be what the query says',
      );
      expect(view.backwards).toEqual([]);
      await view.close();
    },
    TEST_MS_MAX,
  );
});
