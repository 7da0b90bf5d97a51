import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { subscribe } from '../harness/live-frames.ts';
import { openBareHub } from '../harness/open-bare-hub.ts';
import { openingMessages, SOURCE } from '../harness/stock-world.ts';

/* A storefront follows what it shows: names and prices come by themselves. */

const LIVE = `subscription { skuChanged(skus: ["K0"]) { cursor reset changes {
  key title prices { amount { amountMinor currencyCode } } sku { id product { id title } } } } }`;

interface Change {
  readonly key: string;
  readonly title: string;
  readonly prices: readonly { readonly amount: { readonly amountMinor: number } }[];
  readonly sku: { readonly product: { readonly title: string } };
}

test('a storefront sees a SKU, then its new name and price, with what its change does not carry', async () => {
  await using hub = await openBareHub();
  const [integrator, token] = await Promise.all([hub.as('integrator'), hub.tokenOf('shopper')]);
  const [item] = openingMessages().filter(({ eventId }) => eventId === 'item-K0');
  if (!item) throw new Error('The world has no K0.');
  await integrator.ingest(SOURCE, [item]);
  const shopper = await hub.as('shopper');
  await waitFor(async () => {
    const { skus } = await shopper.graphql<{ skus: readonly unknown[] }>('{ skus(ids: ["K0"]) { id } }');
    return skus[0] !== null;
  }, 'the item');

  const live = subscribe<Change>(hub.url, { token, query: LIVE });
  try {
    const snapshot = await live.awaitChange(({ key }) => key === 'K0', 'the snapshot');
    expect(snapshot).toMatchObject({ title: 'K0', prices: [], sku: { product: { title: 'K0' } } });
    const amount = { amountMinor: 1250, currencyCode: 'GBP' };
    const data = {
      ...(item.data as object),
      title: 'Lamp',
      prices: [{ amount, effectiveFrom: '2020-01-01T00:00:00.000Z' }],
    };
    await integrator.ingest(SOURCE, [{ ...item, eventId: 'item-K0-2', occurredAt: new Date().toISOString(), data }]);
    const change = await live.awaitChange(({ title }) => title === 'Lamp', 'the change');
    expect(change.prices).toEqual([{ amount }]);
    expect(live.errors).toEqual([]);
  } finally {
    await live.close();
  }
});
