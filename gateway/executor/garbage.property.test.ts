import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../kernel/testing/config.ts';
import { faultsOf } from '../testing/conforms.ts';
import { openShopInProcess } from '../testing/open-shop-gateway.ts';
import type { SubgraphClient, SubgraphResult } from './subgraph-client.ts';

const { propertyRuns, propertySeed } = testConfig();

/** Entities in several hops, abstract types, lists of lists, errors that have to find their places. */
const QUERY = `{
  products { id title color softStock category { id count } related { stock } reviews { text author { name mail } } }
  media { __typename title ... on Book { pages reviews { id product { shipping } } } ... on Movie { minutes } }
  search { __typename ... on Book { pages } ... on Product { x: weight softStock dims { w } } }
  grid { price softStock }
  items { __typename id stars }
  ratedItem(id: "i2") { __typename label stars }
  me { name mail }
}`;
const KEYS = [
  'products',
  'media',
  'search',
  'grid',
  'items',
  'ratedItem',
  'me',
  'id',
  'title',
  'stars',
  'reviews',
  'product',
  'author',
  'softStock',
  'stock',
  'category',
  'org',
  'related',
  '_entities',
  '_e0',
  '_e1',
  '__proto__',
  'constructor',
  'weight',
  'dims',
  'w',
];
const TYPES = ['Product', 'Book', 'Movie', 'ItemA', 'Item', 'Org', 'Query', 'Nothing', 'Review'];

/** Values in the form of the data that is asked for, and with anything in it. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(null, null, true, 0, -1, 2 ** 53, 1.5, '', '1', 'RED', 'SECRET', ...TYPES),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }),
    fc
      .tuple(fc.constantFrom(...TYPES), fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }))
      .map(([__typename, fields]) => ({ __typename, ...fields })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.jsonValue(),
  ),
}));

const path = fc.array(fc.oneof(fc.constantFrom<unknown>(...KEYS, 0, 1, 7, null), fc.jsonValue()), { maxLength: 5 });
const error = fc.oneof(
  fc.record(
    {
      message: fc.oneof(fc.string(), fc.jsonValue()),
      path: fc.oneof(path, fc.jsonValue()),
      extensions: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const answer = fc.oneof(
  fc.record({ data: value, errors: fc.oneof(fc.array(error, { maxLength: 5 }), fc.jsonValue()) }, { requiredKeys: [] }),
  fc.record({ data: fc.dictionary(fc.constantFrom(...KEYS), value) }),
  value,
  fc.constant(new Error('it threw')),
);

/** One of the subgraphs, or each of them, answers whatever it likes. */
test('no answer of a subgraph breaks the gateway, and what clients get is always by the schema', async () => {
  const arbitrary = fc.tuple(
    fc.constantFrom('catalog', 'stock', 'users', 'all'),
    fc.array(answer, { minLength: 1, maxLength: 8 }),
  );
  let ended = 0;
  await fc.assert(
    fc.asyncProperty(arbitrary, async ([service, answers]) => {
      let next = 0;
      const replace = (client: SubgraphClient): SubgraphClient | undefined =>
        service === 'all' || client.name === service
          ? answering(client.name, () => answers[next++ % answers.length])
          : undefined;
      const shop = await openShopInProcess({ replace });
      try {
        const { data, errors } = await shop.ask(QUERY);
        for (const { message, extensions } of errors ?? []) {
          expect(typeof message).toBe('string');
          expect(extensions).toHaveProperty('code');
        }
        if (data) expect(await faultsOf(data, QUERY, { schema: shop.engine.publicSchema })).toEqual([]);
        else expect(errors?.length).toBeGreaterThan(0);
        expect(({} as Readonly<Record<string, unknown>>)['title']).toBeUndefined();
        ended++;
      } finally {
        await shop.close();
      }
    }),
    { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
  expect(ended).toBe(propertyRuns);
});

function answering(name: string, answerNext: () => unknown): SubgraphClient {
  return {
    name,
    prepare: () => async () => {
      const given = answerNext();
      if (given instanceof Error) throw given;
      // As it comes from a wire: nothing is shared, and __proto__ is a key like any other.
      return JSON.parse(JSON.stringify(given ?? null)) as SubgraphResult;
    },
    close: async () => undefined,
  };
}
