import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import type { TestTopology } from './open-topology.ts';

/** What one store has of a SKU. */
export const COUNTED = 1_000;
const RESERVE = `mutation ($key: String!, $sku: ID!) { reserveStock(input: {
  idempotencyKey: $key, kind: CART, channel: "WEB-GB", ttlMs: 600000, lines: [{ sku: $sku, quantity: "1" }]
}) { reservations { id } } }`;
const AVAILABLE = `query ($sku: ID!) { availability(skus: [$sku], channel: "WEB-GB") { available } }`;
const PLACE_ORDER = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;

/** One store counts so many of a SKU that nobody has touched before. */
export async function countStock(hub: Pick<TestTopology, 'as' | 'integrator'>, sku: string): Promise<void> {
  const agent = await hub.as({ role: 'agent' });
  const data = { location: 'STORE-LEEDS', lines: [{ lineId: '1', sku, quantity: String(COUNTED) }] };
  const fact = { eventId: `count-${sku}`, type: 'stock-counted', occurredAt: new Date().toISOString(), data };
  await hub.integrator.ingest('stock-take', [fact]);
  await waitFor(async () => (await availableOf(agent, sku)) === COUNTED, 'the counted stock');
}

export async function reserve(client: HubClient, sku: string, key: string): Promise<string> {
  const answer = await client.graphql<{ reserveStock: { reservations: readonly { readonly id: string }[] } }>(RESERVE, {
    key,
    sku,
  });
  return answer.reserveStock.reservations[0]?.id ?? '';
}

export async function placeOrder(client: HubClient, sku: string, externalId: string): Promise<string> {
  const answer = await client.graphql<{ placeOrder: { order: { id: string } } }>(PLACE_ORDER, {
    input: {
      channel: 'WEB-GB',
      externalId,
      lines: [{ sku, quantity: '1', unitPriceMinor: 100 }],
      tenders: [{ tender: 'CARD', amountMinor: 100 }],
    },
  });
  return answer.placeOrder.order.id;
}

export async function cancelOrder(client: HubClient, order: string): Promise<void> {
  await client.graphql(`mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { id } } }`, {
    input: { order },
  });
}

export async function availableOf(client: HubClient, sku: string): Promise<number> {
  const { availability } = await client.graphql<{ availability: readonly ({ readonly available: string } | null)[] }>(
    AVAILABLE,
    { sku },
  );
  return Number(availability[0]?.available);
}
