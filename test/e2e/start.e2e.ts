import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { createHubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from '../harness/live-frames.ts';
import { freePort } from '../harness/free-port.ts';
import { startProcess, type StartProcess } from '../harness/start-process.ts';

const STOREFRONT = `query ($skus: [ID!]!) { skus(ids: $skus) {
  id title price(currency: "GBP") { amount { amountMinor currencyCode } }
  availability(channel: "WEB-GB") { available band nodes { location { name } available } } } }`;
const LIVE = `subscription { availabilityChanged(channel: "WEB-GB") {
  cursor reset changes { key version sku { id } available } } }`;
const ROLES = ['shopper', 'store', 'agent', 'operator', 'integrator'];
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

let directory: TemporaryDirectory;
let hub: StartProcess;
let port: number;
let url: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  hub = startProcess(environment(port, directory.path));
  await waitFor(() => {
    if (hub.exitCode() !== undefined) throw new Error(hub.errorOutput());
    return hub.output().includes('\nintegrator');
  }, 'the welcome');
});

afterAll(async () => {
  if (hub?.exitCode() === undefined) await hub?.stop('SIGKILL');
  await directory?.remove();
});

describe('npm start', () => {
  test('says where it listens and prints a token per role that the hub accepts', async () => {
    expect(hub.output()).toContain(`Open ${url}/graphql`);
    const tokens = hub
      .output()
      .split('\n')
      .filter((line) => TOKEN.test(line));
    expect(tokens).toHaveLength(ROLES.length);
    for (const [index, role] of ROLES.entries()) {
      expect(hub.output()).toMatch(new RegExp(`^${role}( \\(.*\\))?$`, 'm'));
      const client = createHubClient(url, tokens[index]);
      expect(await client.graphql('{ locations { id } }')).toMatchObject({ locations: expect.any(Array) });
    }
    const agent = createHubClient(url, tokens[ROLES.indexOf('agent')]);
    await expect(agent.graphql('{ orders { edges { node { id } } } }')).resolves.toBeDefined();
  });

  test('answers what a product page asks, with title, price and what may be sold where', async () => {
    const visitor = createHubClient(url);
    const { skus } = await waitFor(async () => {
      const answer = await visitor.graphql<{ skus: ({ availability: { available: string } | null } | null)[] }>(
        STOREFRONT,
        {
          skus: ['LAMP', 'TEE-BLACK-M'],
        },
      );
      return answer.skus.every((sku) => Number(sku?.availability?.available) > 0) ? answer : undefined;
    }, 'the opening stock');
    expect(skus).toMatchObject([
      { id: 'LAMP', title: 'Desk lamp', price: { amount: { amountMinor: 6_900, currencyCode: 'GBP' } } },
      { id: 'TEE-BLACK-M', price: { amount: { amountMinor: 1_800 } }, availability: { band: 'OK' } },
    ]);
  });

  test('trades by itself: a subscription sees the stock change', async () => {
    const live = subscribe<{ key: string; version: number }>(url, { query: LIVE });
    await waitFor(() => live.frames.length > 1, 'a change after the snapshot');
    expect(live.frames.map(({ reset }) => reset)).toEqual(live.frames.map((_, index) => index === 0));
    expect(live.frames[1]?.changes.length).toBeGreaterThan(0);
    await live.close();
  });

  test('serves GraphiQL whole: the page loads no script and no style from anywhere', async () => {
    const response = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
    const page = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).toContain('<title>Stockwire</title>');
    expect(page.trimEnd().endsWith('</html>')).toBe(true);
    expect(page.match(/<script\s[^>]*\bsrc\s*=/gi)).toBeNull();
    expect(page.match(/<link\s[^>]*\bhref\s*=\s*["']?(https?:)?\/\//gi)).toBeNull();
    expect(page.match(/\b(import|importScripts|@import)\s*\(?\s*(url\()?["']https?:/g)).toBeNull();
  });

  test('tells that it is ready and shows metrics', async () => {
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true }]);
    const metrics = await fetch(`${url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toMatch(/^inbox_messages_total\{.*outcome="ACCEPTED".*\} \d+$/m);
  });

  test('a second process over the same data directory ends with one clear sentence', async () => {
    const second = startProcess(environment(await freePort(), directory.path));
    expect(await second.ended()).toBe(1);
    expect(second.errorOutput().trimEnd()).toMatch(
      /^[^\n]*stockwire\.db is in use: stop whoever has it open, or choose another one\.$/,
    );
  });

  test('a second process at the same port ends with one clear sentence', async () => {
    await using elsewhere = await temporaryDirectory();
    const second = startProcess(environment(port, elsewhere.path));
    expect(await second.ended()).toBe(1);
    expect(second.errorOutput().trimEnd()).toBe(
      `127.0.0.1:${port} is taken by another process: stop it, or set STOCKWIRE_PORT to another port.`,
    );
  });

  test('refuses its own issuer in production and leaves no data behind', async () => {
    await using elsewhere = await temporaryDirectory();
    const production = startProcess({ ...environment(await freePort(), elsewhere.path), NODE_ENV: 'production' });
    expect(await production.ended()).toBe(1);
    expect(production.errorOutput()).toContain('the development issuer is refused');
    expect(await readdir(elsewhere.path)).toEqual([]);
  });

  test('SIGTERM ends it in an orderly way with exit code 0, and open subscriptions with a wish to come again', async () => {
    const live = subscribe(url, { query: LIVE });
    await waitFor(() => live.frames[0], 'the snapshot');
    expect(await hub.stop('SIGTERM')).toBe(0);
    expect(hub.output()).toContain('Stopping: finishing what is under way.');
    await waitFor(() => live.errors[0], 'the end of the subscription');
    expect(live.errors[0]).toMatchObject({ code: 1012 });
    await live.close();
    expect(hub.errorOutput().split('\n').filter(isFault)).toEqual([]);
  });
});

/** A machine that is busy with other things may let one part of the hub wait for another, which asks again and says so. */
function isFault(line: string): boolean {
  return line !== '' && !/did not answer (within|in time)/.test(line);
}

function environment(freeAt: number, path: string): Readonly<Record<string, string>> {
  return { STOCKWIRE_PORT: String(freeAt), STOCKWIRE_DATA_DIR: path };
}
