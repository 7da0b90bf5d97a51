import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { Destination } from './destination.ts';
import { NodeOutlooks, type NodeOutlook, type WorkDay } from './node-outlook.ts';
import { unitsOf } from './open-demand.ts';
import type {
  Candidate,
  Choice,
  DecidedDemand,
  Demand,
  NodeStock,
  Objection,
  SourcingPlan,
  SourcingRequest,
} from './sourcing-policy.ts';

/**
 * Serves each line that is collected from the location where it is, when that has all of it; else it is brought there from
 * the location that sends it for the least. A line is served whole, from one location, or not at all.
 */
export function collectDemands(request: SourcingRequest, demands: readonly Demand[]): SourcingPlan {
  const taken = new Map<string, number>();
  const plans = demands.map((demand) => collect({ request, demand, taken }));
  return {
    choices: plans.flatMap(({ choices }) => choices),
    decided: plans.map(({ decided }) => decided),
    costMinor: plans.reduce((sum, { costMinor }) => sum + costMinor, 0),
  };
}

interface Collecting {
  readonly request: SourcingRequest;
  readonly demand: Demand;
  /** What lines before take, by SKU and location, and of days, by location and day. */
  readonly taken: Map<string, number>;
}

interface Seen {
  readonly node: NodeStock;
  readonly outlook: NodeOutlook;
  readonly objection: Objection | null;
  readonly workDay: WorkDay | undefined;
  readonly costMinor: number;
}

function collect(collecting: Collecting): {
  readonly choices: readonly Choice[];
  readonly decided: DecidedDemand;
  readonly costMinor: number;
} {
  const { request, demand, taken } = collecting;
  const outlooks = new NodeOutlooks({ ...request, destination: counterOf(request, demand) });
  const seen = demand.nodes.map((node) => look(collecting, node, outlooks.of(node.location)));
  const able = seen.filter(({ objection }) => objection === null).sort(byMerit(demand));
  const [best] = able;
  const candidates = [...able, ...seen.filter(({ objection }) => objection !== null)].map((each) =>
    candidateOf(demand, each, best),
  );
  const decided = { line: demand.line, reservation: demand.reservation, candidates };
  if (!best?.workDay) return { choices: [], decided, costMinor: 0 };
  const choice = choiceOf(demand, best, best.workDay);
  add(taken, stockKey(demand, choice.location), demand.quantity);
  if (choice.capacityDay !== null) add(taken, `${choice.location}|${choice.capacityDay}|units`, choice.units);
  return { choices: [choice], decided, costMinor: best.costMinor };
}

/** Goods that are brought go to the counter, and not to the customer. */
function counterOf({ destination, rulebook }: SourcingRequest, { pickupAt = '' }: Demand): Destination {
  const { latitude, longitude } = rulebook.node(pickupAt).point ?? { latitude: null, longitude: null };
  return { country: destination?.country ?? '', postalCode: null, latitude, longitude };
}

/** What keeps a location from sending to customers, but not from handing over, or from sending to another location. */
const NOT_AT_COUNTER: readonly (Objection | undefined)[] = ['CANNOT_SHIP', 'TOO_FAR', 'NO_CARRIER'];
const NOT_BETWEEN: readonly (Objection | undefined)[] = ['NO_CARRIER'];

function look({ request, demand, taken }: Collecting, node: NodeStock, outlook: NodeOutlook): Seen {
  const isCounter = node.location === demand.pickupAt;
  const units = unitsOf(demand.quantity, demand);
  const left = node.available - (taken.get(stockKey(demand, node.location)) ?? 0);
  const workDay = outlook.days.find(({ day, hasPlace, unitsFree }) => {
    return hasPlace && unitsFree - (taken.get(`${node.location}|${day}|units`) ?? 0) >= units;
  });
  const capabilities = request.places.get(node.location)?.capabilities;
  const isBarred = isCounter && capabilities !== undefined && !capabilities.includes('PICKUP');
  const objection =
    (demand.declinedBy.includes(node.location) ? 'DECLINED_BEFORE' : undefined) ??
    (isBarred ? 'NO_PICKUP' : undefined) ??
    ((isCounter ? NOT_AT_COUNTER : NOT_BETWEEN).includes(outlook.objection) ? undefined : outlook.objection) ??
    (left < demand.quantity ? 'TOO_FEW' : undefined) ??
    (workDay ? null : outlook.days.length === 0 ? 'CLOSED' : 'NO_CAPACITY');
  const costMinor = (isCounter ? 0 : outlook.parcelCostMinor) + outlook.unitCostMinor * units;
  return { node, outlook, objection, workDay, costMinor };
}

/** The counter itself first, then what costs the least. */
const byMerit =
  ({ pickupAt }: Demand) =>
  (a: Seen, b: Seen): number =>
    Number(b.node.location === pickupAt) - Number(a.node.location === pickupAt) ||
    a.costMinor - b.costMinor ||
    a.node.rank - b.node.rank ||
    (a.node.location < b.node.location ? -1 : 1);

function choiceOf(demand: Demand, { node }: Seen, workDay: WorkDay): Choice {
  const { line, reservation, quantity, pickupAt } = demand;
  const isCounter = node.location === pickupAt;
  const common = { line, reservation, location: node.location, quantity, units: unitsOf(quantity, demand) };
  // Room in a day is kept for what a location hands over or sends to customers.
  const capacityDay = isCounter && workDay.isLimited ? workDay.day : null;
  const delivery = deliveryOf(workDay, isCounter);
  return { ...common, capacityDay, delivery, ...(!isCounter && pickupAt !== undefined && { bringTo: pickupAt }) };
}

/** Ready on the day on which it would leave; what is brought, when it arrives. */
const deliveryOf = ({ leavesOn, delivery }: WorkDay, isCounter: boolean): Choice['delivery'] =>
  isCounter ? { earliestOn: leavesOn, latestOn: leavesOn } : delivery;

function candidateOf(
  { pickupAt }: Demand,
  { node, outlook, objection, workDay, costMinor }: Seen,
  best: Seen | undefined,
): Candidate {
  const day = workDay ?? outlook.days[0];
  const about = {
    ...node,
    distanceKm: outlook.distanceKm,
    leavesOn: day?.leavesOn ?? null,
    delivery: day ? deliveryOf(day, node.location === pickupAt) : null,
  };
  if (objection !== null) return { ...about, outcome: 'REJECTED', because: objection, costMinor: null };
  if (node === best?.node) return { ...about, outcome: 'CHOSEN', because: null, costMinor };
  return { ...about, outcome: 'KEPT', because: 'COSTS_MORE', costMinor };
}

const stockKey = ({ sku }: Demand, location: string): string => `${sku}|${location}`;

function add(sums: Map<string, Steps>, key: string, more: Steps): void {
  sums.set(key, (sums.get(key) ?? 0) + more);
}
