import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { IDENTITY_HEADER, verifyIdentity } from '../../kernel/graphql/identity-header.ts';
import { CORRELATION_HEADER } from '../../kernel/model/correlation.ts';
import { ANONYMOUS_SUBJECT } from '../../kernel/model/identity.ts';
import { PlannerProcess } from '../../gateway/planner/planner-process.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { serveSupergraph, type ServedSupergraph } from './serve-supergraph.ts';
import { openNewsroom, type Newsroom, type Story } from './testing/newsroom.ts';

/** Subscriptions of subgraphs of another make: no topic, no cursor, over whatever the subgraph speaks. */

const SECRET = 'shared-with-the-news-and-nobody-else';
const QUERY = 'subscription ($tag: String) { storyTold(tag: $tag) { title author { name } } }';

let folder: string;
let newsroom: Newsroom;
let served: ServedSupergraph;
let planners: PlannerProcess;
let stops: (() => void)[];

beforeAll(() => {
  planners = new PlannerProcess();
});

afterAll(() => planners.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockwire-upstream-'));
  newsroom = await openNewsroom();
  stops = [];
});

afterEach(async () => {
  for (const stop of stops) stop();
  // Whoever is still connected is sent away over the drain window.
  await isOpen(0);
  await served.close();
  await newsroom.close();
  rmSync(folder, { recursive: true });
});

async function serve(news: object = {}, options: { readonly identitySecret?: string } = {}): Promise<void> {
  const [supergraph, config] = [join(folder, 'supergraph.graphql'), join(folder, 'edge.json')];
  writeFileSync(supergraph, newsroom.supergraphSdl());
  writeFileSync(config, JSON.stringify({ subgraphs: { news } }));
  const args = { supergraph, config, host: '127.0.0.1', port: 0, subgraphs: new Map<string, string>() };
  const telemetry = createTelemetry({ level: 'error', processMetrics: false });
  served = await serveSupergraph(args, { telemetry, planners, ...options });
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code: string } }[];
}

type Door = (typeof DOORS)[number];
const DOORS = ['a WebSocket', 'server-sent events'] as const;

function follow(
  door: Door,
  { query = QUERY, variables = {}, headers = {} }: { query?: string; variables?: object; headers?: object } = {},
) {
  const answers: Answer[] = [];
  const ends: unknown[] = [];
  const sink = {
    next: (answer: unknown) => {
      const told = answer as Answer;
      // Over server-sent events a subscription ends with an answer of errors alone.
      if (told.data === undefined) ends.push(told.errors);
      else answers.push(told);
    },
    error: (error: unknown) => ends.push(error),
    complete: () => ends.push('complete'),
  };
  const request = { query, variables: { ...variables } };
  const url = `${served.url}/graphql`;
  if (door === 'a WebSocket') {
    const client = createWsClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { ...headers },
    });
    client.subscribe(request, sink);
    stops.push(() => void client.dispose());
    return { answers, ends, stop: () => void client.dispose() };
  }
  const client = createSseClient({ url, headers: { ...headers }, retryAttempts: 0 });
  client.subscribe(request, sink);
  stops.push(() => client.dispose());
  return { answers, ends, stop: () => client.dispose() };
}

const story = (id: string): Story => ({ id, title: `Title ${id}`, author: { id: `a${id}` } });
const toldOf = (id: string) => ({ data: { storyTold: { title: `Title ${id}`, author: { name: `Name of a${id}` } } } });
const isOpen = (count: number) => waitFor(() => newsroom.open === count, `${count} subscriptions at the news`);

const PROTOCOLS = ['graphql-transport-ws', 'server-sent events'] as const;
const reachOf = (protocol: (typeof PROTOCOLS)[number]) =>
  protocol === 'server-sent events' ? { subscriptionsUrl: newsroom.eventsUrl } : {};

describe.each(PROTOCOLS)('a subgraph that speaks %s', (protocol) => {
  test.each(DOORS)('tells a client over %s, and what others know is fetched for each event', async (door) => {
    await serve(reachOf(protocol));
    const live = follow(door);
    await isOpen(1);
    for (const id of ['1', '2', '3']) newsroom.tell(story(id));
    await waitFor(() => live.answers.length === 3, 'the stories');
    expect(live.answers).toEqual(['1', '2', '3'].map(toldOf));
    expect(newsroom.asked).toHaveLength(3);
    live.stop();
    await isOpen(0);
  });

  test('is subscribed at once for equal clients, and left when the last has gone', async () => {
    await serve({ ...reachOf(protocol), lateSubscribers: 'together' });
    const [first, second] = [follow('a WebSocket'), follow('server-sent events')];
    const other = follow('a WebSocket', { variables: { tag: 'x' } });
    await isOpen(2);
    // The second may still be on its way.
    await waitFor(() => {
      newsroom.tell(story('1'));
      return [first, second, other].every(({ answers }) => answers.length > 0);
    }, 'a story for everybody');
    expect(newsroom.begun).toHaveLength(2);
    first.stop();
    newsroom.tell(story('2'));
    await waitFor(() => second.answers.some(({ data }) => JSON.stringify(data).includes('Title 2')), 'the other');
    expect(newsroom.open).toBe(2);
    second.stop();
    other.stop();
    await isOpen(0);
    if (protocol === 'graphql-transport-ws') await waitFor(() => newsroom.sockets === 0, 'no socket');
  });

  test.each(DOORS)('tells who comes late over %s what it tells everybody at the beginning', async (door) => {
    newsroom.opening = story('0');
    await serve(reachOf(protocol));
    const first = follow('a WebSocket');
    await waitFor(() => first.answers.length === 1, 'the first story');
    const late = follow(door);
    await waitFor(() => late.answers.length === 1, 'the first story of who comes late');
    newsroom.tell(story('1'));
    await waitFor(() => [first, late].every(({ answers }) => answers.length === 2), 'the next story');
    for (const { answers } of [first, late]) expect(answers).toEqual(['0', '1'].map(toldOf));
    expect(newsroom.begun).toHaveLength(2);
    first.stop();
    late.stop();
    await isOpen(0);
  });

  test('has who comes late share what has begun, when its owner says so', async () => {
    newsroom.opening = story('0');
    await serve({ ...reachOf(protocol), lateSubscribers: 'together' });
    const first = follow('a WebSocket');
    await waitFor(() => first.answers.length === 1, 'the first story');
    const late = follow('a WebSocket');
    let told = 0;
    await waitFor(() => {
      // One at a time: nobody sees from here when the second has joined.
      if (first.answers.length > told) newsroom.tell(story(String(++told)));
      return late.answers.length > 0;
    }, 'a story for who comes late');
    expect(late.answers[0]).not.toEqual(toldOf('0'));
    expect(newsroom.begun).toHaveLength(1);
  });

  test('is told who asks when it shares a secret, and for what cause', async () => {
    await serve(reachOf(protocol), { identitySecret: SECRET });
    follow('a WebSocket');
    await isOpen(1);
    const [headers = {}] = newsroom.begun;
    expect(verifyIdentity(String(headers[IDENTITY_HEADER]), SECRET, Date.now())).toMatchObject({
      subject: ANONYMOUS_SUBJECT,
    });
    const cause =
      protocol === 'server-sent events'
        ? headers[CORRELATION_HEADER]
        : (newsroom.extensions[0] as { correlationId: string }).correlationId;
    expect(cause).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('gets the headers that are propagated, and those who differ in them share nothing', async () => {
    await serve({ ...reachOf(protocol), propagatedHeaders: ['x-tenant'] });
    follow('a WebSocket', { headers: { 'X-Tenant': 'north', 'x-other': 'secret' } });
    follow('server-sent events', { headers: { 'X-Tenant': 'south' } });
    await isOpen(2);
    expect(new Set(newsroom.begun.map((headers) => headers['x-tenant']))).toEqual(new Set(['north', 'south']));
    expect(JSON.stringify(newsroom.begun)).not.toContain('secret');
  });

  test.each(DOORS)('that is lost ends a subscription over %s with words, and one may begin again', async (door) => {
    await serve(reachOf(protocol));
    const live = follow(door);
    await isOpen(1);
    newsroom.crash();
    await waitFor(() => live.ends.length > 0, 'the end');
    expect(JSON.stringify(live.ends[0])).toContain('SUBGRAPH_UNAVAILABLE');
    expect(JSON.stringify(live.ends[0])).toContain('cannot be resumed');
    await isOpen(0);
    const again = follow(door);
    await isOpen(1);
    newsroom.tell(story('1'));
    await waitFor(() => again.answers.length === 1, 'a story');
  });

  test.each(DOORS)('that completes completes the client over %s', async (door) => {
    await serve(reachOf(protocol));
    const live = follow(door);
    await isOpen(1);
    newsroom.tell(story('1'));
    await waitFor(() => live.answers.length === 1, 'a story');
    newsroom.complete();
    await waitFor(() => live.ends.length === 1, 'the end');
    expect(live.ends).toEqual(['complete']);
  });

  test('that refuses a subscription is heard by the client in its own words', async () => {
    await serve(reachOf(protocol));
    const live = follow('a WebSocket', { variables: { tag: 'secret' } });
    await waitFor(() => live.ends.length > 0 || live.answers.length > 0, 'the refusal');
    expect(JSON.stringify([live.ends, live.answers])).toContain('Nobody may follow secrets.');
  });

  test('whose events have errors tells them at their places', async () => {
    await serve(reachOf(protocol));
    const live = follow('a WebSocket', { query: 'subscription { storyTold { title broken } }' });
    await isOpen(1);
    newsroom.tell(story('1'));
    await waitFor(() => live.answers.length === 1, 'a story');
    expect(live.answers[0]).toMatchObject({
      data: { storyTold: { title: 'Title 1', broken: null } },
      errors: [{ message: 'This never works.', path: ['storyTold', 'broken'] }],
    });
  });

  test('whose events come faster than they can be completed ends the subscription, since none may be left out', async () => {
    await serve({ ...reachOf(protocol), subscriptionLimits: { waitingEventsMax: 5 } });
    const live = follow('a WebSocket');
    await isOpen(1);
    const gate = Promise.withResolvers<void>();
    newsroom.beforeAnswer = () => gate.promise;
    for (let id = 0; id < 20; id++) newsroom.tell(story(String(id)));
    await waitFor(() => newsroom.open === 0, 'the end at the news');
    gate.resolve();
    await waitFor(() => live.ends.length === 1, 'the end');
    expect(live.answers).toEqual(live.answers.map((_answer, index) => toldOf(String(index))));
    expect(live.answers.length).toBeLessThan(20);
    expect(JSON.stringify(live.ends[0])).toContain('cannot be resumed');
  });
});

describe('limits', () => {
  test('an event that is too long ends the subscription', async () => {
    await serve({ subscriptionsUrl: newsroom.eventsUrl, subscriptionLimits: { eventBytesMax: 100_000 } });
    const live = follow('a WebSocket');
    await isOpen(1);
    for (let id = 0; id < 20; id++) newsroom.tell(story(String(id)));
    await waitFor(() => live.answers.length === 20, 'events that fit');
    newsroom.tell({ ...story('x'), title: 'x'.repeat(500_000) });
    await waitFor(() => live.ends.length === 1, 'the end');
  });

  test('more different subscriptions than a subgraph may have are refused', async () => {
    await serve({ subscriptionLimits: { subscriptionsMax: 1 } });
    follow('a WebSocket');
    await isOpen(1);
    const second = follow('a WebSocket', { variables: { tag: 'x' } });
    await waitFor(() => second.ends.length === 1, 'the refusal');
    expect(JSON.stringify(second.ends)).toContain('OVERLOADED');
  });
});

test('a client that leaves more unread than it may is sent away to come again, and holds up nobody', async () => {
  await serve({ subscriptionLimits: { unsentEventsMax: 3 } });
  const other = follow('server-sent events');
  await isOpen(1);
  const slow = new WebSocket(`${served.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  stops.push(() => slow.terminate());
  const received: unknown[] = [];
  const closed = once(slow, 'close');
  slow.on('message', (data: Buffer) => received.push(JSON.parse(data.toString())));
  await once(slow, 'open');
  slow.send('{"type":"connection_init"}');
  await waitFor(() => received.length === 1, 'the acknowledgement');
  slow.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY } }));
  slow.pause();
  const long = 'x'.repeat(200_000);
  let told = 0;
  await waitFor(() => {
    if (other.answers.length < told || told > 20) return told > 20;
    newsroom.tell({ ...story(String(++told)), title: long });
    return false;
  }, 'more than it may leave unread');
  slow.resume();
  const [code] = (await closed) as [number];
  expect(code).toBe(1013);
  expect(other.ends).toEqual([]);
});

describe('another supergraph', () => {
  test('is subscribed to from then on, while what has begun goes on', async () => {
    await serve();
    const live = follow('a WebSocket');
    await isOpen(1);
    const before = follow('a WebSocket', {
      query: 'subscription { later: storyTold { id: title } other: __typename }',
    });
    writeFileSync(join(folder, 'supergraph.graphql'), newsroom.supergraphSdl('less: String'));
    served.reload();
    const refused = follow('a WebSocket', { query: 'subscription { more }' });
    await waitFor(() => refused.ends.length === 1, 'the refusal');
    expect(JSON.stringify(refused.ends)).toContain('GRAPHQL_VALIDATION_FAILED');
    const after = follow('a WebSocket');
    await waitFor(() => newsroom.begun.length >= 2, 'the new one');
    await waitFor(() => {
      newsroom.tell(story('1'));
      return live.answers.length > 0 && after.answers.length > 0;
    }, 'a story for both');
    expect(live.ends).toEqual([]);
    before.stop();
  });
});
