import { afterEach, describe, expect, test } from '@jest/globals';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { graphql, parse } from 'graphql';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { ANONYMOUS_SUBJECT } from '../../kernel/model/identity.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { InProcessSubgraphClient } from '../clients/in-process-subgraph-client.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import type { AccessMode } from './access-rules.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.6",
    import: ["@key", "@authenticated", { name: "@requiresScopes", as: "@needs" }, "@policy"])
  type Query {
    things: [Thing!]!
    found: [Found!]!
    open: String
    mine: String @authenticated
    adults: String @policy(policies: [["adult", "verified"], ["staff"]])
    both: String @needs(scopes: [["a"]]) @policy(policies: [["staff"]])
  }
  type Mutation { act(word: String): String @authenticated }
  interface Thing { id: ID!, secret: String }
  type Box implements Thing { id: ID!, secret: String @needs(scopes: [["box"]]) }
  type Bag implements Thing { id: ID!, secret: String }
  type Safe @policy(policies: [["staff"]]) { code: Code }
  scalar Code @authenticated
  union Found = Box | Safe
`;

const schema = createSubgraphSchema(SDL, {
  Query: {
    things: () => [
      { __typename: 'Box', id: 'x', secret: 'of box' },
      { __typename: 'Bag', id: 'y', secret: 'of bag' },
    ],
    found: () => [
      { __typename: 'Box', id: 'x', secret: 'of box' },
      { __typename: 'Safe', code: '0000' },
    ],
    open: () => 'open',
    mine: () => 'mine',
    adults: () => 'adults',
    both: () => 'both',
  },
  Mutation: { act: () => 'acted' },
});

let engine: GraphqlEngine;

function open(access: AccessMode = 'filter'): void {
  const composed = composeServices([{ name: 'all', url: 'http://all.invalid', typeDefs: parse(SDL) }]);
  if (compositionHasErrors(composed)) throw new Error(composed.errors.join());
  const [ids, telemetry] = [new SequentialIds(), new RecordingTelemetry()];
  const format = createErrorFormatter({ ids, telemetry });
  const subgraph = {
    name: 'all',
    sdl: SDL,
    schema,
    createContext: (request: object) => request,
    start: async () => undefined,
    stop: async () => undefined,
    readiness: () => ({ ready: true }),
  };
  engine = new GraphqlEngine({
    supergraphSdl: composed.supergraphSdl,
    clients: [new InProcessSubgraphClient(subgraph, format)],
    access,
    limits: DEFAULT_OPERATION_LIMITS,
    format,
    telemetry,
  });
}

afterEach(() => engine.close());

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly unknown[]; readonly extensions: { readonly code: string } }[];
}

const NOBODY: Identity = { subject: ANONYMOUS_SUBJECT, clientId: 'none', scopes: [], stores: [] };
const callerWith = (rest: Partial<Identity>): Identity => ({ ...NOBODY, subject: 'ann', ...rest });

async function ask(query: string, identity: Identity) {
  const text = toResponseText(await engine.execute({ query }, { identity, correlationId: 'c' }));
  const { data, errors = [] } = JSON.parse(text) as Answer;
  return { data, errors: errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]) };
}

describe('fields that a caller may not read', () => {
  test('are null with an error each, and the rest is answered', async () => {
    open();
    expect(await ask('{ open mine adults both }', NOBODY)).toEqual({
      data: { open: 'open', mine: null, adults: null, both: null },
      errors: ['mine', 'adults', 'both'].map((path) => [path, 'UNAUTHENTICATED']),
    });
  });

  test('need one of the policies, all of its parts, and the scopes as well', async () => {
    open();
    const half = callerWith({ policies: ['adult'] });
    expect((await ask('{ open adults }', half)).errors).toEqual([['adults', 'FORBIDDEN']]);
    const whole = callerWith({ policies: ['adult', 'verified'] });
    expect(await ask('{ adults }', whole)).toEqual({ data: { adults: 'adults' }, errors: [] });
    expect((await ask('{ open both }', callerWith({ policies: ['staff'] }))).errors).toEqual([['both', 'FORBIDDEN']]);
    expect((await ask('{ open both }', callerWith({ scopes: ['a'] }))).errors).toEqual([['both', 'FORBIDDEN']]);
    const both = callerWith({ scopes: ['a'], policies: ['staff'] });
    expect((await ask('{ both }', both)).data).toEqual({ both: 'both' });
  });

  test('are known on interfaces by the type that is met', async () => {
    open();
    expect(await ask('{ things { id secret } }', callerWith({}))).toEqual({
      data: {
        things: [
          { id: 'x', secret: null },
          { id: 'y', secret: 'of bag' },
        ],
      },
      errors: [['things.0.secret', 'FORBIDDEN']],
    });
  });

  test('are known in unions, by type and by scalar', async () => {
    open();
    const query = '{ found { ... on Box { id } ... on Safe { code } } }';
    expect(await ask(query, callerWith({}))).toEqual({
      data: { found: [{ id: 'x' }, { code: null }] },
      errors: [['found.1.code', 'FORBIDDEN']],
    });
    expect((await ask(query, callerWith({ policies: ['staff'] }))).data).toEqual({
      found: [{ id: 'x' }, { code: '0000' }],
    });
  });
});

describe('an operation with such fields, where it is to be refused', () => {
  test('is not run, and each field is told', async () => {
    open('refuse');
    expect(await ask('{ open mine things { secret } }', callerWith({}))).toEqual({
      data: undefined,
      errors: [[undefined, 'FORBIDDEN']],
    });
    const onBag = '{ things { ... on Bag { secret } } }';
    expect((await ask(onBag, callerWith({}))).data).toEqual({ things: [{}, { secret: 'of bag' }] });
    expect((await ask('{ open mine }', callerWith({}))).data).toEqual({ open: 'open', mine: 'mine' });
  });

  test('is run when they are skipped', async () => {
    open('refuse');
    expect((await ask('{ open mine @skip(if: true) }', NOBODY)).data).toEqual({ open: 'open' });
    expect((await ask('{ open mine @skip(if: false) }', NOBODY)).errors).toEqual([[undefined, 'UNAUTHENTICATED']]);
  });

  test('is run when another operation of the document has them', async () => {
    open('refuse');
    const outcome = await engine.execute(
      { query: 'query A { open } query B { mine }', operationName: 'A' },
      { identity: NOBODY, correlationId: 'c' },
    );
    expect(outcome).toEqual({ dataText: '{"open":"open"}', errors: [] });
  });
});

describe('a subgraph that is asked past the gateway', () => {
  test('enforces the same again', async () => {
    open();
    const contextValue = { identity: callerWith({ policies: ['adult'] }), correlationId: 'c' };
    const { data, errors = [] } = await graphql({ schema, source: '{ open adults }', contextValue });
    expect([{ ...data }, errors.map(({ path }) => path)]).toEqual([{ open: 'open', adults: null }, [['adults']]]);
  });
});
