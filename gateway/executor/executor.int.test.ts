import { expect, test } from '@jest/globals';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { CLERK, openShopOverHttp, openShopOverLeanHttp, openShopOverSockets } from '../testing/open-shop-gateway.ts';
import { executorContract } from './executor.contract.ts';

const PARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const SUBGRAPHS_OF_SHELF = ['catalog', 'stock'];

executorContract('HTTP', openShopOverHttp);
executorContract('lean HTTP', openShopOverLeanHttp);

test('subgraphs of the same machine are reached over socket files', async () => {
  const directory = await temporaryDirectory();
  const shop = await openShopOverSockets(directory.path);
  try {
    const answer = await shop.ask('{ products { id title reviews { text } } }');
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.['products']).not.toHaveLength(0);
  } finally {
    await shop.close();
    await directory.remove();
  }
});

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
