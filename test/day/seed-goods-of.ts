import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import type { TrytonUnderTest } from '../../connectors/systems/tryton/testing/config.ts';
import { TrytonApi } from '../../connectors/systems/tryton/tryton-api.ts';
import { only } from '../../scripts/servers/tryton/seed-company.ts';
import { seedGoods, type TrytonSeed } from '../../scripts/servers/tryton/seed-tryton.ts';

/** More warehouses and items beside those that the Tryton of the tests has. */
export async function seedGoodsOf(tryton: TrytonUnderTest, seed: TrytonSeed): Promise<TrytonUnderTest> {
  const platform = { clock: new SystemClock(), telemetry: silentTelemetry };
  const api = new TrytonApi({ ...tryton, system: 'seed', platform });
  try {
    const category = [['accounting', '=', true]];
    return await seedGoods(tryton, { ...tryton, accountCategory: await only(api, 'product.category', category) }, seed);
  } finally {
    await api.close();
  }
}
