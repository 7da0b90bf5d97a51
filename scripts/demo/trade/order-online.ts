import { GraphqlFailure, type HubClient } from '../../client/hub-client.ts';
import type { DemoRetailer } from '../start-demo-retailer.ts';
import type { Chance } from './demo-chance.ts';

/** Shoppers of both web shops. Each call does one thing and tells it in a sentence. */
export interface OnlineShoppers {
  order(): Promise<string>;
}

const SHOPS = [
  { channel: 'WEB-GB', currency: 'GBP', customers: ['ALICE', 'BEN', 'CHLOE', 'DEV'] },
  { channel: 'WEB-IE', currency: 'EUR', customers: ['AOIFE', 'CONOR'] },
] as const;

const PRICES = /* GraphQL */ `
  query Prices($skus: [ID!]!, $currency: CurrencyCode!) {
    skus(ids: $skus) {
      id
      price(currency: $currency) {
        amount {
          amountMinor
        }
      }
    }
  }
`;

const PLACE = /* GraphQL */ `
  mutation Place($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      order {
        id
      }
    }
  }
`;

interface Prices {
  readonly skus: readonly ({
    readonly id: string;
    readonly price: { readonly amount: { readonly amountMinor: number } } | null;
  } | null)[];
}

/** `day` makes the order numbers of this day unlike those of any other. */
export function createOnlineShoppers(
  { catalogue }: DemoRetailer,
  { shop, chance, day }: { readonly shop: HubClient; readonly chance: Chance; readonly day: string },
): OnlineShoppers {
  const pieces = catalogue.items.filter(({ unit }) => unit === 'EA').map(({ sku }) => sku);
  let orders = 0;
  return {
    order: async () => {
      const { channel, currency, customers } = chance.pick(SHOPS);
      const skus = [...new Set(Array.from({ length: chance.between(1, 3) }, () => chance.pick(pieces)))];
      const prices = await shop.graphql<Prices>(PRICES, { skus, currency });
      const lines = prices.skus.flatMap((sku) =>
        sku?.price
          ? [{ sku: sku.id, quantity: String(chance.between(1, 2)), unitPriceMinor: sku.price.amount.amountMinor }]
          : [],
      );
      const carriage = { kind: 'SHIPPING', description: 'Standard delivery', amountMinor: 395 };
      const total = lines.reduce(
        (sum, line) => sum + Number(line.quantity) * line.unitPriceMinor,
        carriage.amountMinor,
      );
      const externalId = `${day}-${++orders}`;
      const customer = chance.pick(customers);
      const what = lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ');
      const tenders = [{ tender: 'CARD', amountMinor: total }];
      try {
        await shop.graphql(PLACE, { input: { channel, externalId, customer, lines, charges: [carriage], tenders } });
        return `${channel} took order ${externalId} of ${customer}: ${what}`;
      } catch (error) {
        if (error instanceof GraphqlFailure && error.code === 'INSUFFICIENT_STOCK') {
          return `${channel} had to refuse ${what}: not enough left`;
        }
        throw error;
      }
    },
  };
}
