import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { buildSchema, parse, validate } from 'graphql';
import { composeSupergraph } from './compose.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/configuration.md',
  'docs/connectors.md',
  'docs/distributed.md',
  'docs/errors.md',
  'docs/gateway.md',
  'docs/sourcing.md',
];
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('the documentation', () => {
  test('shows operations that the graph answers', () => {
    const schema = buildSchema(new QueryPlanner(composeSupergraph()).consumerSchema, { assumeValid: true });
    const operations = ['README.md', 'docs/order-search.md', 'docs/sourcing.md'].flatMap((page) =>
      operationsIn(read(page)),
    );

    expect(operations.length).toBeGreaterThanOrEqual(5);
    for (const operation of operations) {
      expect([operation, validate(schema, parse(operation))]).toEqual([operation, []]);
    }
  });

  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = PAGES.flatMap((page) => [...read(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name));

    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test.each(PAGES)('%s links to files that exist', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);

    expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
  });
});

/** Operations in shell commands (quoted) and in fenced blocks. */
function operationsIn(markdown: string): readonly string[] {
  const asked = [...markdown.matchAll(/^ask .*? '(.+)'$/gm)].map(([, operation = '']) => operation);
  const posted = [...markdown.matchAll(/\{"query":"(.+)"\}'$/gm)].map(
    ([, text = '']) => JSON.parse(`"${text}"`) as string,
  );
  const fenced = [...markdown.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, operation = '']) => operation);
  return [...asked, ...posted, ...fenced];
}
