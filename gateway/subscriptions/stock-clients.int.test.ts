import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cacheExchange, Client as UrqlClient, fetchExchange } from '@urql/core';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { CALLERS, openLiveGateway, type LiveGateway } from './testing/live-gateway.ts';
import { STOCK_CLIENTS, urqlAlone, type Answer, type StockClient } from './testing/stock-clients.ts';
import { openTcpProxy, type TcpProxy } from './testing/tcp-proxy.ts';

const QUERY = `subscription Live($after: ChangeCursor) {
  availabilityChanged(channel: "WEB", after: $after) { cursor reset changes { key version available } } }`;

let gateway: LiveGateway;
let proxy: TcpProxy;
let stops: (() => void)[];

beforeEach(async () => {
  gateway = await openLiveGateway();
  proxy = await openTcpProxy(gateway.url.replace('ws', 'http'));
  stops = [];
});

afterEach(async () => {
  for (const stop of stops) stop();
  await gateway.close();
  await proxy.close();
});

const stock = (sku: string, available: string) => ({ sku, channel: 'WEB', categories: [], available, band: 'OK' });

function follow(open: StockClient, token?: () => string) {
  const answers: Answer[] = [];
  const ends: unknown[] = [];
  stops.push(
    open({
      url: proxy.url,
      query: QUERY,
      ...(token && { token }),
      onAnswer: (answer) => answers.push(answer),
      onEnd: (reason) => ends.push(reason),
    }),
  );
  const frame = async (number: number) => {
    await waitFor(() => answers.length >= number || ends.length > 0, `frame ${number}`);
    return answers[number - 1]?.data?.availabilityChanged;
  };
  const told = () => answers.flatMap(({ data }) => data?.availabilityChanged.changes ?? []);
  return { answers, ends, frame, told };
}

const told = (sku: string, available: string, version: number) =>
  expect.objectContaining({ key: `${sku}|WEB`, available, version });

describe.each([...STOCK_CLIENTS, ['urql alone', urqlAlone] as const])('%s', (_name, open) => {
  test('is told a snapshot, then every change', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const live = follow(open);
    expect(await live.frame(1)).toMatchObject({
      cursor: 'inventory:epoch00001.1',
      reset: true,
      changes: [told('A', '1', 1)],
    });
    gateway.inventory.change([stock('A', '2')]);
    expect(await live.frame(2)).toMatchObject({ reset: false, changes: [told('A', '2', 2)] });
    expect(live.answers[1]?.extensions).toEqual({ cursor: 'inventory:epoch00001.2' });
    expect(live.ends).toEqual([]);
  });
});

describe.each(STOCK_CLIENTS)('%s that sends its last cursor', (_name, open) => {
  test('is told what it missed while its connection was broken, once and without a snapshot', async () => {
    gateway.inventory.change([stock('A', '1'), stock('B', '1')]);
    const live = follow(open);
    await live.frame(1);
    gateway.inventory.change([stock('A', '2')]);
    await live.frame(2);
    proxy.cut();
    await waitFor(() => gateway.subscriptions.connectionCount === 0, 'the break');
    gateway.inventory.change([stock('B', '3')]);
    gateway.inventory.change([stock('C', '4')]);
    proxy.mend();
    expect(await live.frame(3)).toMatchObject({
      cursor: 'inventory:epoch00001.4',
      reset: false,
      changes: [told('B', '3', 3), told('C', '4', 4)],
    });
    gateway.inventory.change([stock('A', '5')]);
    expect(await live.frame(4)).toMatchObject({ reset: false, changes: [told('A', '5', 5)] });
    expect(live.told().map(({ version }) => version)).toEqual([1, 1, 2, 3, 4, 5]);
    expect(live.ends).toEqual([]);
  });

  test('comes with another token when the first has ended, and goes on', async () => {
    const agent = CALLERS['agent'];
    if (!agent) throw new Error('There is no agent.');
    gateway.addCaller('first', { ...agent, expiresAtMs: gateway.clock.nowMs() + 10_000 });
    const tokens = ['first', 'agent'];
    gateway.inventory.change([stock('A', '1')]);
    const live = follow(open, () => tokens.shift() ?? 'agent');
    await live.frame(1);
    gateway.clock.advance(10_000);
    gateway.inventory.change([stock('A', '2')]);
    expect(await live.frame(2)).toMatchObject({ reset: false, changes: [told('A', '2', 2)] });
    expect(live.ends).toEqual([]);
    expect(tokens).toEqual([]);
  });
});

test('the way to the hub can break in these tests', async () => {
  const live = follow(urqlAlone);
  await live.frame(1);
  proxy.cut();
  await waitFor(() => live.ends.length === 1, 'the end');
});

test('a query of urql, which takes JSON before streams, is answered as JSON', async () => {
  let contentType: string | null = null;
  const client = new UrqlClient({
    url: proxy.url,
    preferGetMethod: false,
    exchanges: [cacheExchange, fetchExchange],
    fetch: async (...request) => {
      const response = await fetch(...request);
      contentType = response.headers.get('content-type');
      return response;
    },
  });
  const { data } = await client.query('{ __typename }', {}).toPromise();
  expect(data).toEqual({ __typename: 'Query' });
  expect(contentType).toMatch(/^application\/graphql-response\+json/);
});
