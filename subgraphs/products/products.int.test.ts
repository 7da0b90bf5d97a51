/*
 * The whole context over the embedded platform: facts and an ERP in, the graph and published events out. The ERP is one
 * that counts its calls, so that batching and serving without it are seen from its side.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { graphql } from 'graphql';
import type { Identity } from '../../kernel/model/identity.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { itemRecorded, type ItemRecorded } from '../../schema/events/inbox.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { rpcSubjectOf, streamOf } from '../../schema/events/subjects.ts';
import { openProductsStore } from './app/products-store.ts';
import { createProducts, type ProductsOptions } from './main.ts';
import { CountingErp } from './testing/counting-erp.ts';
import { itemOf, priceOf } from './testing/items.ts';

const READER: Identity = { subject: 'shop', clientId: 'shop', scopes: ['products:read'], stores: [] };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: ProductsOptions = {}, over?: Platform) {
  const clock = new FakeClock();
  const platform = over ?? (await openPlatform(clock));
  const products = createProducts(platform, options);
  await products.start();
  closing.push(() => products.stop());
  const ask = async (source: string, variableValues: Record<string, unknown> = {}) => {
    const contextValue = products.createContext({ identity: READER, correlationId: 'test' });
    const result = await graphql({ schema: products.schema, source, contextValue, variableValues });
    return JSON.parse(JSON.stringify(result)) as { data: Record<string, unknown>; errors?: { message: string }[] };
  };
  return { clock, platform, products, ask };
}

async function openPlatform(clock: FakeClock): Promise<TestPlatform> {
  const platform = await openTestPlatform({ clock });
  closing.push(() => platform.close());
  return platform;
}

async function tell(platform: Platform, item: ItemRecorded, { system = 'feed', atMs = platform.clock.nowMs() } = {}) {
  const id = platform.ids.next();
  const { stream, subject, envelope } = publicationOf(itemRecorded, {
    id,
    key: item.sku,
    source: { system, eventId: id },
    occurredAtMs: atMs,
    recordedAtMs: platform.clock.nowMs(),
    correlationId: id,
    data: item,
  });
  await platform.streams.publish(stream, subject, envelope);
}

async function published(platform: Platform) {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read(streamOf('products'), 0, 1_000);
  return messages.map(({ envelope }) => ({ type: envelope.type, data: envelope.data as Record<string, unknown> }));
}

/** Registered, priced, and told to subscribers. */
const EVENTS_PER_SKU = 3;

const SKUS = 'query ($ids: [ID!]!) { skus(ids: $ids) { id title price { amount { amountMinor currencyCode } asOf } } }';
const codes = (count: number): string[] => Array.from({ length: count }, (_, i) => `S${String(i).padStart(4, '0')}`);

describe('items of a feed', () => {
  test('are registered, told to others and answered from the documents', async () => {
    const { platform, ask } = await open();
    await tell(platform, itemOf('A1', { gtin: '12345678', product: { id: 'P1', title: 'Lamp', description: 'warm' } }));
    await tell(platform, itemOf('A2', { product: { id: 'P1', title: 'Lamp', description: 'warm' } }));
    const { data } = await waitFor(async () => {
      const answer = await ask(
        '{ product(id: "p1") { id title description categories skus { id gtin step tracking price { amount { amountMinor } } product { id } } } }',
      );
      const product = answer.data['product'] as { skus: unknown[] } | null;
      return product?.skus.length === 2 ? answer : undefined;
    }, 'both variants');
    expect(data['product']).toEqual({
      id: 'P1',
      title: 'Lamp',
      description: 'warm',
      categories: ['HOME', 'LIGHTS'],
      skus: [
        expect.objectContaining({ id: 'A1', gtin: '00000012345678', price: { amount: { amountMinor: 250 } } }),
        expect.objectContaining({ id: 'A2', gtin: null, product: { id: 'P1' } }),
      ],
    });
    const types = (await published(platform)).map(({ type, data: told }) => `${type} ${String(told['sku'])}`);
    const told = ['price-changed', 'sku-changed', 'sku-registered'];
    expect(types.sort()).toEqual(told.flatMap((type) => [`${type} A1`, `${type} A2`]));
  });

  test('tell a changed price and say nothing twice', async () => {
    const { platform, ask, clock } = await open();
    await tell(platform, itemOf('A1'));
    await tell(platform, itemOf('A1'));
    clock.advance(1_000);
    await tell(platform, itemOf('A1', { prices: [priceOf(199)] }));
    await waitFor(async () => JSON.stringify((await ask(SKUS, { ids: ['A1'] })).data).includes('199'), 'the price');
    const events = await published(platform);
    const changes = ['price-changed', 'sku-changed'];
    expect(events.map(({ type }) => type)).toEqual(['sku-registered', ...changes, ...changes]);
    expect(events.at(-2)?.data).toMatchObject({ sku: 'A1', amount: { amountMinor: 199, currencyCode: 'GBP' } });
  });

  test('move between categories, and a page goes on after its cursor', async () => {
    const { platform, ask, clock } = await open();
    for (const code of codes(5)) await tell(platform, itemOf(code));
    clock.advance(1);
    await tell(platform, itemOf('S0001', { categories: ['GARDEN'] }));
    const list = (category: string, after: string | null = null) =>
      ask(
        `query ($category: String, $after: String) { products(first: 3, category: $category, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
        { category, after },
      ).then(({ data }) => {
        const page = data['products'] as {
          edges: { node: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
        return { ids: page.edges.map(({ node }) => node.id), ...page.pageInfo };
      });
    await waitFor(async () => (await list('GARDEN')).ids.length === 1, 'the move');
    const first = await list('HOME');
    expect(first).toMatchObject({ ids: ['P-S0000', 'P-S0002', 'P-S0003'], hasNextPage: true });
    expect(await list('HOME', first.endCursor)).toMatchObject({ ids: ['P-S0004'], hasNextPage: false });
  });

  test('answers null for what is not registered and refuses more than 200 at once', async () => {
    const { ask } = await open();
    expect((await ask(SKUS, { ids: ['NONE'] })).data['skus']).toEqual([null]);
    const { errors } = await ask(SKUS, { ids: codes(201) });
    expect(errors?.[0]?.message).toContain('200');
  });
});

describe('items of the ERP', () => {
  const catalogue = (count: number) => codes(count).map((code) => itemOf(code));

  async function listed(erp: CountingErp, count: number, over?: Platform) {
    const hub = await open({ erp }, over);
    const ids = codes(count);
    await waitFor(
      async () => (await hub.platform.streams.head(streamOf('products'))) >= EVENTS_PER_SKU * count,
      'the listing',
    );
    return { ...hub, ids };
  }

  test('are listed page by page at the start', async () => {
    const erp = new CountingErp(catalogue(50));
    const { platform } = await listed(erp, 50);
    expect(erp.listings).toBe(3);
    expect((await published(platform)).filter(({ type }) => type === 'sku-registered')).toHaveLength(50);
  });

  test('cost one look-up for 50 SKUs with their prices, and none while they are fresh', async () => {
    const erp = new CountingErp(catalogue(50));
    const { ask, ids } = await listed(erp, 50);
    const references = ids.map((id) => ({ __typename: 'Sku', id }));
    const source = `query ($ids: [ID!]!, $references: [_Any!]!) {
      skus(ids: $ids) { id price { amount { amountMinor } } product { skus { title } } }
      _entities(representations: $references) { ... on Sku { title price(currency: "GBP") { amount { amountMinor } } } }
    }`;
    const { data, errors } = await ask(source, { ids, references });
    expect(errors).toBeUndefined();
    expect(data['skus']).toHaveLength(50);
    expect(erp.lookUps).toHaveLength(1);
    expect(erp.lookUps[0]).toHaveLength(50);
    await ask(source, { ids, references });
    expect(erp.lookUps).toHaveLength(1);
  });

  test('are refreshed in the background when they are stale, and what changed is registered', async () => {
    const erp = new CountingErp(catalogue(1));
    const { ask, ids, clock, platform } = await listed(erp, 1);
    await ask(SKUS, { ids });
    erp.set(itemOf('S0000', { prices: [priceOf(300)] }));
    clock.advance(120_000);
    const stale = (await ask(SKUS, { ids })).data['skus'] as {
      price: { amount: { amountMinor: number } };
    }[];
    expect(stale[0]?.price.amount.amountMinor).toBe(250);
    await waitFor(async () => JSON.stringify((await ask(SKUS, { ids })).data).includes('300'), 'the refresh');
    await waitFor(async () => (await published(platform)).length === 3, 'the changed price');
  });

  test('are kept fresh by facts of the ERP, without asking it', async () => {
    const erp = new CountingErp(catalogue(1));
    const { ask, ids, platform } = await listed(erp, 1);
    await ask(SKUS, { ids });
    await tell(platform, itemOf('S0000', { prices: [priceOf(275)] }), { system: erp.system });
    await waitFor(async () => JSON.stringify((await ask(SKUS, { ids })).data).includes('275'), 'the fact');
    expect(erp.lookUps).toHaveLength(1);
  });

  test('ask the ERP again after a fact that a look-up had overtaken', async () => {
    const erp = new CountingErp(catalogue(1));
    const { ask, ids, platform, clock } = await listed(erp, 1);
    await ask(SKUS, { ids });
    const { lookUps } = erp;
    erp.set(itemOf('S0000', { prices: [priceOf(280)] }));
    await tell(platform, itemOf('S0000', { prices: [priceOf(270)] }), {
      system: erp.system,
      atMs: clock.nowMs() - 5_000,
    });
    await waitFor(async () => JSON.stringify((await ask(SKUS, { ids })).data).includes('280'), 'the newer price');
    expect(lookUps.length).toBeGreaterThan(1);
  });

  test('are answered with the last known value and its age while the ERP is down', async () => {
    const erp = new CountingErp(catalogue(3));
    const { ask, ids, clock } = await listed(erp, 3);
    const heardAt = new Date(clock.nowMs()).toISOString();
    await ask(SKUS, { ids });
    erp.isDown = true;
    clock.advance(7_200_000);
    const { data, errors } = await ask(SKUS, { ids });
    expect(errors).toBeUndefined();
    expect(data['skus']).toEqual(
      ids.map((id) => expect.objectContaining({ id, price: expect.objectContaining({ asOf: heardAt }) })),
    );
  });

  test('are answered from the documents when the hub starts while the ERP is down', async () => {
    const erp = new CountingErp(catalogue(3));
    const first = await listed(erp, 3);
    await first.products.stop();
    erp.isDown = true;
    const again = await open({ erp, limits: { listingAttemptsMax: 1 } }, first.platform);
    expect(again.products.readiness()).toEqual({ ready: true });
    const { data, errors } = await again.ask(SKUS, { ids: first.ids });
    expect(errors).toBeUndefined();
    expect(data['skus']).toHaveLength(3);
    expect(JSON.stringify(data)).toContain('250');
  });

  test('are listed from where the listing stopped once the ERP is back', async () => {
    const erp = new CountingErp(catalogue(2));
    erp.isDown = true;
    const { platform, clock, products } = await open({ erp, limits: { listingAttemptsMax: 1 } });
    expect(products.readiness().ready).toBe(true);
    await waitFor(() => erp.listings === 1, 'the first attempt');
    erp.isDown = false;
    await waitFor(async () => {
      clock.advance(60_000);
      return (await platform.streams.head(streamOf('products'))) === 2 * EVENTS_PER_SKU;
    }, 'the listing');
  });

  test('stay what the ERP says when another feed contradicts it', async () => {
    const erp = new CountingErp(catalogue(1));
    const { ask, ids, platform, clock } = await listed(erp, 1);
    clock.advance(1_000);
    await tell(platform, itemOf('S0000', { prices: [priceOf(1)] }));
    await tell(platform, itemOf('MARK'));
    await waitFor(async () => JSON.stringify((await ask(SKUS, { ids: ['MARK'] })).data).includes('MARK'), 'the mark');
    expect(JSON.stringify((await ask(SKUS, { ids })).data)).toContain('250');
  });
});

test('a full catalogue that is listed again writes nothing', async () => {
  const ids = codes(300);
  const erp = new CountingErp(
    ids.map((code) => itemOf(code)),
    200,
  );
  const { platform, clock, products } = await open({ erp });
  await waitFor(
    async () => (await platform.streams.head(streamOf('products'))) === 300 * EVENTS_PER_SKU,
    'the first listing',
  );
  await products.stop();
  clock.advance(1_000);
  erp.set(itemOf('T0000'));
  await open({ erp }, platform);
  await waitFor(
    async () => (await platform.streams.head(streamOf('products'))) === 301 * EVENTS_PER_SKU,
    'the second listing',
  );
  const { skus } = await openProductsStore(platform.documents);
  expect((await skus.getMany(ids)).map((row) => row.version)).toEqual(ids.map(() => 1));
});

describe('subscribers', () => {
  const changes = async (platform: Platform, filter: Record<string, readonly string[]>, afterSeq?: number) => {
    await platform.documents.flushOutbox();
    const question = { event: 'sku-changed', filter };
    const ask = (given: object) =>
      platform.rpc.request(rpcSubjectOf('products', 'changes-since'), given, {
        timeoutMs: 5_000,
        correlationId: 'test',
      });
    const head = await ask(question);
    const { epoch } = head as { epoch: string };
    const request = { ...question, ...(afterSeq !== undefined && { after: { epoch, seq: afterSeq } }) };
    const answer = await ask(request);
    return answer as { seq: number; records: { key: string; deleted?: boolean; value: Record<string, unknown> }[] };
  };
  const priceIn = (value: Record<string, unknown>) =>
    (value['prices'] as { amount: { amountMinor: number } }[]).map(({ amount }) => amount.amountMinor);

  test('see the SKUs they ask for, by code, by category and all', async () => {
    const { platform } = await open();
    await tell(platform, itemOf('A1', { categories: ['HOME'] }));
    await tell(platform, itemOf('A2', { categories: ['GARDEN'] }));
    const seen = async (filter: Record<string, readonly string[]>) =>
      (await changes(platform, filter)).records.map(({ key }) => key).sort();
    await waitFor(async () => (await seen({})).length === 2, 'both');
    expect(await seen({ sku: ['A2', 'UNKNOWN'] })).toEqual(['A2']);
    expect(await seen({ categories: ['HOME'] })).toEqual(['A1']);
  });

  test('hear once of a SKU that leaves the category they watch', async () => {
    const { platform, clock } = await open();
    await tell(platform, itemOf('A1', { categories: ['HOME'] }));
    await waitFor(async () => (await changes(platform, {})).records.length === 1, 'the first');
    const { seq } = await changes(platform, { categories: ['HOME'] });
    clock.advance(1);
    await tell(platform, itemOf('A1', { categories: ['GARDEN'] }));
    await waitFor(async () => (await changes(platform, {})).seq > seq, 'the move');
    expect((await changes(platform, { categories: ['HOME'] }, seq)).records).toMatchObject([
      { key: 'A1', deleted: true },
    ]);
    expect((await changes(platform, { categories: ['GARDEN'] }, seq)).records).toMatchObject([{ key: 'A1' }]);
  });

  test('hear that a price begins to apply at its time, once, also when the context was stopped then', async () => {
    const { platform, clock, products } = await open();
    const at = (fromMs: number, amountMinor: number) => ({
      ...priceOf(amountMinor),
      effectiveFrom: new Date(fromMs).toISOString(),
    });
    const nowMs = clock.nowMs();
    const prices = [at(nowMs - 1, 100), at(nowMs + 10_000, 90), at(nowMs + 20_000, 80)];
    await tell(platform, itemOf('A1', { prices }));
    const now = async () => (await changes(platform, {})).records.map(({ value }) => priceIn(value));
    const told = async () =>
      (await published(platform)).filter(({ type }) => type === 'sku-changed').map(({ data }) => priceIn(data));
    await waitFor(async () => JSON.stringify(await now()) === '[[100]]', 'the item');
    clock.advance(10_000);
    await waitFor(async () => (await told()).length === 2, 'the first markdown');
    await products.stop();
    clock.advance(10_000);
    await open({}, platform);
    await waitFor(async () => (await told()).length === 3, 'the second markdown');
    expect(await told()).toEqual([[100], [90], [80]]);
    clock.advance(200_000);
    expect(await now()).toEqual([[80]]);
    expect(await told()).toHaveLength(3);
  });
});
