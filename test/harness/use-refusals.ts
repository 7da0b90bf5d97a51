import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from './live-frames.ts';
import { openDemoHub, type DemoHub } from './open-demo-hub.ts';
import { readState } from './read-state.ts';
import { stockShelves } from './stock-shelves.ts';

export const RESERVE = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { reservations { id } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } changeCursor } }`;
const WATCHED = { skus: ['LAMP', 'COFFEE-HOUSE'], channel: 'WEB-GB' };
export const LAMP_PRICE_MINOR = 4_500;

interface Scene {
  readonly demo: DemoHub;
  readonly agent: HubClient;
  /** ALICE. */
  readonly shopper: HubClient;
  /** The staff of STORE-YORK. */
  readonly york: HubClient;
  /** `KNOWN-1`: one lamp, released to the warehouse, where nobody works. */
  readonly aliceOrder: { readonly id: string; readonly cursor: string };
}

/**
 * A hub for the tests of one file in which nothing moves by itself, with 20 lamps and 4.5 kg of coffee in the warehouse
 * and 3 lamps in Leeds.
 */
export function useRefusals(): () => Scene {
  let scene: Scene | undefined;
  beforeAll(async () => {
    scene = await openScene();
  }, 60_000);
  afterAll(async () => {
    await scene?.demo[Symbol.asyncDispose]();
  }, 60_000);
  return () => {
    if (!scene) throw new Error('The scene is not open.');
    return scene;
  };
}

async function openScene(): Promise<Scene> {
  const demo = await openDemoHub();
  const agent = await demo.as('agent');
  const shopper = await demo.as('shopper', { customer: 'ALICE' });
  await stockShelves(demo, [
    { location: 'DC-NORTH', sku: 'LAMP', quantity: '20' },
    { location: 'DC-NORTH', sku: 'COFFEE-HOUSE', quantity: '4.5' },
    { location: 'STORE-LEEDS', sku: 'LAMP', quantity: '3' },
  ]);
  const { placeOrder } = await placeLamps(shopper, 'KNOWN-1');
  await waitFor(async () => {
    const { orders } = await readWatched(agent);
    return orders[0]?.lines[0]?.states[0]?.state === 'RELEASED';
  }, 'the release');
  const york = await demo.as('store', { stores: ['STORE-YORK'] });
  return { demo, agent, shopper, york, aliceOrder: { id: placeOrder.order.id, cursor: placeOrder.changeCursor } };
}

/** All that a refusal must leave as it was. */
export function readWatched(agent: HubClient): ReturnType<typeof readState> {
  return readState(agent, WATCHED);
}

/** One test: `ask` is refused with `code`, and everything is as it was before. */
export function refuses(
  what: string,
  code: ErrorCode,
  { scene, ask }: { readonly scene: () => Scene; readonly ask: (scene: Scene) => Promise<unknown> },
): void {
  test(`${what} is refused with ${code} and changes nothing`, async () => {
    await changesNothing(scene(), () => expect(ask(scene())).rejects.toMatchObject({ code }));
  });
}

export async function changesNothing({ agent }: Scene, act: () => Promise<unknown>): Promise<void> {
  const before = await readWatched(agent);
  await act();
  expect(await readWatched(agent)).toEqual(before);
}

interface Placed {
  readonly placeOrder: { readonly order: { readonly id: string }; readonly changeCursor: string };
}

/** Orders one lamp at WEB-GB, or what `options` say instead. */
export function placeLamps(
  client: HubClient,
  externalId: string,
  options: {
    readonly sku?: string;
    readonly quantity?: string;
    readonly channel?: string;
    readonly customer?: string;
    /** Default: what the lines cost. */
    readonly tendered?: number;
  } = {},
): Promise<Placed> {
  const { sku = 'LAMP', quantity = '1', channel = 'WEB-GB', customer } = options;
  const amountMinor = options.tendered ?? Math.max(1, Math.round((Number(quantity) || 1) * LAMP_PRICE_MINOR));
  const input = {
    channel,
    externalId,
    lines: [{ sku, quantity, unitPriceMinor: LAMP_PRICE_MINOR }],
    tenders: [{ tender: 'CARD', amountMinor }],
    ...(customer !== undefined && { customer }),
  };
  return client.graphql<Placed>(PLACE, { input });
}

/** Rejects with the code with which a subscription ends that never began. */
export async function endOfSubscription(
  { demo }: Scene,
  request: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>>; readonly token?: string },
): Promise<never> {
  const live = subscribe(demo.hub.url, request);
  const error = await waitFor(() => live.errors[0], 'the end of the subscription');
  expect(live.frames).toEqual([]);
  await live.close();
  const { code, extensions } = error as { code?: number; extensions?: { code?: string } };
  throw Object.assign(new Error('The subscription has ended.'), { code: extensions?.code ?? code });
}

/** The status and the code that a door of the hub answers. */
export async function postTo(
  { demo }: Scene,
  path: string,
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<{ readonly status: number; readonly code: string | undefined }> {
  const response = await fetch(new URL(path, demo.hub.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body,
  });
  const answer = (await response.json()) as { code?: string; errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: answer.code ?? answer.errors?.[0]?.extensions.code };
}
