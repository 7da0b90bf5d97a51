import { CHANNEL_ID, skuId } from '../storefront/shop-data.ts';
import type { Operation } from '../storefront/operations.ts';

const SKUS_PER_PAGE = 20;
const PAGES = 200;

/** Every SKU that any page asks for. */
export const SHELF_SKUS: readonly string[] = Array.from({ length: PAGES + SKUS_PER_PAGE - 1 }, (_, n) => skuId(n));

/** The storefront query as far as its schema lets it be kept: without the locations, which have no hint. */
const SHELF = /* GraphQL */ `
  query Shelf($skus: [ID!]!, $channel: ID!) {
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
          available
          band
        }
      }
    }
  }
`;

export const SHELF_OPERATION: Operation = {
  name: 'shelf',
  meaning: `${SKUS_PER_PAGE} SKUs with price and availability, of which all may be kept; ${PAGES} pages in turns`,
  bodies: Array.from({ length: PAGES }, (_, page) =>
    JSON.stringify({
      query: SHELF,
      variables: { skus: SHELF_SKUS.slice(page, page + SKUS_PER_PAGE), channel: CHANNEL_ID },
    }),
  ),
};
