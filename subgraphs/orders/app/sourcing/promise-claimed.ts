import { DomainError } from '../../../../kernel/model/errors.ts';
import type { CommandOutcome } from '../../domain/command-outcome.ts';
import type { Order } from '../../domain/order.ts';
import type { LinePromise } from '../../domain/promises/promise-delivery.ts';
import { chooseLocations } from '../../domain/sourcing/choose-locations.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { askNodes, type AskedDemand } from './ask-nodes.ts';
import { deliveryOf } from './delivery-of.ts';
import { sourcingRequestOf } from './sourcing-request.ts';

type Services = Pick<
  OrdersServices,
  'askInventory' | 'rules' | 'places' | 'capacity' | 'sourcing' | 'clock' | 'telemetry'
>;

/**
 * What a customer is promised whose stock was just claimed: by the same policy that chooses the locations later. Nothing
 * where the rules tell no time in transit; and a promise that cannot be made is no reason to fail.
 */
export async function promiseClaimed(
  services: Services,
  { order, outcome }: { readonly order: Order; readonly outcome: CommandOutcome },
  cause: Cause,
): Promise<readonly LinePromise[]> {
  const { rulebook } = services.rules.current();
  if (rulebook.rules.transit.length === 0 || outcome.status !== 'DONE') return [];
  const claims = outcome.reservations ?? [];
  const demands = order.lines.flatMap((line): AskedDemand[] => {
    const claim = claims.find(({ lineRef }) => lineRef === line.id);
    if (!claim) return [];
    const { id, sku, decimals, ordered: quantity, pickupAt } = line;
    const collected = pickupAt === undefined ? {} : { pickupAt };
    return [{ line: id, sku, decimals, reservation: claim.id, quantity, declinedBy: [], ...collected }];
  });
  if (demands.length === 0) return [];
  try {
    const { channel, destination = null } = order;
    const asked = await askNodes(services, { channel, demands, withSupply: true }, cause);
    const parts = { channel, destination, demands: asked.demands, held: [] };
    const request = await sourcingRequestOf(services, rulebook, parts);
    const plan = chooseLocations(services.sourcing, request);
    return asked.demands.flatMap((demand) => {
      const delivery = deliveryOf(demand, { request, plan, asked });
      return delivery ? [{ line: demand.line, dates: delivery.dates }] : [];
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    services.telemetry.count('orders_without_promise_total', { code: error.code });
    return [];
  }
}
