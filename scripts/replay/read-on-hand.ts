import type { HubClient } from '../client/hub-client.ts';

const POSITIONS = /* GraphQL */ `
  query Positions($location: ID!, $after: String) {
    positions(location: $location, first: 500, after: $after) {
      edges {
        node {
          sku {
            id
          }
          onHand
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
  readonly positions: {
    readonly edges: readonly { readonly node: { readonly sku: { readonly id: string }; readonly onHand: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** On hand of every position of these locations, by `sku|location`, from the public graph. */
export async function readOnHand(hub: HubClient, locations: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const onHand = new Map<string, number>();
  for (const location of locations) {
    for (let after: string | null = null, hasNext = true; hasNext;) {
      const { positions }: Page = await hub.graphql<Page>(POSITIONS, { location, after });
      for (const { node } of positions.edges) onHand.set(`${node.sku.id}|${location}`, Number(node.onHand));
      ({ endCursor: after, hasNextPage: hasNext } = positions.pageInfo);
    }
  }
  return onHand;
}
