import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { testConfig } from '../../kernel/testing/config.ts';
import { arbitraryQuery } from '../testing/arbitrary-query.ts';
import { openShopInProcess } from '../testing/open-shop-gateway.ts';
import type { ShopGateway } from '../testing/open-shop-gateway.ts';
import { createShopMonolith } from '../testing/shop-monolith.ts';

const { propertyRuns, propertySeed } = testConfig();
const VARIABLES = { yes: true, no: false };

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopInProcess();
});
afterAll(() => shop.close());

test('a query over three subgraphs has the data that it has over one schema, and errors when that has errors', async () => {
  const monolith = createShopMonolith(shop.engine.publicSchema, shop.state);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryQuery(shop.engine.publicSchema), async (query) => {
      // Fields of one name may conflict by chance; such a document is nobody's to run.
      fc.pre(validate(shop.engine.publicSchema, parse(query)).length === 0);
      const expected = await monolith(query, VARIABLES);
      const answered = await shop.ask(query, { variables: VARIABLES });
      expect(answered.data).toEqual(JSON.parse(JSON.stringify(expected.data)));
      expect(answered.errors === undefined).toBe(expected.errors === undefined);
      compared++;
    }),
    { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
  expect(compared).toBe(propertyRuns);
});
