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

/**
 * The simulated warehouse forgets its work when the process ends; the hub does not. What was released to it before and
 * not yet picked is handed to it again, under the same numbers. @returns how many orders
 */
export async function takeOverOpenWork({ wms, catalogue }: DemoRetailer, agent: HubClient): Promise<number> {
  const warehouses = catalogue.locations.filter(({ system }) => system === 'WMS').map(({ code }) => code);
  let orders = 0;
  for (const location of warehouses) {
    for (let after: string | null = null, hasNext = true; hasNext;) {
      const page: Page = await agent.graphql<Page>(OPEN_WORK, { location, after });
      for (const { node } of page.orders.edges) {
        const lines = node.lines.flatMap((line) => {
          const released = line.states.find(({ state }) => state === 'RELEASED');
          const isHere = line.location?.id === location;
          return released && isHere
            ? [{ partner_line_id: line.id, sku: line.sku.id, quantity: released.quantity }]
            : [];
        });
        if (lines.length === 0) continue;
        await release(wms.url, { partner_order_id: node.id, warehouse: location, lines });
        orders++;
      }
      ({ endCursor: after, hasNextPage: hasNext } = page.orders.pageInfo);
    }
  }
  return orders;
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
