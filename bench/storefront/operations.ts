import { CHANNEL_ID, ORDER_COUNT, orderId, skuId } from './shop-data.ts';

/** A query that is asked again and again with other variables. */
export interface Operation {
  readonly name: string;
  readonly meaning: string;
  /** The bodies of the requests, one per set of variables. */
  readonly bodies: readonly string[];
}

const SKUS_PER_PAGE = 20;
const PAGES = 200;

const STOREFRONT = /* GraphQL */ `
  query Storefront($skus: [ID!]!, $channel: ID!) {
    skus(ids: $skus) {
      id
      title
      price {
        amount {
          amountMinor
          currencyCode
        }
      }
      availability(channel: $channel) {
        available
        band
        nodes {
          location {
            id
            name
          }
          available
          band
        }
      }
    }
  }
`;

const ORDER = /* GraphQL */ `
  query Order($id: ID!) {
    order(id: $id) {
      id
      externalId
      status
      placedAt
      totals {
        grand {
          amountMinor
          currencyCode
        }
      }
      lines {
        id
        lineNo
        ordered
        sku {
          id
          title
          product {
            id
            title
          }
        }
        location {
          id
          name
        }
        states {
          state
          quantity
        }
      }
      shipments {
        id
        carrier
        trackingNumber
        shippedAt
        deliveredAt
        location {
          id
          name
        }
        lines {
          orderLine {
            id
          }
          quantity
        }
      }
      returns {
        id
        number
        status
        openedAt
        lines {
          id
          quantity
          reason
          status
          sku {
            id
            title
          }
        }
        refunds {
          status
          amount {
            amountMinor
            currencyCode
          }
        }
      }
      timeline(first: 50) {
        edges {
          node {
            type
            summary
            occurredAt
            source
            lagMs
          }
        }
      }
    }
  }
`;

/** The storefront query over so many SKUs in one request, `pages` of them in turns. */
export function storefrontOf(skusPerPage: number, pages: number): Operation {
  const variablesOf = (page: number) => ({
    skus: Array.from({ length: skusPerPage }, (_, offset) => skuId(page + offset)),
    channel: CHANNEL_ID,
  });
  return {
    name: 'storefront',
    meaning: `${skusPerPage} SKUs with title, price and availability per location for a channel`,
    bodies: Array.from({ length: pages }, (_, page) =>
      JSON.stringify({ query: STOREFRONT, variables: variablesOf(page) }),
    ),
  };
}

/** Variables differ from request to request, so that no gateway answers two requests by one fetch. */
export const OPERATIONS: readonly Operation[] = [
  storefrontOf(SKUS_PER_PAGE, PAGES),
  {
    name: 'order',
    meaning: 'an order with lines, products, shipments, returns and its timeline',
    bodies: Array.from({ length: ORDER_COUNT }, (_, index) =>
      JSON.stringify({ query: ORDER, variables: { id: orderId(index) } }),
    ),
  },
];
