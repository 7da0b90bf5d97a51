import { waitFor } from '../../kernel/testing/wait-for.ts';
import { DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import type { DemoHub } from './open-demo-hub.ts';
import { readPositions } from './read-state.ts';

export interface Shelf {
  readonly location: string;
  readonly sku: string;
  readonly quantity: string;
}

let countsSoFar = 0;

/** Each location counts these shelves, and the ledger has followed when this resolves. */
export async function stockShelves(demo: DemoHub, shelves: readonly Shelf[]): Promise<void> {
  const warehouses = demo.retailer.catalogue.locations.filter(({ system }) => system === 'WMS').map(({ code }) => code);
  const isWarehouse = ({ location }: Shelf) => warehouses.includes(location);
  for (const { location, sku, quantity } of shelves.filter(isWarehouse)) {
    demo.retailer.wms.count({ warehouse: location, sku, quantity });
  }
  const stores = Map.groupBy(
    shelves.filter((shelf) => !isWarehouse(shelf)),
    ({ location }) => location,
  );
  const occurredAt = new Date().toISOString();
  const messages = [...stores].map(([location, own]) => ({
    eventId: `test-count-${occurredAt}-${++countsSoFar}`,
    type: 'stock-counted',
    occurredAt,
    data: { location, lines: own.map(({ sku, quantity }) => ({ lineId: sku, sku, quantity })) },
  }));
  const integrator = await demo.as('integrator');
  if (messages.length > 0) await integrator.ingest(DEMO_SYSTEMS.stockTake, messages);
  await waitFor(async () => {
    const known = await readPositions(integrator, [...new Set(shelves.map(({ location }) => location))]);
    return shelves.every(
      ({ location, sku, quantity }) =>
        known.find((row) => row.location === location && row.sku === sku)?.onHand === quantity,
    );
  }, 'the counted stock');
}
