import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const SCRIPT = join(import.meta.dirname, 'gateway.ts');
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Subgraphs of another make, a supergraph composed from them, and the command in a process of its own. */
describe('npm run gateway', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stockwire-gateway-'));
  const children: Child[] = [];
  const subgraphs: ApolloServer[] = [];
  const supergraph = join(directory, 'supergraph.graphql');
  let reviewsUrl = '';
  let lyingUrl = '';

  beforeAll(async () => {
    const books = `${LINK}
      scalar DateTime
      type Query { books: [Book!]! }
      type Book @key(fields: "isbn") { isbn: ID! title: String soldAt(zone: DateTime): DateTime }`;
    const reviews = `${LINK} type Book @key(fields: "isbn") { isbn: ID! stars: Int }`;
    const booksUrl = await serve(books, {
      Query: { books: () => [{ isbn: '1', title: 'Dune' }] },
      Book: { soldAt: (_book: unknown, { zone }: { zone: unknown }) => ({ zone }) },
    });
    const stars = (count: number) => ({
      Book: { __resolveReference: ({ isbn }: { isbn: string }) => ({ isbn, stars: count }) },
    });
    reviewsUrl = await serve(reviews, stars(5));
    lyingUrl = await serve(reviews, stars(1));
    const { supergraphSdl = '' } = composeServices([
      { name: 'books', url: booksUrl, typeDefs: parse(books) },
      { name: 'book-reviews', url: reviewsUrl, typeDefs: parse(reviews) },
    ]);
    writeFileSync(supergraph, supergraphSdl);
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(subgraphs.map((server) => server.stop()));
    rmSync(directory, { recursive: true });
  });

  async function serve(sdl: string, resolvers: object): Promise<string> {
    const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as GraphQLResolverMap }]);
    const plugins = [ApolloServerPluginInlineTraceDisabled()];
    const server = new ApolloServer({ schema, plugins, stopOnTerminationSignals: false });
    subgraphs.push(server);
    return (await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } })).url;
  }

  function run(...args: readonly string[]): Child {
    const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'], cwd: directory });
    children.push(child);
    return child;
  }

  async function listening(child: Child): Promise<string> {
    const told = await textUntil(child.stdout, /at (http:\S+)\n/);
    return /at (http:\S+)\n/.exec(told)?.[1] ?? '';
  }

  async function ask(url: string, query: string, variables?: object): Promise<unknown> {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return response.json();
  }

  async function ended(child: Child): Promise<{ code: unknown; told: string }> {
    const [told, [code]] = await Promise.all([textUntil(child.stderr), once(child, 'exit')]);
    return { code, told };
  }

  test('serves a supergraph of others by the addresses in it, and ends in order on SIGTERM', async () => {
    const child = run('--supergraph', supergraph, '--port', '0');
    const url = await listening(child);
    const query = 'query ($z: DateTime) { books { title stars soldAt(zone: $z) } __type(name: "Book") { name } }';
    expect(await ask(url, query, { z: 'nowhere' })).toEqual({
      data: {
        books: [{ title: 'Dune', stars: 5, soldAt: { zone: 'nowhere' } }],
        __type: { name: 'Book' },
      },
    });
    const ready = await fetch(new URL('/health/ready', url));
    expect(ready.status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended(child)).toMatchObject({ code: 0 });
  });

  test('asks a subgraph where it is told to, and does without one that is not there', async () => {
    const elsewhere = await listening(
      run('--supergraph', 'supergraph.graphql', '--port', '0', '--subgraph', `book-reviews=${lyingUrl}`),
    );
    expect(await ask(elsewhere, '{ books { stars } }')).toEqual({ data: { books: [{ stars: 1 }] } });
    const nowhere = await listening(
      run('--supergraph', supergraph, '--port', '0', '--subgraph', 'book-reviews=http://127.0.0.1:9/graphql'),
    );
    expect(await ask(nowhere, '{ books { title stars } }')).toMatchObject({
      data: { books: [{ title: 'Dune', stars: null }] },
      errors: [
        {
          path: ['books', 0, 'stars'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'book-reviews' },
        },
      ],
    });
  });

  test.each([
    ['a file that is not there', ['--supergraph', 'nowhere.graphql'], 3, /cannot be read.*nowhere\.graphql/],
    ['the schema of one service', ['--supergraph', 'single.graphql'], 3, /supergraph is refused.*names no subgraphs/],
    ['a supergraph that is cut off', ['--supergraph', 'cut.graphql'], 3, /supergraph is refused/],
    ['no supergraph', [], 2, /--supergraph is missing[^]*Usage/],
  ])('%s is refused in words', async (_what, args, code, words) => {
    writeFileSync(join(directory, 'single.graphql'), 'type Query { a: Int }');
    const cut = `schema @link(url: "https://specs.apollo.dev/join/v0.3") { query: Query }
      enum join__Graph { A @join__graph(name: "a", url: "http://a") }
      type Query @join__type(graph: A) { a: Missing }`;
    writeFileSync(join(directory, 'cut.graphql'), cut);
    const { code: exit, told } = await ended(run(...args));
    expect(told).toMatch(words);
    expect(exit).toBe(code);
    expect(told).not.toContain('node:internal');
  });
});

/** What a stream tells until it ends or has said `until`. */
async function textUntil(stream: Readable, until?: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (until?.test(text)) break;
  }
  return text;
}
