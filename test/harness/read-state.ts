import type { HubClient } from '../../scripts/client/hub-client.ts';

export interface PositionRow {
  readonly location: string;
  readonly sku: string;
  readonly onHand: string;
  readonly sellable: string;
  readonly returnPending: string;
  readonly softReserved: string;
  readonly allocated: string;
}

export interface OrderRow {
  readonly id: string;
  readonly channel: string;
  readonly externalId: string;
  readonly status: string;
  readonly customer: string | null;
  readonly lines: readonly {
    readonly sku: { readonly id: string };
    readonly ordered: string;
    readonly states: readonly { readonly state: string; readonly quantity: string }[];
  }[];
}

interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const POSITIONS = `query ($location: ID!, $after: String) { page: positions(location: $location, first: 500, after: $after) {
  edges { node { sku { id } onHand sellable returnPending softReserved allocated } } pageInfo { hasNextPage endCursor }
} }`;
const ORDERS = `query ($after: String) { page: orders(first: 100, after: $after) {
  edges { node { id channel externalId status customer lines { sku { id } ordered states { state quantity } } } }
  pageInfo { hasNextPage endCursor }
} }`;
const LOCATIONS = '{ locations { id } }';
const AVAILABILITY = `query ($skus: [ID!]!, $channel: ID!) { availability(skus: $skus, channel: $channel) {
  sku { id } available band } }`;

/** The stock of these locations, from the public graph. */
export async function readPositions(client: HubClient, locations: readonly string[]): Promise<readonly PositionRow[]> {
  const rows: PositionRow[] = [];
  for (const location of locations) {
    type Node = Omit<PositionRow, 'sku' | 'location'> & { readonly sku: { readonly id: string } };
    const nodes = await readAll<Node>(client, POSITIONS, { location });
    rows.push(...nodes.map(({ sku, ...rest }) => ({ ...rest, location, sku: sku.id })));
  }
  return rows;
}

/** Every order that the client may see, the newest first. */
export function readOrders(client: HubClient): Promise<readonly OrderRow[]> {
  return readAll<OrderRow>(client, ORDERS, {});
}

/** All stock, all orders and what may be sold of some SKUs: equal before and after whatever changes nothing. */
export async function readState(client: HubClient, { skus, channel }: { skus: readonly string[]; channel: string }) {
  const { locations } = await client.graphql<{ locations: readonly { readonly id: string }[] }>(LOCATIONS);
  const { availability } = await client.graphql<{ availability: readonly unknown[] }>(AVAILABILITY, { skus, channel });
  return {
    positions: await readPositions(
      client,
      locations.map(({ id }) => id),
    ),
    orders: await readOrders(client),
    availability,
  };
}

async function readAll<Node>(
  client: HubClient,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null, hasNext = true; hasNext;) {
    const { page }: { page: Page<Node> } = await client.graphql(query, { ...variables, after });
    nodes.push(...page.edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: hasNext } = page.pageInfo);
  }
  return nodes;
}
