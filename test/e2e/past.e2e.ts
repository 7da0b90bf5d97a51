import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { clientOf, hubUrlOf, startBareHubProcess } from '../harness/hub-process.ts';
import { freePort } from '../harness/free-port.ts';

/* What could be sold at past instants, and how a position came about, asked of a hub that was killed in between. */

const RETAIL = {
  networks: [{ id: 'WEB', locations: ['DC'] }],
  channels: [{ id: 'WEB', network: 'WEB', currency: 'GBP', publishes: 'ATS' }],
} as const;
const FIGURES = `available band terms { kind quantity changedAt } nodes { location { id } available }
  sku { id } channel { id } changeCursor`;
const NOW = `query { availability(skus: ["LAMP"], channel: "WEB") { ${FIGURES} } }`;
const THEN = `query ($asOf: DateTime!) { availability(skus: ["LAMP"], channel: "WEB", asOf: $asOf) { ${FIGURES} } }`;
const HISTORY = `query ($after: String) { positions(location: "DC", skus: ["LAMP"]) { edges { node {
  history(first: 2, after: $after) { isComplete pageInfo { hasNextPage endCursor }
    edges { node { kind document balance { onHand softReserved } } } } } } } }`;

interface Available {
  readonly availability: readonly [{ readonly available: string } | null];
}
interface Histories {
  readonly positions: {
    readonly edges: readonly [
      {
        readonly node: {
          readonly history: {
            readonly isComplete: boolean;
            readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
            readonly edges: readonly {
              readonly node: { readonly kind: string; readonly balance: { readonly onHand: string } };
            }[];
          };
        };
      },
    ];
  };
}

const occurredAt = '2026-01-05T09:00:00.000Z';

let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => directory.remove());

async function register(integrator: HubClient): Promise<void> {
  const place = { location: 'DC', name: 'DC', type: 'DC', timeZone: 'Europe/London', capabilities: ['SHIP'] };
  const item = { sku: 'LAMP', title: 'Lamp', product: { id: 'LAMP', title: 'Lamp' }, baseUnit: 'EA', step: '1' };
  const rest = { tracking: 'NONE', categories: [], attributes: [], lifecycle: 'ACTIVE', prices: [] };
  await integrator.ingest('erp', [
    { eventId: 'place', type: 'location-recorded', occurredAt, data: place },
    { eventId: 'item', type: 'item-recorded', occurredAt, data: { ...item, ...rest } },
  ]);
}

async function receive(integrator: HubClient, operator: HubClient, quantity: number, sum: number): Promise<void> {
  const lines = [{ lineId: '1', sku: 'LAMP', quantity: String(quantity) }];
  const data = { location: 'DC', reference: `po-${sum}`, lines };
  await integrator.ingest('wms', [{ eventId: `receipt-${sum}`, type: 'goods-received', occurredAt, data }]);
  await waitFor(async () => (await available(operator)) === String(sum), `${sum} lamps`);
}

async function available(operator: HubClient): Promise<string | undefined> {
  const answer = await operator.graphql<Available>(NOW).catch(() => undefined);
  return answer?.availability[0]?.available;
}

/** What the hub answers now, and an instant at which it was so: the next one waits until time has gone on. */
async function tell(operator: HubClient): Promise<{ readonly asOf: string; readonly answer: Available }> {
  const answer = await operator.graphql<Available>(NOW);
  const asOf = new Date().toISOString();
  await waitFor(() => Date.now() > Date.parse(asOf), 'the next millisecond');
  return { asOf, answer };
}

async function wholeHistory(operator: HubClient): Promise<readonly string[]> {
  const kinds: string[] = [];
  for (let after: string | null = null; ;) {
    const page: Histories = await operator.graphql<Histories>(HISTORY, { after });
    const { history } = page.positions.edges[0].node;
    kinds.push(...history.edges.map(({ node }) => `${node.kind} ${node.balance.onHand}`));
    if (!history.pageInfo.hasNextPage) {
      expect(history.isComplete).toBe(true);
      return kinds;
    }
    after = history.pageInfo.endCursor;
  }
}

test('a killed hub answers for past instants what it answered then, and tells a position from its first movement', async () => {
  const where = { port: await freePort(), directory: directory.path };
  let hub = await startBareHubProcess({ ...where, retail: RETAIL });
  const told: Awaited<ReturnType<typeof tell>>[] = [];
  try {
    let [integrator, operator] = await clientsOf(where);
    await register(integrator);
    for (const [quantity, sum] of [
      [3, 3],
      [4, 7],
    ] as const) {
      await receive(integrator, operator, quantity, sum);
      told.push(await tell(operator));
    }
    const rules = '[{ kind: THRESHOLD, channel: "WEB", quantity: "2" }]';
    await operator.graphql(
      `mutation { changeAvailabilityRules(input: { idempotencyKey: "r", rules: ${rules} }) { changeCursor } }`,
    );
    told.push(await tell(operator));

    await hub.kill();
    hub = await startBareHubProcess({ ...where, retail: RETAIL });
    [integrator, operator] = await clientsOf(where);
    await receive(integrator, operator, 5, 10);
    for (const { asOf, answer } of [...told, ...told.toReversed()]) {
      expect(await operator.graphql(THEN, { asOf })).toEqual(answer);
    }
    expect(told.map(({ answer }) => answer.availability[0]?.available)).toEqual(['3', '7', '5']);
    expect(await wholeHistory(operator)).toEqual(['RECEIPT 12', 'RECEIPT 7', 'RECEIPT 3']);
  } finally {
    await hub.kill();
  }
});

async function clientsOf(where: { readonly port: number }): Promise<readonly [HubClient, HubClient]> {
  return Promise.all([clientOf(hubUrlOf(where), 'integrator'), clientOf(hubUrlOf(where), 'operator')]);
}
