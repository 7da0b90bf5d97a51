import type { OutboundCommands } from '../../connectors/outbound/port.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { recordStock } from '../../schema/commands/outbound-stock.ts';
import { createInventory, type InventoryOptions } from '../../subgraphs/inventory/main.ts';
import { createOperations, type OperationsOptions } from '../../subgraphs/operations/main.ts';
import { createOrders, type OrdersOptions } from '../../subgraphs/orders/main.ts';
import { createProducts, type ProductsOptions } from '../../subgraphs/products/main.ts';
import { createReturns, type ReturnsOptions } from '../../subgraphs/returns/main.ts';
import type { SubgraphRole } from './roles.ts';
import type { ConnectedSystems } from './systems.ts';

/** How a deployment sells: who sells from where, and who may say how much is there. */
export type RetailOptions = Pick<InventoryOptions, 'networks' | 'channels' | 'countOwners'> &
  Pick<
    OrdersOptions,
    | 'captureRules'
    | 'labelRules'
    | 'notificationRules'
    | 'orchestrationRules'
    | 'pickupRules'
    | 'placementRules'
    | 'salesOrderRules'
    | 'shortRules'
    | 'sourcing'
    | 'sourcingRules'
    | 'substitutionRules'
    | 'timeRules'
    | 'taxRules'
  > & {
    /** Versions of what may come back and what money it gives back. */
    readonly returnRules?: NonNullable<ReturnsOptions['rules']>;
  };

export interface CreateSubgraphsOptions {
  readonly retail?: RetailOptions;
  readonly operationsLimits?: NonNullable<OperationsOptions['limits']>;
  readonly ordersLimits?: NonNullable<OrdersOptions['limits']>;
  readonly productsLimits?: NonNullable<ProductsOptions['limits']>;
  readonly reconciliationLimits?: NonNullable<OperationsOptions['reconciliation']>;
}

export interface SubgraphSurroundings {
  readonly platform: Platform;
  readonly systems: ConnectedSystems;
  readonly outbound: OutboundCommands;
}

/** Those of these names, in their order. None is started yet. */
export function createSubgraphs(
  names: readonly SubgraphRole[],
  { platform, systems, outbound }: SubgraphSurroundings,
  {
    retail = {},
    productsLimits = {},
    operationsLimits = {},
    ordersLimits = {},
    reconciliationLimits = {},
  }: CreateSubgraphsOptions = {},
): readonly Subgraph[] {
  const erp = systems.erp?.port;
  const wms = systems.wms.map(({ port }) => port);
  const pos = systems.pos.map(({ port }) => port);
  const payments = (systems.payments ?? []).map(({ port }) => port);
  const carriers = (systems.carriers ?? []).map(({ port }) => port);
  const marketplaces = (systems.marketplaces ?? []).map(({ port }) => port);
  const taxes = (systems.taxes ?? []).map(({ port }) => port);
  const oms = (systems.oms ?? []).map(({ port }) => port);
  const messengers = (systems.messengers ?? []).map(({ port }) => port);
  const { returnRules, networks, channels, countOwners, ...ofOrders } = retail;
  const places = { ...(networks && { networks }), ...(channels && { channels }), ...(countOwners && { countOwners }) };
  const create: Readonly<Record<SubgraphRole, () => Subgraph>> = {
    inventory: () => createInventory(platform, { ...places, wms, ...(erp && { erp }) }),
    products: () => createProducts(platform, { ...(erp && { erp }), limits: productsLimits }),
    orders: () =>
      createOrders(platform, {
        wms,
        pos,
        outbound,
        payments,
        carriers,
        marketplaces,
        taxes,
        messengers,
        ...(erp && { erp }),
        oms,
        ...ofOrders,
        limits: ordersLimits,
      }),
    returns: () =>
      createReturns(platform, { outbound, ...(erp && { erp }), ...(returnRules && { rules: returnRules }) }),
    operations: () =>
      createOperations(platform, {
        limits: operationsLimits,
        reconciliation: reconciliationLimits,
        orchestration: { rules: retail.orchestrationRules ?? [], systems: oms.map(({ system }) => system) },
        stockKeepers: { outbound, systems: stockKeepersOf(systems) },
      }),
  };
  return names.map((name) => create[name]());
}

/** The POS estates that keep stock of their own and take the hub's word about it. */
function stockKeepersOf({ pos }: ConnectedSystems): readonly string[] {
  const keepers = pos.filter(({ commands = {} }) => Object.hasOwn(commands, recordStock.name));
  return keepers.map(({ port }) => port.system);
}
