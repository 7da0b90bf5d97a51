import type { HubClient } from '../../scripts/client/hub-client.ts';
import { ONLINE_LOCATIONS, SKUS } from '../harness/stock-world.ts';

export const CHANNEL = 'WEB';

const NETWORK = `mutation ($input: RegisterNetworkInput!) { registerNetwork(input: $input) { changeCursor } }`;
const REGISTER = `mutation ($input: RegisterChannelInput!) { registerChannel(input: $input) { changeCursor } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;
/** One network over both online locations, and who sells from it. */
export async function registerSelling(operator: HubClient): Promise<void> {
  await operator.graphql(NETWORK, { input: { id: CHANNEL, locations: [...ONLINE_LOCATIONS] } });
  await operator.graphql(REGISTER, { input: { id: CHANNEL, network: CHANNEL, currency: 'GBP', publishes: 'ATS' } });
}

/** @returns its id */
export async function placeOrder(client: HubClient, externalId: string, sku: string, units: number): Promise<string> {
  const lines = [{ sku, quantity: String(units), unitPriceMinor: 100 }];
  const tenders = [{ tender: 'CARD', amountMinor: 100 * units }];
  const input = { channel: CHANNEL, externalId, customer: 'SOAK', lines, tenders };
  const answer = await client.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  return answer.placeOrder.order.id;
}

const AVAILABLE = `query ($skus: [ID!]!) { availability(skus: $skus, channel: "${CHANNEL}") { sku { id } available } }`;

export async function readAvailability(client: HubClient): Promise<ReadonlyMap<string, number>> {
  type Row = { readonly sku: { readonly id: string }; readonly available: string } | null;
  const { availability } = await client.graphql<{ availability: readonly Row[] }>(AVAILABLE, { skus: SKUS });
  return new Map(availability.flatMap((row) => (row ? [[row.sku.id, Number(row.available)] as const] : [])));
}
