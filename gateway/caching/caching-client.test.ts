import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import { OperationContext } from '../executor/operation-context.ts';
import type { SubgraphResult, Variables } from '../executor/subgraph-client.ts';
import { CLERK } from '../testing/open-shop-gateway.ts';
import { CacheHints } from './cache-hints.ts';
import { CacheStore } from './cache-store.ts';
import { CacheTrail } from './cache-trail.ts';
import { cacheFetches } from './caching-client.ts';

const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Sku { title } } }';
const hints = new CacheHints(
  buildASTSchema(
    parse(`
      directive @cacheControl(maxAge: Int) on FIELD_DEFINITION | OBJECT
      type Query { skus(ids: [ID!]): [Sku] stock(skus: [ID!]): [Sku] all: [Sku] fresh: Int }
      type Sku @cacheControl(maxAge: 30) { id: ID title: String }
    `),
    { assumeValidSDL: true },
  ),
);

interface Sent {
  readonly variables: Variables;
  readonly subject: string;
}

let store: CacheStore;
let sent: Sent[];
let answer: (variables: Variables) => SubgraphResult;

/** Titles count how often they were told. */
let edition: number;
const titlesOf = ({ r }: Variables): SubgraphResult => ({
  data: { _entities: (r as readonly { id: string }[]).map(({ id }) => ({ title: `${id} ${edition}` })) },
});

beforeEach(() => {
  store = new CacheStore({ bytesMax: 1_000_000, clock: new FakeClock(), telemetry: silentTelemetry });
  sent = [];
  edition = 1;
  answer = titlesOf;
});

function ask(text: string, variables: Variables, trail?: CacheTrail): SubgraphResult | Promise<SubgraphResult> {
  const client = {
    name: 'shop',
    prepare:
      () =>
      (given: Variables, { identity }: OperationContext) => {
        sent.push({ variables: given, subject: identity.subject });
        return answer(given);
      },
    close: async () => undefined,
  };
  const run = cacheFetches(client, { store, hints, generation: 0, keyFields: new Set(['sku']) }).prepare({
    text,
    document: parse(text),
    kind: 'query',
  });
  return run(variables, new OperationContext({ identity: CLERK, correlationId: 'c', trail }));
}

const representationsOf = (...ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Sku', id })) });

describe('entities', () => {
  test('are asked for once, in the name of nobody, and only those that are not known', async () => {
    await ask(ENTITIES, representationsOf('a', 'b'));
    edition = 2;
    expect(await ask(ENTITIES, representationsOf('b', 'c', 'a'))).toEqual({
      data: { _entities: [{ title: 'b 1' }, { title: 'c 2' }, { title: 'a 1' }] },
    });
    expect(sent).toEqual([
      { variables: representationsOf('a', 'b'), subject: ANONYMOUS.subject },
      { variables: representationsOf('c'), subject: ANONYMOUS.subject },
    ]);
  });

  test('are each its own, so that one reader cannot change what another one gets', async () => {
    await ask(ENTITIES, representationsOf('a'));
    const first = await ask(ENTITIES, representationsOf('a'));
    const { _entities } = first.data as { _entities: { title: string }[] };
    _entities.forEach((entity) => (entity.title = 'scribbled on'));
    expect(await ask(ENTITIES, representationsOf('a'))).toEqual({ data: { _entities: [{ title: 'a 1' }] } });
  });

  test('are asked for again when they have changed', async () => {
    await ask(ENTITIES, representationsOf('a', 'b'));
    edition = 2;
    store.evict('shop', ['b']);
    expect(await ask(ENTITIES, representationsOf('a', 'b'))).toEqual({
      data: { _entities: [{ title: 'a 1' }, { title: 'b 2' }] },
    });
  });

  test('are asked for in the name of the caller when nobody is told them, and not kept', async () => {
    await ask(ENTITIES, representationsOf('a'));
    sent = [];
    answer = (variables) =>
      sent.at(-1)?.subject === ANONYMOUS.subject ? { data: null, errors: [{ message: 'no' }] } : titlesOf(variables);
    const trail = new CacheTrail();
    expect(await ask(ENTITIES, representationsOf('a', 'b'), trail)).toEqual({
      data: { _entities: [{ title: 'a 1' }, { title: 'b 1' }] },
    });
    expect(sent).toEqual([
      { variables: representationsOf('b'), subject: ANONYMOUS.subject },
      { variables: representationsOf('a', 'b'), subject: CLERK.subject },
    ]);
    expect(trail.tags).toBeUndefined();
    sent = [];
    await ask(ENTITIES, representationsOf('b'));
    expect(sent).toHaveLength(2);
  });

  test('that are not told at all are an answer without them', async () => {
    answer = () => ({ data: null, errors: [{ message: 'no' }] });
    expect(await ask(ENTITIES, representationsOf('a'))).toEqual({ data: null, errors: [{ message: 'no' }] });
  });
});

describe('fetches of the root', () => {
  const STOCK = 'query ($s: [ID!]) { stock(skus: $s) { title } }';

  test('are kept by their variables until a key changes that they are filtered by', async () => {
    answer = () => ({ data: { stock: [{ title: `${edition}` }] } });
    await ask(STOCK, { s: ['a'] });
    await ask(STOCK, { s: ['b'] });
    edition = 2;
    store.evict('shop', ['b']);
    expect(await ask(STOCK, { s: ['a'] })).toEqual({ data: { stock: [{ title: '1' }] } });
    expect(await ask(STOCK, { s: ['b'] })).toEqual({ data: { stock: [{ title: '2' }] } });
    expect(sent).toHaveLength(3);
  });

  test('that are not filtered by a key go with any change of the context', async () => {
    answer = () => ({ data: { all: [{ title: `${edition}` }] } });
    await ask('{ all { title } }', {});
    edition = 2;
    store.evict('shop', ['whatever']);
    expect(await ask('{ all { title } }', {})).toEqual({ data: { all: [{ title: '2' }] } });
  });

  test('without a hint are sent as they are, for the caller, and spoil what would be kept of the whole', async () => {
    answer = () => ({ data: { fresh: 1 } });
    const trail = new CacheTrail();
    await ask('{ fresh }', {}, trail);
    await ask('{ fresh }', {});
    expect(sent.map(({ subject }) => subject)).toEqual([CLERK.subject, CLERK.subject]);
    expect(trail.tags).toBeUndefined();
  });

  test('leave a trail of what they depend on, also when they are answered from what is kept', async () => {
    answer = () => ({ data: { stock: [] } });
    for (let time = 0; time < 2; time++) {
      const trail = new CacheTrail();
      await ask(STOCK, { s: ['a', 'b'] }, trail);
      expect(trail.tags).toEqual(['a', 'b'].map((value) => ({ context: 'shop', value })));
    }
    expect(sent).toHaveLength(1);
  });
});
