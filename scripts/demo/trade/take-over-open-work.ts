import type { HubClient } from '../../client/hub-client.ts';
import type { DemoRetailer } from '../start-demo-retailer.ts';

const OPEN_WORK = /* GraphQL */ `
  query OpenWork($location: ID!, $after: String) {
    orders(first: 50, after: $after, location: $location, status: PROCESSING) {
      edges {
        node {
          id
          lines {
            id
            sku {
              id
            }
            location {
              id
            }
            states {
              state
              quantity
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

interface Page {
  readonly orders: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly lines: readonly {
          readonly id: string;
          readonly sku: { readonly id: string };
          readonly location: { readonly id: string } | null;
          readonly states: readonly { readonly state: string; readonly quantity: string }[];
        }[];
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

type OpenOrder = Page['orders']['edges'][number]['node'];

/**
 * The simulated warehouse forgets its work when the process ends; the hub does not. What was released to it before and
 * not yet picked is handed to it again, under the same numbers. @returns how many orders
 */
export async function takeOverOpenWork({ wms, catalogue }: DemoRetailer, agent: HubClient): Promise<number> {
  const warehouses = catalogue.locations.filter(({ system }) => system === 'WMS').map(({ code }) => code);
  let takenOver = 0;
  for (const warehouse of warehouses) {
    for (const order of await openOrders(agent, warehouse)) {
      const lines = order.lines.flatMap((line) => releasedAt(warehouse, line));
      if (lines.length === 0) continue;
      await release(wms.url, { partner_order_id: order.id, warehouse, lines });
      takenOver++;
    }
  }
  return takenOver;
}

async function openOrders(agent: HubClient, location: string): Promise<readonly OpenOrder[]> {
  const orders: OpenOrder[] = [];
  for (let after: string | null = null, hasNext = true; hasNext;) {
    const page: Page = await agent.graphql<Page>(OPEN_WORK, { location, after });
    orders.push(...page.orders.edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: hasNext } = page.orders.pageInfo);
  }
  return orders;
}

function releasedAt(warehouse: string, { id, sku, location, states }: OpenOrder['lines'][number]): readonly object[] {
  const released = states.find(({ state }) => state === 'RELEASED');
  if (!released || location?.id !== warehouse) return [];
  return [{ partner_line_id: id, sku: sku.id, quantity: released.quantity }];
}

async function release(url: string, order: object): Promise<void> {
  const response = await fetch(new URL('/v1/orders', url), {
    method: 'POST',
    headers: { authorization: 'Bearer wms-token', 'content-type': 'application/json' },
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The warehouse did not take its work back: ${await response.text()}`);
}
