import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices, type ServiceDefinition } from '@theguild/federation-composition';
import { graphql, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { EventEmitter, on } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

const NEWS_SDL = `${LINK}
  type Query { stories: [Story!] }
  type Subscription { storyTold(tag: String): Story more: Int }
  type Story @key(fields: "id") { id: ID! title: String! tag: String author: Author broken: String }
  type Author @key(fields: "id") { id: ID! }`;

const PEOPLE_SDL = `${LINK}
  type Query { people: [Author!] }
  type Author @key(fields: "id") { id: ID! name: String }`;

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly author: { readonly id: string };
}

/** A supergraph of two subgraphs of another make. One of them tells its own subscriptions, over both protocols. */
export interface Newsroom {
  /** @param fields SDL of the subscription fields beside `storyTold`; default: `more` */
  supergraphSdl(fields?: string): string;
  /** What a composition takes of its subgraphs. */
  readonly services: readonly ServiceDefinition[];
  /** Where the news are told as server-sent events. */
  readonly eventsUrl: string;
  /** Headers with which each subscription at the news began. */
  readonly begun: IncomingHttpHeaders[];
  /** Subscriptions at the news that are open. */
  readonly open: number;
  /** Sockets to the news that are open. */
  readonly sockets: number;
  /** Sockets to the people that are open. */
  readonly peopleSockets: number;
  /** Headers of each fetch of people. */
  readonly asked: IncomingHttpHeaders[];
  /** Awaited before people answer. */
  beforeAnswer: () => Promise<void>;
  /** What each subscription at the news is told when it begins. Default: nothing. */
  opening: Story | undefined;
  /** `extensions` of each subscription that began over a socket. */
  readonly extensions: unknown[];
  tell(story: Story): void;
  /** The news end all subscriptions as complete. */
  complete(): void;
  /** The news lose all connections. */
  crash(): void;
  close(): Promise<void>;
}

export async function openNewsroom(): Promise<Newsroom> {
  const bus = new EventEmitter().setMaxListeners(0);
  const [begun, asked]: [IncomingHttpHeaders[], IncomingHttpHeaders[]] = [[], []];
  let open = 0;
  const ends = new Set<AbortController>();
  /** Ends as soon as it is told to, which a generator that waits for the next story would not. */
  const follow = (headers: IncomingHttpHeaders): AsyncIterableIterator<{ storyTold: Story }> => {
    begun.push(headers);
    const end = new AbortController();
    ends.add(end);
    open++;
    end.signal.addEventListener('abort', () => {
      open--;
      ends.delete(end);
    });
    const stories = on(bus, 'story', { signal: end.signal });
    const { opening } = room;
    let isFirst = opening !== undefined;
    const done = { done: true, value: undefined } as const;
    return {
      next: async () => {
        if (isFirst && opening) {
          isFirst = false;
          return { done: false, value: { storyTold: opening } };
        }
        try {
          const { value } = (await stories.next()) as { value: [Story] };
          return { done: false, value: { storyTold: value[0] } };
        } catch {
          return done;
        }
      },
      return: async () => {
        end.abort();
        return done;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
  const news = buildSubgraphSchema([
    {
      typeDefs: parse(NEWS_SDL),
      resolvers: {
        Subscription: {
          storyTold: {
            subscribe: (_root: unknown, { tag }: { tag?: string }, { headers }: { headers: IncomingHttpHeaders }) => {
              if (tag === 'secret') throw new Error('Nobody may follow secrets.');
              return follow(headers);
            },
          },
        },
        Story: {
          broken: () => {
            throw new Error('This never works.');
          },
        },
      },
    },
  ]);
  const people = buildSubgraphSchema([
    {
      typeDefs: parse(PEOPLE_SDL),
      resolvers: {
        Author: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Name of ${id}` }) },
      },
    },
  ]);
  const sse = createHandler({
    schema: news,
    context: ({ raw }) => ({ headers: raw.headers }),
  });
  const newsServer = createServer((request, response) => void sse(request, response));
  const webSockets = new WebSocketServer({ server: newsServer, path: '/graphql' });
  const extensions: unknown[] = [];
  useServer(
    {
      schema: news,
      context: ({ extra }) => ({ headers: extra.request.headers }),
      onSubscribe: (_context, _id, payload) => void extensions.push(payload.extensions),
    },
    webSockets,
  );
  const peopleServer = answering(people, async (headers) => {
    asked.push(headers);
    await room.beforeAnswer();
  });
  const [sockets, peopleSockets] = [socketsOf(newsServer), socketsOf(peopleServer)];
  await Promise.all([listen(newsServer), listen(peopleServer)]);
  const room: Newsroom = {
    beforeAnswer: () => Promise.resolve(),
    opening: undefined,
    extensions,
    supergraphSdl: (fields = '') =>
      composeServices([
        {
          name: 'news',
          url: `${urlOf(newsServer)}/graphql`,
          typeDefs: parse(NEWS_SDL.replace('more: Int', fields || 'more: Int')),
        },
        { name: 'people', url: `${urlOf(peopleServer)}/graphql`, typeDefs: parse(PEOPLE_SDL) },
      ]).supergraphSdl ?? '',
    services: [
      { name: 'news', url: `${urlOf(newsServer)}/graphql`, typeDefs: parse(NEWS_SDL) },
      { name: 'people', url: `${urlOf(peopleServer)}/graphql`, typeDefs: parse(PEOPLE_SDL) },
    ],
    eventsUrl: `${urlOf(newsServer)}/stream`,
    begun,
    asked,
    tell: (story: Story) => void bus.emit('story', story),
    complete: () => ends.forEach((end) => end.abort()),
    crash: () => sockets.forEach((socket) => socket.destroy()),
    close: async () => {
      ends.forEach((end) => end.abort());
      sockets.forEach((socket) => socket.destroy());
      peopleServer.closeAllConnections();
      await Promise.all([newsServer, peopleServer].map((server) => new Promise((resolve) => server.close(resolve))));
    },
    get open() {
      return open;
    },
    get sockets() {
      return sockets.size;
    },
    get peopleSockets() {
      return peopleSockets.size;
    },
  };
  return room;
}

/** Those that are open. */
function socketsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function answering(schema: GraphQLSchema, before: (headers: IncomingHttpHeaders) => Promise<void>): Server {
  return createServer((request, response) => {
    void (async () => {
      const { query, variables } = (await bodyOf(request)) as { query: string; variables: Record<string, unknown> };
      await before(request.headers);
      const result = await graphql({ schema, source: query, variableValues: variables });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    })();
  });
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
