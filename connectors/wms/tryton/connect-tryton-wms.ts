import type { Platform } from '../../../kernel/ports/platform.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import { TrytonApi, type RecordId, type TrytonOptions } from '../../systems/tryton/tryton-api.ts';
import { TrytonBalances } from '../../systems/tryton/tryton-balances.ts';
import type { Wms } from '../port.ts';
import { workHandlers } from '../work-handlers.ts';
import { ReleasedWorkRegister } from './released-work.ts';
import { readTrytonStockAgain, trytonWmsFeeds } from './tryton-wms-feeds.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';
import { TrytonWarehouses } from './tryton-warehouses.ts';
import { TrytonWms } from './tryton-wms.ts';

export interface TrytonWmsOptions extends TrytonOptions {
  readonly mapping: TrytonWmsMapping;
  /** The party in Tryton that the hub's shipments are made out to. */
  readonly customer: RecordId;
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'telemetry'>;
}

/** Warehouses that are worked with Tryton. It sends no webhooks. */
export async function connectTrytonWms(options: TrytonWmsOptions): Promise<PolledConnection<Wms>> {
  const { system, mapping, customer, platform } = options;
  const api = new TrytonApi(options);
  const releases = await ReleasedWorkRegister.open(system, platform);
  const warehouses = new TrytonWarehouses(api, mapping, platform.clock);
  const port = new TrytonWms({ api, warehouses, releases, customer, clock: platform.clock });
  const feeds = { api, warehouses, releases, mapping };
  return {
    port,
    commands: workHandlers(port),
    feeds: trytonWmsFeeds(feeds),
    balances: new TrytonBalances({ api, clock: platform.clock, locations: mapping.locations }),
    mapping,
    readAgain: (origin, rows) => readTrytonStockAgain(origin, { ...feeds, mapping: { ...mapping, ...rows } }),
    close: () => api.close(),
  };
}
