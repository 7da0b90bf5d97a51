import { expect, test } from '@jest/globals';
import { CLERK, openShopOverHttp } from '../testing/open-shop-gateway.ts';
import { executorContract } from './executor.contract.ts';

const PARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const SUBGRAPHS_OF_SHELF = ['catalog', 'stock'];

executorContract('HTTP', openShopOverHttp);

test('one trace leads from the operation over its fetches into the subgraphs', async () => {
  const shop = await openShopOverHttp();
  try {
    await shop.engine.execute(
      { query: 'query Shelf { products { id stock } }' },
      { identity: CLERK, correlationId: 'c', traceparent: PARENT },
    );
    const { spans } = shop.telemetry;
    const parentOf = (name: string) =>
      spans.find((span) => span.traceparent === spans.find((one) => one.name === name)?.parent)?.name;
    expect(spans.every(({ traceparent, ended }) => ended && traceparent.includes('a'.repeat(32)))).toBe(true);
    expect(spans.find(({ name }) => name === 'query Shelf')?.parent).toBe(PARENT);
    expect(SUBGRAPHS_OF_SHELF.map((name) => [parentOf(`fetch ${name}`), parentOf(`subgraph ${name}`)])).toEqual(
      SUBGRAPHS_OF_SHELF.map((name) => ['query Shelf', `fetch ${name}`]),
    );
  } finally {
    await shop.close();
  }
});
