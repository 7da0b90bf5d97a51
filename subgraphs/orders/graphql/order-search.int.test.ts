import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { storeSaleRecorded } from '../../../schema/events/inbox.ts';
import { shipmentRecorded } from '../../../schema/events/inbox-work.ts';
import { ROLES } from '../../../schema/scopes.ts';
import { PLACE } from '../testing/documents.ts';
import { AGENT, ANN, BOB, type Scene, storeOf } from '../testing/open-scene.ts';
import { useScenes } from '../testing/use-scenes.ts';

/* Who finds which orders, and that finding follows what becomes of them. */

const openScene = useScenes();

const SEARCH = `query ($filter: OrderSearchInput!, $first: Int! = 20, $after: String) {
  orderSearch(filter: $filter, first: $first, after: $after) {
    totalCount isTotalExact isComplete
    edges { node { externalId status } }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function search(scene: Scene, identity: Identity, filter: object, page: object = {}) {
  const { data, errors } = await scene.ask(identity, SEARCH, { filter, ...page });
  expect(errors).toEqual([]);
  const { edges, ...rest } = data.orderSearch;
  return { ...rest, found: edges.map(({ node }: { node: { externalId: string } }) => node.externalId) };
}

const found = async (scene: Scene, identity: Identity, filter: object): Promise<readonly string[]> =>
  (await search(scene, identity, filter)).found;

async function codeOf(scene: Scene, identity: Identity, filter: object, page: object = {}): Promise<unknown> {
  const { errors } = await scene.ask(identity, SEARCH, { filter, ...page });
  return errors[0]?.extensions.code;
}

function place(scene: Scene, identity: Identity, externalId: string) {
  const lines = [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }];
  const tenders = [{ tender: 'CARD', amountMinor: 100 }];
  return scene.ask(identity, PLACE, { input: { channel: 'WEB', externalId, lines, tenders } });
}

function sellAt(scene: Scene, location: string, externalId: string): Promise<void> {
  return scene.tell(storeSaleRecorded, {
    channel: `STORE:${location}`,
    externalId,
    location,
    currency: 'GBP',
    customer: 'cat',
    lines: [{ lineId: '1', sku: 'JUG', quantity: '1', unitPriceMinor: 100 }],
    charges: [],
    tenders: [{ tender: 'CASH', amountMinor: 100 }],
  });
}

describe('finding orders', () => {
  test('everybody finds what they may see, by the words that it holds', async () => {
    const scene = await openScene();
    await place(scene, ANN, 'W-1001');
    await place(scene, BOB, 'W-1002');
    await sellAt(scene, 'LONDON', 'R-2001');
    await sellAt(scene, 'LEEDS', 'R-2002');
    await waitFor(async () => (await search(scene, AGENT, {})).totalCount === 4);
    expect(await found(scene, AGENT, { text: '100' })).toEqual(['W-1002', 'W-1001']);
    expect(await found(scene, AGENT, { text: 'w-1001' })).toEqual(['W-1001']);
    expect(await found(scene, AGENT, { text: 'JU', skus: ['jug'] })).toEqual([]);
    expect(await found(scene, AGENT, { skus: ['jug'], channels: ['store:leeds'] })).toEqual(['R-2002']);
    expect(await found(scene, ANN, { text: '100' })).toEqual(['W-1001']);
    expect(await found(scene, BOB, { text: 'ann' })).toEqual([]);
    expect(await search(scene, storeOf('LONDON'), { text: 'cat' })).toMatchObject({ found: ['R-2001'], totalCount: 1 });
    expect((await search(scene, storeOf('LONDON', 'LEEDS'), { text: 'cat' })).found).toHaveLength(2);
    expect(await codeOf(scene, BOB, { customers: ['ann'] })).toBe('FORBIDDEN');
    expect(await codeOf(scene, storeOf('LONDON'), { locations: ['LEEDS'] })).toBe('FORBIDDEN');
    const anonymous: Identity = { subject: 'anonymous', clientId: 'none', scopes: ROLES.anonymous, stores: [] };
    expect(await codeOf(scene, anonymous, {})).toBe('UNAUTHENTICATED');
    const nobody: Identity = { ...AGENT, stores: [] };
    expect(await search(scene, nobody, { text: '100' })).toMatchObject({
      found: [],
      totalCount: 0,
      isTotalExact: true,
    });
  });

  test('an order is found by what becomes of it, and no more by what it was', async () => {
    const scene = await openScene();
    const { data } = await place(scene, ANN, 'W-1');
    const { id } = data.placeOrder.order;
    await waitFor(
      async () => (await found(scene, AGENT, { statuses: ['PROCESSING'], locations: ['DC'] })).length === 1,
    );
    const { lines } = data.placeOrder.order as { lines: readonly { id: string }[] };
    await scene.tell(shipmentRecorded, {
      order: id,
      location: 'DC',
      lines: lines.map((line) => ({ lineId: line.id, orderLine: line.id, sku: 'MUG', quantity: '1' })),
      shipment: 'P1',
      trackingNumber: 'JJD 0099 77',
    });
    await waitFor(async () => (await found(scene, AGENT, { text: 'jjd 0099', statuses: ['SHIPPED'] })).length === 1);
    await waitFor(async () => (await found(scene, AGENT, { statuses: ['PROCESSING', 'RECEIVED'] })).length === 0);
    expect(await found(scene, ANN, { text: id })).toEqual(['W-1']);
    expect(await found(scene, BOB, { text: id })).toEqual([]);
  });

  test('pages go from the newest to the oldest, each with the total, once the index is whole', async () => {
    const scene = await openScene();
    for (let n = 1; n <= 5; n++) await place(scene, ANN, `W-${n}`);
    await waitFor(async () => {
      const { totalCount, isComplete } = await search(scene, AGENT, {});
      return totalCount === 5 && isComplete;
    });
    const pages: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await search(scene, AGENT, { skus: ['MUG'] }, { first: 2, after });
      pages.push(...page.found);
      expect(page).toMatchObject({ totalCount: 5, isTotalExact: true });
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(pages).toEqual(['W-5', 'W-4', 'W-3', 'W-2', 'W-1']);
    expect(await codeOf(scene, AGENT, {}, { after: 'elsewhere' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(scene, AGENT, {}, { first: 101 })).toBe('BAD_USER_INPUT');
    expect(await codeOf(scene, AGENT, { text: '...' })).toBe('BAD_USER_INPUT');
  });
});
