import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { InProcessSubgraphClient } from '../clients/in-process-subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import { CLERK } from '../testing/open-shop-gateway.ts';
import { createShop } from '../testing/shop-subgraphs.ts';
import { GraphqlEngine } from './graphql-engine.ts';

const MAX = 2_000;
/** How far the reading of titles has come. */
let titlesRead: number;
let engine: GraphqlEngine;

beforeEach(() => {
  titlesRead = 0;
  const shop = createShop();
  const format = createErrorFormatter({ ids: new SequentialIds(), telemetry: silentTelemetry });
  engine = new GraphqlEngine({
    supergraphSdl: shop.supergraphSdl,
    clients: shop.subgraphs.map((subgraph) =>
      subgraph.name === 'catalog'
        ? { name: 'catalog', prepare: () => () => ({ data: catalogData() }), close: async () => undefined }
        : new InProcessSubgraphClient(subgraph, format),
    ),
    limits: DEFAULT_OPERATION_LIMITS,
    responseBytesMax: MAX,
    format,
    telemetry: silentTelemetry,
  });
});
afterEach(() => engine.close());

/** A thousand products that notice when they are looked at. */
function catalogData(): Record<string, unknown> {
  const product = (n: number) => ({
    __typename: 'Product',
    id: String(n),
    get title() {
      titlesRead++;
      return 'A title of some length';
    },
  });
  return { products: Array.from({ length: 1_000 }, (_none, n) => product(n)) };
}

const ask = (query: string) => engine.execute({ query }, { identity: CLERK, correlationId: 'c' });

describe('an answer beyond the limit', () => {
  test.each([
    ['where nothing is wrong', '{ products { title } }'],
    ['where errors have to find their places', '{ products { title size: color } }'],
  ])('is given up while it is made, %s', async (_what, query) => {
    const { dataText, errors } = await ask(query);
    expect(dataText).toBeUndefined();
    expect(errors).toEqual([
      expect.objectContaining({
        extensions: expect.objectContaining({
          code: 'RESPONSE_TOO_LARGE',
          details: { limit: 'responseBytesMax', max: MAX },
        }),
      }),
    ]);
    expect(titlesRead).toBeGreaterThan(0);
    expect(titlesRead).toBeLessThan(2 * (MAX / 22));
  });

  test('that is within it is told whole', async () => {
    expect((await ask('{ __typename }')).dataText).toBe('{"__typename":"Query"}');
  });
});
