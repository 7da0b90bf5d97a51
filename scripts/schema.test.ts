import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { buildSchema, findBreakingChanges } from 'graphql';
import { ERROR_CODES } from '../schema/errors.ts';
import { PUBLISHED_EVENTS } from '../schema/events/published-events.ts';
import { subjectOf } from '../schema/events/subjects.ts';
import { ROLES, SCOPES } from '../schema/scopes.ts';
import { composeSupergraph, SUPERGRAPH_FILE } from './compose.ts';
import { breachesOfConventions } from './schema-conventions.ts';

const ROOT = join(import.meta.dirname, '..');
const SUPERGRAPH_PATH = 'schema/graphql/supergraph.graphql';
const SUBGRAPHS = ['inventory', 'operations', 'orders', 'products', 'returns'];
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('the SDL', () => {
  test.each(SUBGRAPHS)('of %s keeps the conventions', (name) => {
    expect(breachesOfConventions(read(`schema/graphql/${name}.graphql`))).toEqual([]);
  });

  test('is seen to break a convention that it breaks', () => {
    const breaches = breachesOfConventions(`
      type Query { getOrder(id: ID!): Order  "Good." orders: [Order] }
      "An order." type Order { "When." placed: DateTime, "x" Total: Int }
      type Mutation { "Does it." placeOrder(order: ID!): Order }
      type Subscription { "Live." orderChanged: Order }
      "States." enum Status { "One." open }
      scalar DateTime`);

    expect(breaches).toEqual([
      'Query.getOrder: has no description',
      'Query.getOrder: is a verb; query fields are nouns',
      'Order.placed: is an instant and does not end in At',
      'Order.Total: is no camelCase',
      'Mutation.placeOrder: takes more or less than `input`',
      'Mutation.placeOrder: does not answer a payload',
      'Subscription.orderChanged: has no @topic',
      'Status.open: is no UPPER_CASE',
      'DateTime: has no description',
    ]);
  });

  test('names no scope that is not registered', () => {
    const named = [...composeSupergraph().matchAll(/requiresScopes\(scopes: (\[\[[^)]*\]\])\)/g)].flatMap(
      ([, scopes = '[]']) => (JSON.parse(scopes) as string[][]).flat(),
    );

    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((scope) => !(scope in SCOPES))).toEqual([]);
    expect(
      Object.values(ROLES)
        .flat()
        .filter((scope) => !(scope in SCOPES)),
    ).toEqual([]);
  });
});

describe('the supergraph', () => {
  test('that is committed is what the subgraphs compose to', () => {
    expect(readFileSync(SUPERGRAPH_FILE, 'utf8')).toBe(composeSupergraph());
  });

  test('breaks nothing that was published before, unless the changelog says so', () => {
    const before = publishedBefore();
    if (before === undefined) {
      console.info('There is no earlier supergraph in the history of this checkout to compare with.');
      return;
    }
    expect(undeclaredBreaks(before, composeSupergraph(), read('CHANGELOG.md'))).toEqual([]);
  });

  test('is seen to break a client when a field goes away', () => {
    const now = composeSupergraph();
    const field = '  externalId: String! @join__field(graph: ORDERS)\n';
    const before = now.replace(field, `${field}  formerName: String @join__field(graph: ORDERS)\n`);

    expect(undeclaredBreaks(before, now, '')).toEqual(['Order.formerName was removed.']);
    expect(undeclaredBreaks(before, now, '- Order.formerName was removed.')).toEqual([]);
  });
});

describe('the registries', () => {
  test('of error codes and docs/errors.md list the same codes', () => {
    const documented = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, code = '']) => code);

    expect(new Set(documented)).toEqual(new Set(Object.keys(ERROR_CODES)));
  });

  test('of events give every event of its context a subject of its own', () => {
    const subjects = PUBLISHED_EVENTS.map((definition) => subjectOf(definition, 7));

    expect(new Set(subjects).size).toBe(PUBLISHED_EVENTS.length);
    expect(subjects.filter((subject) => !/^stockwire\.[a-z]+\.p07\.[a-z-]+$/.test(subject))).toEqual([]);
  });
});

/** The newest committed supergraph that differs from the one that the working tree composes. */
function publishedBefore(): string | undefined {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
  const now = composeSupergraph();
  try {
    const commits = git('log', '-n', '20', '--format=%H', '--', SUPERGRAPH_PATH).trim().split('\n').filter(Boolean);
    return commits.map((commit) => git('show', `${commit}:${SUPERGRAPH_PATH}`)).find((sdl) => sdl !== now);
  } catch {
    return undefined;
  }
}

function undeclaredBreaks(before: string, now: string, changelog: string): readonly string[] {
  const changes = findBreakingChanges(publicSchemaOf(before), publicSchemaOf(now));
  return changes.map(({ description }) => description).filter((description) => !changelog.includes(description));
}

function publicSchemaOf(supergraph: string) {
  return buildSchema(new QueryPlanner(supergraph).consumerSchema, { assumeValid: true });
}
