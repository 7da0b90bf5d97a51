import { SystemClock } from '../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../kernel/ports/silent-telemetry.ts';
import { TrytonApi } from '../../../connectors/systems/tryton/tryton-api.ts';
import type { TrytonUnderTest } from '../../../connectors/systems/tryton/testing/config.ts';
import type { Tryton } from './open-tryton.ts';
import { seedCompany, type Company } from './seed-company.ts';
import { seedItems, seedOnHand, seedWarehouses, type SeedItem, type SeedWarehouse } from './seed-stock.ts';

/** What is sold and where, before anything happens. */
export interface TrytonSeed {
  readonly warehouses: readonly SeedWarehouse[];
  readonly items: readonly SeedItem[];
}

type TrytonAddress = Pick<Tryton, 'baseUrl' | 'database' | 'login'>;

const clock = new SystemClock();
/** A count of a thousand items is one call. */
const LIMITS = { attemptTimeoutMs: 600_000, callTimeoutMs: 600_000 };

function connect({ baseUrl, database, login }: TrytonAddress): TrytonApi {
  const platform = { clock, telemetry: silentTelemetry };
  return new TrytonApi({ system: 'tryton', baseUrl, database, login, limits: LIMITS, platform });
}

/** A retailer's company, warehouses, items and opening stock, through the same procedures that the hub uses. */
export async function seedTryton(tryton: Tryton, seed: TrytonSeed): Promise<TrytonUnderTest> {
  const year = new Date(clock.nowMs()).getUTCFullYear();
  return seedGoods(tryton, await seedCompany(() => connect(tryton), year), seed);
}

/** More warehouses, items and stock in a company that is there. */
export async function seedGoods(tryton: TrytonAddress, company: Company, seed: TrytonSeed): Promise<TrytonUnderTest> {
  const { baseUrl, database, login } = tryton;
  const api = connect(tryton);
  try {
    const warehouses = await seedWarehouses(api, seed.warehouses);
    const products = await seedItems(api, seed.items, company);
    for (const warehouse of warehouses) await seedOnHand(api, company, { warehouse, items: seed.items, products });
    const skus = seed.items.map(({ code }) => code);
    return { baseUrl, database, login, company: company.company, customer: company.customer, skus, warehouses };
  } finally {
    await api.close();
  }
}

const ITEMS = 60;

/** Small: a warehouse, a store and a shelf of sixty items in each. */
export const SMALL_SEED: TrytonSeed = {
  warehouses: [
    { code: 'DC-NORTH', name: 'North' },
    { code: 'ST-1', name: 'Store 1' },
  ],
  items: Array.from({ length: ITEMS }, (_, index) => ({
    code: `ITEM-${String(index + 1).padStart(3, '0')}`,
    title: `Item ${index + 1}`,
    listPrice: '6.90',
    costPrice: '3.10',
    category: index % 2 === 0 ? 'Lamps' : 'Mugs',
    ean: '4006381333931',
    onHand: 40,
  })),
};
