import type { DemoRetailer } from '../start-demo-retailer.ts';
import type { Chance } from './demo-chance.ts';

const MARKETS = ['british', 'irish'] as const;

/** Customers of the marketplaces, who now and then think better of it. */
export function createMarketplaceCustomers(
  { catalogue, markets }: DemoRetailer,
  chance: Chance,
): { buy(): string; regret(): string | undefined } {
  const pieces = catalogue.items.filter(({ unit }) => unit === 'EA');
  return {
    buy() {
      const market = markets[chance.pick(MARKETS)];
      const { sku } = chance.pick(pieces);
      const quantity = chance.between(1, 2);
      const { id } = market.buy({ lines: [{ sku, quantity }] });
      return `A marketplace sold ${quantity} ${sku} as ${id}`;
    },
    regret() {
      const market = markets[chance.pick(MARKETS)];
      const open = market
        .orders()
        .filter(({ status, items }) => status === 'Unshipped' && items[0]?.cancelAsked === null);
      if (open.length === 0) return undefined;
      const { id } = chance.pick(open);
      market.askToCancel(id, 'Bought by mistake');
      return `A customer of a marketplace asks to call ${id} off`;
    },
  };
}
