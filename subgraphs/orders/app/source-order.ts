import { formatQuantity, parseQuantity } from '../../../kernel/model/quantity.ts';
import { findNodes } from '../../../schema/commands/inventory.ts';
import type { Order } from '../domain/order.ts';
import { allocatable } from '../domain/owed-units.ts';
import type { LineChoice } from '../domain/plan-allocation.ts';
import type { Demand } from '../domain/sourcing-policy.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';

type Services = Pick<OrdersServices, 'askInventory' | 'sourcing' | 'limits'>;

export interface Sourcing {
  readonly choices: readonly LineChoice[];
  /** Lines that no location can serve at the moment. */
  readonly unsourced: readonly string[];
  /** Lines that too many locations have failed. */
  readonly givenUp: readonly string[];
}

type OpenDemand = Omit<Demand, 'nodes'> & { readonly quantityText: string; readonly lineRef: string };

/**
 * Chooses locations for the claimed units of an order that have none, or gives undefined when there are none.
 * @throws {Obstacle} when the ledger does not answer
 */
export async function sourceOrder(services: Services, order: Order, cause: Cause): Promise<Sourcing | undefined> {
  const { sourcingFailuresMax } = services.limits;
  const open = openDemands(order, sourcingFailuresMax);
  const givenUp = order.lines
    .filter((line) => line.claims.length > 0 && line.sourcingFailures >= sourcingFailuresMax)
    .filter((line) => line.sourcing !== 'GIVEN_UP')
    .map((line) => line.id);
  if (open.length === 0) return givenUp.length > 0 ? { choices: [], unsourced: [], givenUp } : undefined;
  const lines = open.map(({ lineRef, sku, quantityText, reservation }) => ({
    lineRef,
    sku,
    quantity: quantityText,
    reservation,
  }));
  const reply = await services.askInventory(findNodes, { channel: order.channel, lines }, cause.correlationId);
  const demands = open.map((demand): Demand => {
    const found = reply.lines.find((line) => line.lineRef === demand.lineRef);
    const { decimals = 0 } = order.lines.find((line) => line.id === demand.line) ?? {};
    const nodes = (found?.nodes ?? []).map(({ location, available }) => ({
      location,
      available: parseQuantity(available, decimals),
    }));
    return { ...demand, nodes };
  });
  const chosen = services.sourcing.choose(demands);
  return {
    choices: [...chosen].map(([{ line, reservation }, location]) => ({ line, reservation, location })),
    unsourced: demands.filter((demand) => !chosen.has(demand)).map(({ line }) => line),
    givenUp,
  };
}

function openDemands(order: Order, sourcingFailuresMax: number): readonly OpenDemand[] {
  return order.lines.flatMap((line) => {
    if (line.sourcingFailures >= sourcingFailuresMax) return [];
    return line.claims.flatMap((claim) => {
      const { reservation, commandId } = claim;
      const quantity = allocatable(claim);
      if (reservation === null || commandId !== null || quantity === 0) return [];
      return {
        line: line.id,
        lineRef: `${line.id}/${reservation}`,
        sku: line.sku,
        reservation,
        quantity,
        quantityText: formatQuantity(quantity, line.decimals),
        declinedBy: line.declinedBy,
      };
    });
  });
}
