import type { HubClient } from '../../scripts/client/hub-client.ts';
import { readOrders, readPositions, type OrderRow } from '../harness/read-state.ts';
import { COUNTER, ONLINE_LOCATIONS } from '../harness/stock-world.ts';
import { readAvailability } from './fault-world.ts';
import type { HeldClaim, Reading, Records } from './records.ts';

const RESERVATIONS_PER_QUERY = 15;
const QUERIES_AT_ONCE = 4;

/** Everything that the public graph says of what was asked for. */
export async function readWorld(gateways: readonly [HubClient, ...HubClient[]], records: Records): Promise<Reading> {
  const [first] = gateways;
  const orders = await readOrders(first);
  const reservations = await readReservations(first, records);
  const positions = await readPositions(first, [...ONLINE_LOCATIONS, COUNTER]);
  return {
    claims: new Map([...orders.map(heldOrder), ...reservations]),
    onHand: new Map(positions.map(({ location, sku, onHand }) => [`${location} ${sku}`, Number(onHand)])),
    available: await Promise.all(gateways.map(readAvailability)),
  };
}

function heldOrder({ id, externalId, status, lines }: OrderRow): readonly [string, HeldClaim] {
  const states = lines.flatMap((line) => line.states);
  return [externalId, { id, status, units: states.reduce((sum, { quantity }) => sum + Number(quantity), 0) }];
}

async function readReservations(
  client: HubClient,
  { claims }: Records,
): Promise<readonly (readonly [string, HeldClaim])[]> {
  const acknowledged = claims.flatMap(({ kind, key, id }) => {
    return kind === 'reservation' && id !== undefined ? [{ key, id }] : [];
  });
  const pages = [];
  for (let from = 0; from < acknowledged.length; from += RESERVATIONS_PER_QUERY) {
    pages.push(acknowledged.slice(from, from + RESERVATIONS_PER_QUERY));
  }
  const held: (readonly [string, HeldClaim])[] = [];
  for (let from = 0; from < pages.length; from += QUERIES_AT_ONCE) {
    const read = pages.slice(from, from + QUERIES_AT_ONCE).map((page) => readPage(client, page));
    held.push(...(await Promise.all(read)).flat());
  }
  return held;
}

async function readPage(
  client: HubClient,
  page: readonly { readonly key: string; readonly id: string }[],
): Promise<readonly (readonly [string, HeldClaim])[]> {
  const fields = page.map((_, n) => `r${n}: reservation(id: $i${n}) { id status quantity }`).join(' ');
  const parameters = page.map((_, n) => `$i${n}: ID!`).join(', ');
  const variables = Object.fromEntries(page.map(({ id }, n) => [`i${n}`, id]));
  type Found = { readonly id: string; readonly status: string; readonly quantity: string } | null;
  const answer = await client.graphql<Record<string, Found>>(`query (${parameters}) { ${fields} }`, variables);
  return page.flatMap(({ key }, n) => {
    const found = answer[`r${n}`];
    return found ? [[key, { id: found.id, status: found.status, units: Number(found.quantity) }] as const] : [];
  });
}
