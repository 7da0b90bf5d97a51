import type { DemoLocation } from '../../../connectors/simulators/demo-catalogue.ts';
import type { DemoRetailer } from '../start-demo-retailer.ts';
import type { Chance } from './demo-chance.ts';

/** The tills of all stores. Each call does one thing and tells it in a sentence. */
export interface Tills {
  sell(): string;
  /** Takes something back that was sold today; undefined while nothing was. */
  takeBack(): string | undefined;
}

interface Sold {
  readonly store: DemoLocation;
  readonly tender: 'CARD' | 'CASH';
  readonly receiptNumber: string;
  readonly sku: string;
  readonly quantity: string;
}

const SOLD_REMEMBERED_MAX = 200;
const LINES_MAX = 3;
const REASONS = ['too small', 'too large', 'faulty', 'unwanted'];

export function createTills(retailer: DemoRetailer, chance: Chance): Tills {
  const stores = retailer.catalogue.locations.filter(({ system }) => system !== 'WMS');
  const tillOf = ({ system }: DemoLocation) => (system === 'SQUARE' ? retailer.square : retailer.lightspeed);
  const sold: Sold[] = [];
  return {
    sell: () => {
      const store = chance.pick(stores);
      const lines = Array.from({ length: chance.between(1, LINES_MAX) }, () => lineOf(retailer, chance));
      const tender = chance.happens(0.7) ? 'CARD' : 'CASH';
      const { receiptNumber } = tillOf(store).ringUpSale({ locationCode: store.code, lines, tender });
      for (const line of lines.slice(0, 1)) sold.push({ store, tender, receiptNumber, ...line });
      if (sold.length > SOLD_REMEMBERED_MAX) sold.shift();
      return `${store.displayName} sold ${lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ')}`;
    },
    takeBack: () => {
      const [sale] = sold.splice(chance.between(0, sold.length - 1), 1);
      if (!sale) return undefined;
      const { store, tender, sku, quantity, receiptNumber } = sale;
      tillOf(store).ringUpReturn({
        locationCode: store.code,
        lines: [{ sku, quantity }],
        originalReceiptNumber: receiptNumber,
        // Money goes back the way it came.
        tender,
        reason: chance.pick(REASONS),
      });
      return `${store.displayName} took back ${quantity} ${sku} of receipt ${receiptNumber}`;
    },
  };
}

/** Goods by the piece in ones and twos, goods by weight in steps of 50 grams. */
function lineOf({ catalogue }: DemoRetailer, chance: Chance): { readonly sku: string; readonly quantity: string } {
  const { sku, unit } = chance.pick(catalogue.items);
  const quantity = unit === 'EA' ? String(chance.between(1, 2)) : (chance.between(2, 20) * 0.05).toFixed(3);
  return { sku, quantity };
}
