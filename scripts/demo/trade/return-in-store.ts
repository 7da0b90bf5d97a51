import type { HubClient } from '../../client/hub-client.ts';
import type { Chance } from './demo-chance.ts';

/** Customers who bring back to a store what they bought online. */
export interface ReturningCustomers {
  /** Undefined while nobody has anything to bring back. */
  bringBack(): Promise<string | undefined>;
}

const DELIVERED = /* GraphQL */ `
  query Delivered($channel: ID!) {
    orders(first: 20, channel: $channel, status: DELIVERED) {
      edges {
        node {
          id
          externalId
          returns {
            id
          }
          lines {
            id
            sku {
              id
            }
          }
        }
      }
    }
  }
`;

const REQUEST = /* GraphQL */ `
  mutation Request($input: RequestReturnInput!) {
    requestReturn(input: $input) {
      return {
        id
        lines {
          id
        }
      }
    }
  }
`;

/** The counter does the rest in one go: take in, look at, put back on the shelf. */
const COUNTER = /* GraphQL */ `
  mutation Counter($receive: ReceiveReturnInput!, $inspect: InspectReturnInput!, $dispose: DispositionReturnInput!) {
    receiveReturn(input: $receive) {
      return {
        status
      }
    }
    inspectReturn(input: $inspect) {
      return {
        status
      }
    }
    dispositionReturn(input: $dispose) {
      return {
        status
      }
    }
  }
`;

interface Orders {
  readonly orders: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly externalId: string;
        readonly returns: readonly { readonly id: string }[] | null;
        readonly lines: readonly { readonly id: string; readonly sku: { readonly id: string } }[];
      };
    }[];
  };
}

interface Requested {
  readonly requestReturn: {
    readonly return: { readonly id: string; readonly lines: readonly { readonly id: string }[] };
  };
}

export function createReturningCustomers(
  counter: HubClient,
  { chance, stores }: { readonly chance: Chance; readonly stores: readonly string[] },
): ReturningCustomers {
  return {
    bringBack: async () => {
      const { orders } = await counter.graphql<Orders>(DELIVERED, { channel: 'WEB-GB' });
      const candidates = orders.edges.map(({ node }) => node).filter(({ returns }) => returns?.length === 0);
      if (candidates.length === 0) return undefined;
      const order = chance.pick(candidates);
      const [line] = order.lines;
      if (!line) return undefined;
      const location = chance.pick(stores);
      const input = {
        idempotencyKey: `${order.id}/return`,
        order: order.id,
        location,
        lines: [{ orderLine: line.id, quantity: '1', reason: 'UNWANTED' }],
      };
      const { requestReturn } = await counter.graphql<Requested>(REQUEST, { input });
      const { id, lines } = requestReturn.return;
      await counter.graphql(COUNTER, {
        receive: { return: id, location },
        inspect: { return: id, lines: lines.map((each) => ({ line: each.id, condition: 'A' })) },
        dispose: { return: id, lines: lines.map((each) => ({ line: each.id, disposition: 'RESTOCK' })) },
      });
      return `${location} took back 1 ${line.sku.id} of order ${order.externalId} and restocked it`;
    },
  };
}
