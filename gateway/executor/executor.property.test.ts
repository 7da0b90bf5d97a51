import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { testConfig } from '../../kernel/testing/config.ts';
import { arbitraryOperation } from '../testing/arbitrary-query.ts';
import { openShopInProcess } from '../testing/open-shop-gateway.ts';
import type { ShopGateway } from '../testing/open-shop-gateway.ts';
import { createShopMonolith } from '../testing/shop-monolith.ts';

const { propertyRuns, propertySeed } = testConfig();

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopInProcess();
});
afterAll(() => shop.close());

/** Fields fail, values are hidden, entities are unknown: products 2 and 3 are made for it. */
test('a query over three subgraphs has the data that it has over one schema, and errors at the same places', async () => {
  const monolith = createShopMonolith(shop.engine.publicSchema, shop.state);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryOperation(shop.engine.publicSchema), async ({ query, variables }) => {
      // Fields of one name may conflict by chance; such a document is nobody's to run.
      fc.pre(validate(shop.engine.publicSchema, parse(query)).length === 0);
      const expected = await monolith(query, variables);
      const answered = await shop.ask(query, { variables });
      expect(JSON.stringify(answered.data)).toBe(JSON.stringify(expected.data));
      expect(nullPlaces(answered)).toEqual(nullPlaces(expected));
      compared++;
    }),
    { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
  expect(compared).toBe(propertyRuns);
});

/** Where the answer is null by an error; which of the errors below such a place are told is free. */
function nullPlaces({ data, errors = [] }: Outcome): readonly string[] {
  const places = errors.map(({ path = [] }) => {
    let value: unknown = data;
    let index = 0;
    while (index < path.length && value !== null && value !== undefined) {
      value = (value as Readonly<Record<string | number, unknown>>)[path[index++] ?? ''];
    }
    return `${path.slice(0, index).join('.')} ${value === null ? 'is null' : 'is not null'}`;
  });
  return [...new Set(places)].sort();
}

interface Outcome {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly (string | number)[] | undefined }[] | undefined;
}
