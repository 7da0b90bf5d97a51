import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Erp } from '../../connectors/erp/port.ts';
import type { Wms } from '../../connectors/wms/port.ts';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { createBinLoader } from './app/bin-loader.ts';
import { INVENTORY_LIMITS, type InventoryLimits } from './app/inventory-limits.ts';
import { CONTEXT } from './app/ledger.ts';
import type { OpenedInventory } from './app/open-inventory.ts';
import { PositionOrder } from './app/position-query.ts';
import type { CountOwners } from './app/ownership.ts';
import { RunningInventory } from './app/running-inventory.ts';
import type { ChannelSettings, NetworkSettings } from './domain/ledger-command.ts';
import type { GraphqlContext } from './graphql/context.ts';
import { mutationResolvers } from './graphql/mutation-resolvers.ts';
import { queryResolvers } from './graphql/query-resolvers.ts';
import { disposeStockResolvers } from './graphql/dispose-stock.ts';
import { supplyResolvers } from './graphql/supply-resolvers.ts';
import { transferMutationResolvers } from './graphql/transfer-mutations.ts';
import { transferQueryResolvers, transferTypeResolvers } from './graphql/transfer-queries.ts';
import { typeResolvers } from './graphql/type-resolvers.ts';

export interface InventoryOptions {
  /** Where locations are read from at the start. Absent: they come as facts alone. */
  readonly erp?: Erp;
  /** The warehouse systems that know bins. Absent: no position has any. */
  readonly wms?: readonly Wms[];
  /** Registered as soon as their locations are; a network that is known already stays as it is. */
  readonly networks?: readonly NetworkSettings[];
  /** Registered as soon as their network is; a channel that is known already stays as it is. */
  readonly channels?: readonly ChannelSettings[];
  /**
   * Location -> the system whose counts are applied there for as long as the ownership register has no rule for them;
   * counts of other systems are only compared. A location without an entry takes counts from any system.
   */
  readonly countOwners?: CountOwners;
  /** Those that differ from INVENTORY_LIMITS. */
  readonly limits?: Partial<InventoryLimits>;
}

const SDL = readFileSync(join(import.meta.dirname, '../../schema/graphql/inventory.graphql'), 'utf8');

/** The context that owns stock: locations, positions, claims, and what may be sold. */
export function createInventory(platform: Platform, options: InventoryOptions = {}): Subgraph {
  const { erp, wms = [], networks = [], channels = [], countOwners = {} } = options;
  const limits: InventoryLimits = { ...INVENTORY_LIMITS, ...options.limits };
  const positionOrder = new PositionOrder();
  const inventory = new RunningInventory(platform, { erp, networks, channels, countOwners, limits });
  const running = (): OpenedInventory => {
    if (inventory.opened) return inventory.opened;
    throw new Obstacle('CONTEXT_UNAVAILABLE', 'Inventory has not started yet, or has stopped.', { context: CONTEXT });
  };
  return {
    name: CONTEXT,
    sdl: SDL,
    schema: createSubgraphSchema(SDL, {
      ...typeResolvers,
      ...transferTypeResolvers,
      ...supplyResolvers,
      Query: { ...queryResolvers, ...transferQueryResolvers },
      Mutation: { ...mutationResolvers, ...transferMutationResolvers, ...disposeStockResolvers },
    }),
    createContext: (request): GraphqlContext => {
      // Few operations ask for any.
      let bins: GraphqlContext['bins'] | undefined;
      return {
        ...request,
        get ledger() {
          return running().ledger;
        },
        get positionLog() {
          return running().positionLog;
        },
        get past() {
          return running().past;
        },
        nowMs: () => platform.clock.nowMs(),
        positionOrder,
        get bins() {
          return (bins ??= createBinLoader(wms, {
            batchKeysMax: limits.binsPerLookUpMax,
            telemetry: platform.telemetry,
          }));
        },
      };
    },
    start: () => inventory.start(),
    stop: () => inventory.stop(),
    readiness: () => inventory.readiness(),
  };
}
