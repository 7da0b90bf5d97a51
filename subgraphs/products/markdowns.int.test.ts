/* Prices with dates, markdowns and lists of their own: answered at their time, and told when they begin and end. */
import { afterEach, expect, test } from '@jest/globals';
import { graphql } from 'graphql';
import type { Identity } from '../../kernel/model/identity.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { openTestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { itemRecorded } from '../../schema/events/inbox.ts';
import type { SkuChanged } from '../../schema/events/products.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { createProducts } from './main.ts';
import { itemOf, priceOf } from './testing/items.ts';

const READER: Identity = { subject: 'shop', clientId: 'shop', scopes: ['products:read'], stores: [] };
const STEP_MS = 10_000;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test('a markdown is answered and told from its beginning to its end, and a list has prices of its own', async () => {
  const clock = new FakeClock();
  const platform = await openTestPlatform({ clock });
  closing.push(() => platform.close());
  const products = createProducts(platform);
  await products.start();
  closing.push(() => products.stop());
  const at = (steps: number): string => new Date(clock.nowMs() + steps * STEP_MS).toISOString();
  const [begins, ends] = [at(1), at(3)];
  const prices = [
    priceOf(250),
    { ...priceOf(200, 'GBP', begins), effectiveUntil: ends, kind: 'MARKDOWN' as const },
    { ...priceOf(180), priceList: 'STAFF' },
  ];
  const { stream, subject, envelope } = publicationOf(itemRecorded, {
    id: 'item',
    key: 'LAMP',
    source: { system: 'erp', eventId: 'item' },
    occurredAtMs: clock.nowMs(),
    recordedAtMs: clock.nowMs(),
    correlationId: 'item',
    data: itemOf('LAMP', { prices }),
  });
  await platform.streams.publish(stream, subject, envelope);

  const seen = async (priceList?: string): Promise<unknown> => {
    const contextValue = products.createContext({ identity: READER, correlationId: 'test' });
    const argument = priceList === undefined ? '' : `(priceList: "${priceList}")`;
    const source = `{ skus(ids: ["LAMP"]) { price${argument} {
      amount { amountMinor } regular { amountMinor } kind priceList effectiveUntil } } }`;
    const { data } = await graphql({ schema: products.schema, source, contextValue });
    const [sku] = (JSON.parse(JSON.stringify(data)) as { skus: ({ price: unknown } | null)[] }).skus;
    return sku?.price;
  };
  const told = async (): Promise<readonly (readonly number[])[]> => {
    await platform.documents.flushOutbox();
    const messages = await platform.streams.read(streamOf('products'), 0, 100);
    return messages
      .filter(({ envelope: each }) => each.type === 'sku-changed')
      .map(({ envelope: each }) => (each.data as SkuChanged).prices.map(({ amount }) => amount.amountMinor));
  };
  const regular = {
    amount: { amountMinor: 250 },
    regular: null,
    kind: 'REGULAR',
    priceList: null,
    effectiveUntil: null,
  };
  const markdown = { amount: { amountMinor: 200 }, regular: { amountMinor: 250 }, kind: 'MARKDOWN', priceList: null };
  const staff = { ...regular, amount: { amountMinor: 180 }, priceList: 'STAFF' };

  await waitFor(async () => (await told()).length === 1, 'the item');
  expect([await seen(), await seen('STAFF'), await seen('TRADE')]).toEqual([regular, staff, regular]);

  clock.advance(STEP_MS);
  await waitFor(async () => (await told()).length === 2, 'the beginning of the markdown');
  expect([await seen(), await seen('STAFF')]).toEqual([{ ...markdown, effectiveUntil: ends }, staff]);

  clock.advance(2 * STEP_MS);
  await waitFor(async () => (await told()).length === 3, 'the end of the markdown');
  expect(await seen()).toEqual(regular);
  expect(await told()).toEqual([
    [250, 180],
    [200, 180],
    [250, 180],
  ]);
});
