import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { normaliseOnlineRetail } from '../../connectors/file/online-retail/normalise-online-retail.ts';
import { ONLINE_RETAIL_DEFAULTS } from '../../connectors/file/online-retail/online-retail-options.ts';
import { parseOnlineRetail } from '../../connectors/file/online-retail/online-retail-rows.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { storeSaleRecorded, webSaleRecorded, type StoreSaleRecorded } from '../../schema/events/inbox.ts';
import { REPLAY_SOURCES } from '../../scripts/replay/hand-in.ts';
import { readOnHand } from '../../scripts/replay/read-on-hand.ts';
import { REPLAY_PLACES } from '../../scripts/replay/register-places.ts';
import { replayFile, type ReplayResult } from '../../scripts/replay/replay-file.ts';
import { selectRows } from '../../scripts/replay/select-rows.ts';
import { openBareHub, type BareHub } from '../harness/open-bare-hub.ts';
import { readOrders } from '../harness/read-state.ts';
import { sampleOnlineRetail } from '../harness/sample-online-retail.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PUBLISHED = join(ROOT, '..', 'shared', 'data', 'online-retail.csv');
const SILENT = { begin: () => undefined, advance: () => undefined, end: () => undefined };
const LOCATIONS = [REPLAY_PLACES.storeLocation, REPLAY_PLACES.webLocation];

const files: [name: string, csv: string][] = [['a sample of every kind of row', sampleOnlineRetail()]];
if (existsSync(PUBLISHED)) files.push(['the published file', readFileSync(PUBLISHED, 'utf8')]);
else console.info(`${PUBLISHED} is absent: replaying the sample alone.`);

let hub: BareHub;

afterEach(async () => {
  await hub?.[Symbol.asyncDispose]();
});

describe.each(files)('%s', (_name, csv) => {
  const rows = parseOnlineRetail(csv).length;

  test('balances, accounts for every row, and changes nothing when it is replayed again', async () => {
    hub = await openBareHub();
    const client = await hub.as('integrator');
    const agent = await hub.as('agent');

    const first = await replayFile(client, selectRows(csv), SILENT);
    expectBalance(first);
    expect(first.tally.duplicates).toBe(0);
    expect(accountedFor(first)).toBe(rows);
    for (const kind of ['saleLines', 'returnLines', 'adjustments', 'charges'] as const) {
      expect(first.tally.applied[kind]).toBeGreaterThan(0);
    }
    expect(first.tally.quarantined.get('zero price')).toBeGreaterThan(0);

    const before = await readOnHand(client, LOCATIONS);
    await awaitOrders(agent, csv);
    const second = await replayFile(client, selectRows(csv), SILENT);
    expectBalance(second);
    expect(second.tally.applied).toEqual({ saleLines: 0, returnLines: 0, adjustments: 0, charges: 0 });
    expect(second.tally.quarantined).toEqual(first.tally.quarantined);
    expect(accountedFor(second)).toBe(rows);
    expect(await readOnHand(client, LOCATIONS)).toEqual(before);
    await awaitOrders(agent, csv);
  });
});

describe('a replay that is interrupted', () => {
  const csv = sampleOnlineRetail();

  test.each([
    ['before a call reaches the hub', { isLost: 'CALL' }],
    ['after the hub has taken a call in and before its answer comes', { isLost: 'ANSWER' }],
  ] as const)('is completed by another run: %s', async (_when, { isLost }) => {
    hub = await openBareHub();
    const client = await hub.as('integrator');
    const breaking = breakOff(client, { source: REPLAY_SOURCES.documents, calls: 2, isLost });
    await expect(replayFile(breaking, selectRows(csv), SILENT)).rejects.toThrow('broken off');

    const completing = await replayFile(client, selectRows(csv), SILENT);
    expectBalance(completing);
    expect(accountedFor(completing)).toBe(parseOnlineRetail(csv).length);
    expect(completing.tally.duplicates).toBeGreaterThan(0);
    expect(Object.values(completing.tally.applied).some((applied) => applied > 0)).toBe(true);
    await awaitOrders(await hub.as('agent'), csv);
  });
});

function expectBalance(result: ReplayResult): void {
  expect(result.unbalanced).toEqual([]);
  expect(result.tally.conflicts).toBe(0);
  expect(result.opening - result.sold + result.returned + result.adjusted).toBe(result.onHand);
}

function accountedFor({ tally }: ReplayResult): number {
  const counts = [...Object.values(tally.applied), ...tally.quarantined.values(), tally.duplicates, tally.conflicts];
  return counts.reduce((sum, each) => sum + each, 0);
}

/** A client whose connection ends with the call after the first `calls` of a source. */
function breakOff(
  client: HubClient,
  fault: { readonly source: string; readonly calls: number; readonly isLost: 'CALL' | 'ANSWER' },
): HubClient {
  let calls = 0;
  return {
    ...client,
    ingest: async (source, messages) => {
      const isLast = source === fault.source && ++calls > fault.calls;
      if (isLast && fault.isLost === 'CALL') throw new Error('broken off');
      const outcomes = await client.ingest(source, messages);
      if (isLast) throw new Error('broken off');
      return outcomes;
    },
  };
}

type Sale = Pick<StoreSaleRecorded, 'channel' | 'externalId'>;

/** All sales of the file; each has to be an order once. */
function salesOf(csv: string): readonly Sale[] {
  const options = { ...ONLINE_RETAIL_DEFAULTS, ...REPLAY_PLACES };
  const { documents } = normaliseOnlineRetail(parseOnlineRetail(csv), options);
  return documents.flatMap(({ message }) => {
    if (!('definition' in message)) return [];
    const isSale = message.definition === storeSaleRecorded || message.definition === webSaleRecorded;
    return isSale ? [message.data as Sale] : [];
  });
}

/** Orders follow at their own pace. */
async function awaitOrders(agent: HubClient, csv: string): Promise<void> {
  const sales = salesOf(csv);
  const last = sales.at(-1);
  await waitFor(async () => {
    const { order } = await agent.graphql<{ order: unknown }>(
      `query ($channel: ID!, $externalId: String!) {
        order: orderByExternalId(channel: $channel, externalId: $externalId) { id } }`,
      { channel: last?.channel, externalId: last?.externalId },
    );
    return order;
  }, 'the order of the last sale');
  const numberOf = ({ channel, externalId }: Sale) => `${channel} ${externalId}`;
  const orders = await waitFor(async () => {
    const found = await readOrders(agent);
    return found.length >= sales.length ? found : undefined;
  }, 'every sale as an order');
  expect(orders.map(numberOf).sort()).toEqual(sales.map(numberOf).sort());
}
