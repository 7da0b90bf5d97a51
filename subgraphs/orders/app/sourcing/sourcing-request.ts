import type { CapacityClaim } from '../../domain/claims/capacity-claim.ts';
import type { Destination } from '../../domain/sourcing/destination.ts';
import { NodeOutlooks } from '../../domain/sourcing/node-outlook.ts';
import type { Rulebook } from '../../domain/sourcing/rulebook.ts';
import { loadKey, type Demand, type SourcingRequest } from '../../domain/sourcing/sourcing-policy.ts';
import type { OrdersServices } from '../orders-services.ts';

type Services = Pick<OrdersServices, 'capacity' | 'places' | 'clock'>;

export interface RequestParts {
  readonly channel: string;
  readonly destination: Destination | null;
  readonly demands: readonly Demand[];
  /** What the order holds of the capacity of locations. */
  readonly held: readonly CapacityClaim[];
}

/** Days of locations that are looked up for one order; of more locations the cheapest are looked at. */
const DAYS_MAX = 1_000;

/** Everything that a policy needs to know, read as of now. */
export async function sourcingRequestOf(
  { capacity, places, clock }: Services,
  rulebook: Rulebook,
  { channel, destination, demands, held }: RequestParts,
): Promise<SourcingRequest> {
  const locations = [...new Set(demands.flatMap(({ nodes }) => nodes.map(({ location }) => location)))];
  const bare = {
    nowMs: clock.nowMs(),
    channel,
    destination,
    rulebook,
    places: places.of(locations),
    loads: new Map(),
    ownDays: new Set(held.filter(({ orders }) => orders > 0).map(({ location, day }) => loadKey(location, day))),
  };
  const days = daysToLookUp(new NodeOutlooks(bare), locations, capacity);
  return { ...bare, demands, loads: await capacity.loadsOf(days) };
}

/** Days of which a limit is known, by the rules or because somebody said something of the very day. */
function daysToLookUp(
  outlooks: NodeOutlooks,
  locations: readonly string[],
  capacity: OrdersServices['capacity'],
): readonly string[] {
  const asked = locations
    .map((location) => outlooks.of(location))
    .filter(({ location, days }) => days.some((day) => day.isLimited || capacity.isLimited(location, day.day)))
    .sort((a, b) => a.parcelCostMinor - b.parcelCostMinor)
    .flatMap(({ location, days }) => days.map(({ day }) => loadKey(location, day)));
  return asked.slice(0, DAYS_MAX);
}
