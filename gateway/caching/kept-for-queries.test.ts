import { expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { SubgraphResult } from '../executor/subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import { openCaching } from './open-caching.ts';

const LINK = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@composeDirective"])
    @link(url: "https://shop.example/cache/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int) on OBJECT
`;
const SKUS = `${LINK}
  type Query { sku: Sku }
  type Mutation { sell: Sku }
  type Sku @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! }
`;
const STOCK = `${LINK} type Sku @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! available: Int }`;

test('what another subgraph tells of what a mutation changed is not what was kept before', async () => {
  let available = 5;
  const sku = { __typename: 'Sku', id: 'a' };
  const answerBy = (name: string, answer: () => SubgraphResult) => ({
    name,
    prepare: () => answer,
    close: async () => undefined,
  });
  const { supergraphSdl = '' } = composeServices([
    { name: 'skus', url: 'http://skus.invalid', typeDefs: parse(SKUS) },
    { name: 'stock', url: 'http://stock.invalid', typeDefs: parse(STOCK) },
  ]);
  const changeFeed = { publish: () => undefined, subscribe: () => () => undefined };
  const telemetry = silentTelemetry;
  const engine = new GraphqlEngine({
    supergraphSdl,
    clients: [
      answerBy('skus', () => ({ data: { sku: { ...sku }, sell: { ...sku } } })),
      answerBy('stock', () => ({ data: { _entities: [{ available }] } })),
    ],
    caching: openCaching({ bytesMax: 100_000, changeFeed, clock: new FakeClock(), telemetry, events: [] }),
    limits: DEFAULT_OPERATION_LIMITS,
    format: createErrorFormatter({ ids: new SequentialIds(), telemetry }),
    telemetry,
  });
  const ask = async (query: string): Promise<unknown> => {
    const outcome = await engine.execute({ query }, { identity: ANONYMOUS, correlationId: 'c' });
    return (JSON.parse(toResponseText(outcome)) as { readonly data?: unknown }).data;
  };
  expect(await ask('{ sku { available } }')).toEqual({ sku: { available: 5 } });
  available = 4;
  expect(await ask('query Again { sku { available } }')).toEqual({ sku: { available: 5 } });
  expect(await ask('mutation { sell { available } }')).toEqual({ sell: { available: 4 } });
});
