import { GraphqlFailure, type HubClient } from '../../client/hub-client.ts';
import { DEMO_SYSTEMS } from '../connect-demo-retailer.ts';
import { DEMO_OMS } from '../demo-oms.ts';
import type { DemoRetailer } from '../start-demo-retailer.ts';
import type { Chance } from './demo-chance.ts';

/** Shoppers of all web shops. Each call does one thing and tells it in a sentence. */
export interface OnlineShoppers {
  order(): Promise<string>;
}

const SHOPS = [
  {
    channel: 'WEB-GB',
    currency: 'GBP',
    jurisdiction: 'GB',
    ratePercent: 20,
    customers: ['ALICE', 'BEN', 'CHLOE', 'DEV'],
  },
  // Orchestrated by an OMS.
  { channel: DEMO_OMS.channel, currency: 'GBP', jurisdiction: 'GB', ratePercent: 20, customers: ['ALICE', 'BEN'] },
  { channel: 'WEB-IE', currency: 'EUR', jurisdiction: 'IE', ratePercent: 23, customers: ['AOIFE', 'CONOR'] },
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

interface ShopTax {
  readonly jurisdiction: string;
  readonly ratePercent: number;
}

interface Bought {
  readonly count: number;
  readonly unitPriceMinor: number;
  readonly tax: ShopTax;
}

/** Prices include tax. */
function taxesOf(amountMinor: number, { jurisdiction, ratePercent }: ShopTax) {
  const included = Math.round((amountMinor * ratePercent) / (100 + ratePercent));
  return [{ jurisdiction, ratePercent: String(ratePercent), amountMinor: included }];
}

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
  const untaxed = new Set(catalogue.items.filter(({ taxRatePercent }) => taxRatePercent === 0).map(({ sku }) => sku));
  const lineOf = (sku: string, { count, unitPriceMinor, tax }: Bought) => ({
    sku,
    quantity: String(count),
    unitPriceMinor,
    taxes: untaxed.has(sku) ? [] : taxesOf(count * unitPriceMinor, tax),
  });
  let orders = 0;
  return {
    order: async () => {
      const { channel, currency, customers, ...tax } = chance.pick(SHOPS);
      const skus = [...new Set(Array.from({ length: chance.between(1, 3) }, () => chance.pick(pieces)))];
      const prices = await shop.graphql<Prices>(PRICES, { skus, currency });
      const lines = prices.skus.flatMap((sku) =>
        sku?.price
          ? [lineOf(sku.id, { count: chance.between(1, 2), unitPriceMinor: sku.price.amount.amountMinor, tax })]
          : [],
      );
      const carriage = {
        kind: 'SHIPPING',
        description: 'Standard delivery',
        amountMinor: 395,
        taxes: taxesOf(395, tax),
      };
      const total = lines.reduce(
        (sum, line) => sum + Number(line.quantity) * line.unitPriceMinor,
        carriage.amountMinor,
      );
      const externalId = `${day}-${++orders}`;
      const customer = chance.pick(customers);
      const what = lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ');
      const provider = { system: DEMO_SYSTEMS.psp, token: 'tok_visa' };
      const tenders = [{ tender: 'CARD', amountMinor: total, provider }];
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
