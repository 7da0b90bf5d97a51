import type { HubClient } from '../../client/hub-client.ts';
import { DEMO_SYSTEMS } from '../connect-demo-retailer.ts';
import type { DemoRetailer } from '../start-demo-retailer.ts';

/**
 * Every location counts what lies on its shelves, so that the ledger and the simulated systems begin the day with the
 * same stock, whatever they remember of earlier days. The warehouse counts by itself, the stores with the count app.
 */
export async function countShelves(
  { catalogue, wms }: DemoRetailer,
  { integrator, day }: { readonly integrator: HubClient; readonly day: string },
): Promise<void> {
  const occurredAt = new Date().toISOString();
  const stores = catalogue.locations.filter(({ system }) => system !== 'WMS');
  for (const { locationCode, sku, quantity } of catalogue.openingStock) {
    const isStore = stores.some(({ code }) => code === locationCode);
    if (!isStore) wms.count({ warehouse: locationCode, sku, quantity });
  }
  const messages = stores.map(({ code }) => ({
    eventId: `${day}/${code}`,
    type: 'stock-counted',
    occurredAt,
    data: {
      location: code,
      lines: catalogue.openingStock
        .filter(({ locationCode }) => locationCode === code)
        .map(({ sku, quantity }) => ({ lineId: sku, sku, quantity })),
    },
  }));
  await integrator.ingest(DEMO_SYSTEMS.stockTake, messages);
}
