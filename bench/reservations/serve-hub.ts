import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { DomainError } from '../../kernel/model/errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { changesSinceOf } from '../../schema/commands/change-log.ts';
import type { ChangesSinceReply, ChangesSinceRequest } from '../../schema/commands/change-log.ts';
import { reserveStock } from '../../schema/commands/inventory.ts';
import type { ReserveStock } from '../../schema/commands/inventory.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { createInventory } from '../../subgraphs/inventory/main.ts';
import { openStock } from './open-stock.ts';
import { CHANNEL_ID, OPENING_STOCK } from './reserver.ts';
import type { Reserver } from './reserver.ts';
import { serveReserver } from './serve-reserver.ts';
import { LOCATION_IDS } from './stock-facts.ts';

/* The inventory context over embedded storage, asked by the command that other contexts send. */
const NETWORK_ID = 'UK';
const TIMEOUT_MS = 30_000;

await serveReserver(async (directory) => {
  const platform = await openEmbeddedPlatform({ directory });
  const inventory = createInventory(platform, {
    networks: [{ id: NETWORK_ID, locations: LOCATION_IDS }],
    channels: [{ id: CHANNEL_ID, network: NETWORK_ID, currency: 'GBP', publishes: 'ATS' }],
  });
  await inventory.start();
  const reserver = createReserver(platform);
  await openStock(platform, reserver, OPENING_STOCK);
  return reserver;
});

function createReserver({ rpc, ids }: Platform): Reserver {
  const reserveSubject = rpcSubjectOf(reserveStock.context, reserveStock.name);
  const changesSubject = rpcSubjectOf('inventory', changesSinceOf('inventory').name);
  return {
    reserve: async (sku) => {
      const commandId = ids.next();
      const request: ReserveStock = {
        commandId,
        kind: 'ORDER',
        channel: CHANNEL_ID,
        lines: [{ lineRef: 'line', sku, quantity: '1' }],
      };
      try {
        await rpc.request(reserveSubject, request, { timeoutMs: TIMEOUT_MS, correlationId: commandId });
        return true;
      } catch (error) {
        if (error instanceof DomainError && error.code === 'INSUFFICIENT_STOCK') return false;
        throw error;
      }
    },
    available: async () => {
      const request: ChangesSinceRequest = { event: availabilityChanged.type, filter: { channel: [CHANNEL_ID] } };
      const options = { timeoutMs: TIMEOUT_MS, correlationId: ids.next() };
      const { records } = (await rpc.request(changesSubject, request, options)) as ChangesSinceReply;
      return new Map(records.map(({ value }) => [String(value['sku']), Number(value['available'])]));
    },
  };
}
