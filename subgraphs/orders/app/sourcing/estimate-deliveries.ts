import { DomainError } from '../../../../kernel/model/errors.ts';
import { parsePositiveQuantity } from '../../../../kernel/model/quantity.ts';
import type { Destination } from '../../domain/sourcing/destination.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { askNodes, type AskedDemand } from './ask-nodes.ts';
import { deliveryOf, type Delivery } from './delivery-of.ts';
import { sourcingRequestOf } from './sourcing-request.ts';

type Services = Pick<OrdersServices, 'askInventory' | 'rules' | 'places' | 'capacity' | 'sourcing' | 'clock' | 'skus'>;

/** Estimates of one question to the ledger. */
export const ESTIMATES_MAX = 200;

export interface Wanted {
  readonly sku: string;
  readonly quantity: string;
}

interface Question {
  readonly channel: string;
  readonly destination: Destination | null;
  readonly wanted: readonly Wanted[];
}

/**
 * When each of some quantities would arrive, each as if it were ordered alone. Those of which nobody can say are missing;
 * an invalid quantity fails its own estimate. Nothing is asked where the rules tell no time in transit.
 */
export async function estimateDeliveries(
  services: Services,
  { channel, destination, wanted }: Question,
  cause: Cause,
): Promise<ReadonlyMap<string, Delivery | DomainError>> {
  const answers = new Map<string, Delivery | DomainError>();
  const { rulebook } = services.rules.current();
  if (rulebook.rules.transit.length === 0) return answers;
  const demands = await readDemands(services, wanted, answers);
  if (demands.length === 0) return answers;
  const asked = await askNodes(services, { channel, demands, withSupply: true, isClaimed: false }, cause);
  const parts = { channel, destination, demands: asked.demands, held: [] };
  const request = await sourcingRequestOf(services, rulebook, parts);
  for (const demand of asked.demands) {
    const plan = services.sourcing.choose({ ...request, demands: [demand] });
    const delivery = deliveryOf(demand, { request, plan, asked });
    if (delivery) answers.set(demand.reservation, delivery);
  }
  return answers;
}

/** Each quantity is a line of its own, which is named like its answer. */
async function readDemands(
  { skus }: Services,
  wanted: readonly Wanted[],
  answers: Map<string, Delivery | DomainError>,
): Promise<readonly AskedDemand[]> {
  const known = await skus.getMany(wanted.map(({ sku }) => sku));
  return wanted.flatMap(({ sku, quantity: text }): AskedDemand[] => {
    const decimals = known.get(sku)?.decimals;
    if (decimals === undefined) return [];
    const name = `${sku}|${text}`;
    try {
      const quantity = parsePositiveQuantity(text, decimals);
      return [{ line: name, reservation: name, sku, decimals, quantity, declinedBy: [] }];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      answers.set(name, error);
      return [];
    }
  });
}
