import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { testConfig } from '../../../kernel/testing/config.ts';
import { arbitraryOperation } from '../../testing/arbitrary-query.ts';
import { openShopInProcess } from '../../testing/open-shop-gateway.ts';
import type { ShopGateway } from '../../testing/open-shop-gateway.ts';
import type { ReadReply, SubgraphClient, SubgraphResult } from '../subgraph-client.ts';
import { JsonPiece } from './json-piece.ts';

const { propertyRuns, propertySeed } = testConfig();
const settings = { numRuns: Math.ceil(propertyRuns / 2), ...(propertySeed !== undefined && { seed: propertySeed }) };

/** A change of one value of a reply's data. */
interface Fault {
  /** Counts the values of the reply, from the outside in. */
  readonly at: number;
  readonly value: unknown;
}

const fault: fc.Arbitrary<Fault> = fc.record({
  at: fc.nat({ max: 60 }),
  value: fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 2 ** 31, 2 ** 53, 1.5, 1e300, '', '1', 'RED', 'SECRET', 'a"\\\u2028\n'),
    fc.jsonValue({ maxDepth: 2 }),
  ),
});

/** What has been taken over as text since the start. */
let pieces = 0;

test('an operation has the same answer whether replies are read as values or taken over as text', async () => {
  const shops = await openBoth();
  await fc.assert(
    fc.asyncProperty(arbitraryOperation(shops.byValue.engine.publicSchema), async (operation) => {
      fc.pre(validate(shops.byValue.engine.publicSchema, parse(operation.query)).length === 0);
      await expectEqual(shops, operation);
    }),
    settings,
  );
  expect(pieces).toBeGreaterThan(0);
});

test('so it has when replies are not what they should be, and with the same errors', async () => {
  const faults: Fault[] = [];
  const shops = await openBoth(faults);
  await fc.assert(
    fc.asyncProperty(
      arbitraryOperation(shops.byValue.engine.publicSchema),
      fc.array(fault, { minLength: 1, maxLength: 3 }),
      async (operation, given) => {
        fc.pre(validate(shops.byValue.engine.publicSchema, parse(operation.query)).length === 0);
        faults.splice(0, faults.length, ...given);
        await expectEqual(shops, operation);
      },
    ),
    settings,
  );
});

interface Shops {
  readonly byValue: ShopGateway;
  readonly byText: ShopGateway;
}

async function openBoth(faults: readonly Fault[] = []): Promise<Shops> {
  const byValue = await openShopInProcess({ replace: (client) => overText(client, faults, () => undefined) });
  const byText = await openShopInProcess({ replace: (client) => overText(client, faults, readWarm) });
  return { byValue, byText };
}

async function expectEqual({ byValue, byText }: Shops, { query, variables }: Operation): Promise<void> {
  const [expected, answered] = [await byValue.ask(query, { variables }), await byText.ask(query, { variables })];
  expect(JSON.stringify(withoutIncidents(answered))).toBe(JSON.stringify(withoutIncidents(expected)));
}

interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An incident has an id of its own each time. */
function withoutIncidents(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer).replace(/"incidentId":"[^"]*"/g, '"incidentId":""'));
}

type Read = (readReply: ReadReply | undefined, text: string) => Record<string, unknown> | undefined;

/** A reader is made when an operation was asked some times. */
const readWarm: Read = (readReply, text) => {
  let data: Record<string, unknown> | undefined;
  for (let n = 0; n < 9; n++) data = readReply?.(text);
  count(data);
  return data;
};

function count(value: unknown): void {
  if (value instanceof JsonPiece) pieces++;
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(count);
}

/** The same subgraph as over a wire. */
function overText(client: SubgraphClient, faults: readonly Fault[], read: Read): SubgraphClient {
  return {
    name: client.name,
    prepare: (operation) => {
      const run = client.prepare(operation);
      return async (variables, context) => {
        const result = JSON.parse(JSON.stringify(await run(variables, context))) as SubgraphResult;
        const text = JSON.stringify(faults.reduce(withFault, result));
        const data = result.errors ? undefined : read(operation.readReply, text);
        return data ? { data } : (JSON.parse(text) as SubgraphResult);
      };
    },
    close: () => client.close(),
  };
}

function withFault(result: SubgraphResult, { at, value }: Fault): SubgraphResult {
  let left = at;
  const change = (each: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(each)) return each.map(change);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, change(inner)]));
  };
  return { ...result, data: change(result.data ?? null) as NonNullable<SubgraphResult['data']> };
}
