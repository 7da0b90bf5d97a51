import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'graphql';
import { testConfig } from '../../kernel/testing/config.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import { Cancellation } from '../executor/cancellation.ts';
import { OperationContext } from '../executor/operation-context.ts';
import type { RunOperation, Variables } from '../executor/subgraph-client.ts';
import { CLERK } from '../testing/open-shop-gateway.ts';
import { mergeEntityFetches } from './merge-entity-fetches.ts';

const { propertyRuns: numRuns } = testConfig();
const TEXT =
  'query ($r: [_Any!]!, $unit: String) { _entities(representations: $r) { ... on Product { stock(unit: $unit) } } }';

interface Representation {
  readonly id: number;
}

/** Entities whose number ends in 3 fail, and those that end in 7 are unknown. */
const shop: RunOperation = ({ r, unit }) => {
  const ids = (r as readonly Representation[]).map(({ id }) => id);
  const errors = ids.flatMap((id, index) =>
    id % 10 === 3 ? [{ message: `no ${id}`, path: ['_entities', index, 'stock'] }] : [],
  );
  const entities = ids.map((id) => (id % 10 === 7 ? null : { stock: id % 10 === 3 ? null : `${id} ${String(unit)}` }));
  return { data: { _entities: entities }, ...(errors.length > 0 && { errors }) };
};

/** Sends all fetches in one turn. */
async function sendTogether(fetches: readonly Variables[], run: RunOperation, representationsMax: number) {
  const turns: (() => void)[] = [];
  const sent: { readonly size: number; readonly subject: string }[] = [];
  const client = mergeEntityFetches(
    {
      name: 'shop',
      prepare: () => (variables, context) => {
        sent.push({ size: (variables['r'] as readonly unknown[]).length, subject: context.identity.subject });
        return run(variables, context);
      },
      close: async () => undefined,
    },
    { identity: ANONYMOUS, representationsMax, defer: (turn) => void turns.push(turn) },
  );
  const prepared = client.prepare({ text: TEXT, document: parse(TEXT), kind: 'query' });
  const context = new OperationContext({ identity: CLERK, correlationId: 'c' });
  const answers = fetches.map(async (variables) => prepared(variables, context));
  turns.forEach((turn) => turn());
  return { answers: await Promise.all(answers), sent };
}

const fetchOf = fc.record({
  r: fc.array(fc.record({ id: fc.nat({ max: 40 }) }), { maxLength: 6 }),
  unit: fc.constantFrom('each', 'case', null),
});

test('merged, every caller is told what it would have been told alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fetchOf, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 30 }),
      async (fetches, max) => {
        const { answers, sent } = await sendTogether(fetches, shop, max);
        const context = new OperationContext({ identity: CLERK, correlationId: 'c' });
        expect(answers).toEqual(fetches.map((variables) => shop(variables, context)));
        expect(sent.every(({ size, subject }) => subject === ANONYMOUS.subject && (size <= max || size <= 6))).toBe(
          true,
        );
      },
    ),
    { numRuns },
  );
});

test('fetches of one turn that differ in their representations alone are one', async () => {
  const fetches = [1, 2, 3].map((id) => ({ r: [{ id }], unit: 'each' }));
  const { sent } = await sendTogether([...fetches, { r: [{ id: 4 }], unit: 'case' }], shop, 100);
  expect(sent.map(({ size }) => size)).toEqual([3, 1]);
});

test('a subgraph that gives no answer gives none to all of them', async () => {
  const gone: RunOperation = () => {
    throw new Error('gone');
  };
  await expect(sendTogether([{ r: [{ id: 1 }] }, { r: [{ id: 2 }] }], gone, 100)).rejects.toThrow('gone');
});

test('an answer without entities, and errors that name none, are told to all of them', async () => {
  const refuse: RunOperation = () => ({ data: null, errors: [{ message: 'no' }] });
  const { answers } = await sendTogether([{ r: [{ id: 1 }] }, { r: [{ id: 2 }] }], refuse, 100);
  expect(answers).toEqual([1, 2].map(() => ({ data: null, errors: [{ message: 'no' }] })));
});

test('a subgraph that drops an entity gives none to any of them, rather than that of another', async () => {
  const dropping: RunOperation = () => ({ data: { _entities: [{ stock: '2 each' }, { stock: '4 each' }] } });
  const fetches = [1, 2, 4].map((id) => ({ r: [{ id }] }));
  await expect(sendTogether(fetches, dropping, 100)).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
});

test('a merged fetch ends when the last of its callers has gone, and those who went before are not asked for', async () => {
  const [ann, bob, gone] = [new Cancellation(), new Cancellation(), new Cancellation()];
  const turns: (() => void)[] = [];
  const sent: { readonly variables: Variables; readonly context: OperationContext }[] = [];
  const prepare = (): RunOperation => (variables, context) => {
    sent.push({ variables, context });
    return new Promise(() => undefined);
  };
  const client = mergeEntityFetches(
    { name: 'shop', prepare, close: async () => undefined },
    { identity: ANONYMOUS, defer: (turn) => void turns.push(turn) },
  );
  const run = client.prepare({ text: TEXT, document: parse(TEXT), kind: 'query' });
  const answers = [gone, ann, bob].map(async (signal, id) =>
    run({ r: [{ id }] }, new OperationContext({ identity: CLERK, correlationId: 'c', signal })),
  );
  gone.abort();
  turns.forEach((turn) => turn());
  await expect(answers[0]).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  expect(sent.map(({ variables }) => variables['r'])).toEqual([[{ id: 1 }, { id: 2 }]]);
  ann.abort();
  expect(sent[0]?.context.signal?.aborted).toBe(false);
  bob.abort();
  expect(sent[0]?.context.signal?.aborted).toBe(true);
});

test.each([
  'query { products { id } }',
  'query ($r: [_Any!]!) { a: _entities(representations: $r) { __typename } b: products { id } }',
])('anything but entities is sent as it is: %s', async (text) => {
  const client = mergeEntityFetches(
    { name: 'shop', prepare: () => shop, close: async () => undefined },
    { identity: ANONYMOUS },
  );
  expect(client.prepare({ text, document: parse(text), kind: 'query' })).toBe(shop);
});
