import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { openBareHub, type BareHub } from '../harness/open-bare-hub.ts';
import { openingMessages, receiptOf, RETAIL, SOURCE } from '../harness/stock-world.ts';

/* What is the same for everybody is answered from memory, until a change of the stock says otherwise. */

const SHELF = '{ availability(skus: ["K0", "K1"], channel: "WEB") { sku { id title } available } }';
const RESERVE = 'mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { changeCursor } }';

interface Shelf {
  readonly availability: readonly ({ readonly available: string } | null)[];
}

async function readsOf(hub: BareHub): Promise<{ readonly hit: number }> {
  const text = await (await fetch(`${hub.url}/metrics`)).text();
  return { hit: Number(/cache_reads_total\{outcome="hit"\} (\d+)/.exec(text)?.[1] ?? 0) };
}

test('an answer is kept until what it tells has changed, and a caller who needs it fresh gets it fresh', async () => {
  await using hub = await openBareHub(RETAIL, { STOCKWIRE_CACHE_BYTES: '10000000' });
  const [shopper, integrator, agent] = await Promise.all([hub.as('shopper'), hub.as('integrator'), hub.as('agent')]);
  await integrator.ingest(SOURCE, openingMessages());
  await integrator.ingest(SOURCE, [receiptOf('r-1', 'S0', { K0: 5, K1: 7 })]);
  const shelf = async (): Promise<readonly (string | undefined)[]> =>
    (await shopper.graphql<Shelf>(SHELF)).availability.map((each) => each?.available);
  await waitFor(async () => (await shelf()).join() === '5,7', 'the receipt');

  const before = await readsOf(hub);
  await waitFor(async () => {
    expect(await shelf()).toEqual(['5', '7']);
    return (await readsOf(hub)).hit >= before.hit + 20;
  }, 'answers from memory');

  const input = { idempotencyKey: 'cart-1', kind: 'CART', channel: 'WEB', lines: [{ sku: 'K0', quantity: '2' }] };
  const { reserveStock } = await agent.graphql<{ reserveStock: { changeCursor: string } }>(RESERVE, { input });
  const fresh = await shopper.graphql<Shelf>(
    SHELF.replace('channel: "WEB"', `channel: "WEB", atLeast: "${reserveStock.changeCursor}"`),
  );
  expect(fresh.availability.map((each) => each?.available)).toEqual(['3', '7']);
  await waitFor(async () => (await shelf()).join() === '3,7', 'the reservation');
});
