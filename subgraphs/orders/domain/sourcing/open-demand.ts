import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { NodeOutlook, NodeOutlooks } from './node-outlook.ts';
import type { Demand, NodeStock, Objection } from './sourcing-policy.ts';
import type { SourcingRules } from './sourcing-rules.ts';

/** A location that may serve a demand, and what each line of it costs there. */
export interface Option {
  readonly outlook: NodeOutlook;
  readonly available: Steps;
  readonly rank: number;
  /** Without the parcel and the units. */
  readonly lineCostMinor: number;
}

/** A demand with the locations that nothing speaks against. */
export interface OpenDemand {
  readonly demand: Demand;
  /** By location. */
  readonly options: ReadonlyMap<string, Option>;
}

/** Base units of a quantity, rounded up: how much work it is. */
export const unitsOf = (quantity: Steps, { decimals }: Pick<Demand, 'decimals'>): number =>
  Math.ceil(quantity / 10 ** decimals);

/** A demand with what each location that could serve it costs: all of it, or a part where lines may be split. */
export function openDemand(demand: Demand, outlooks: NodeOutlooks, rules: SourcingRules): OpenDemand {
  const options = new Map<string, Option>();
  const declined = new Set(demand.declinedBy);
  for (const node of demand.nodes) {
    const outlook = outlooks.of(node.location);
    if (objectionTo({ demand, node, outlook, declined, lineNodesMax: rules.lineNodesMax })) continue;
    const { available, rank } = node;
    options.set(node.location, { outlook, available, rank, lineCostMinor: rank * rules.rankCostMinor });
  }
  return { demand, options };
}

export interface Look {
  readonly demand: Demand;
  readonly node: NodeStock;
  readonly outlook: NodeOutlook;
  readonly declined: ReadonlySet<string>;
  readonly lineNodesMax: number;
}

/** What speaks against a location for a demand. */
export function objectionTo({ demand, node, outlook, declined, lineNodesMax }: Look): Objection | undefined {
  if (declined.has(node.location)) return 'DECLINED_BEFORE';
  if (outlook.objection) return outlook.objection;
  const isWhole = lineNodesMax === 1;
  if (node.available <= 0 || (isWhole && node.available < demand.quantity)) return 'TOO_FEW';
  const units = isWhole ? unitsOf(demand.quantity, demand) : 1;
  const hasRoom = outlook.days.some(({ hasPlace, unitsFree }) => hasPlace && unitsFree >= units);
  return hasRoom ? undefined : 'NO_CAPACITY';
}

/** What a demand would cost if it were sent from a location by itself. */
export function aloneCost({ demand }: OpenDemand, { outlook, lineCostMinor }: Option): number {
  return lineCostMinor + outlook.parcelCostMinor + outlook.unitCostMinor * unitsOf(demand.quantity, demand);
}

/** The cheapest first; of equal ones the one that the network prefers, and then by name. */
export const byAloneCost =
  (open: OpenDemand) =>
  (a: Option, b: Option): number =>
    aloneCost(open, a) - aloneCost(open, b) ||
    a.rank - b.rank ||
    (a.outlook.location < b.outlook.location ? -1 : Number(a.outlook.location > b.outlook.location));

/** The cheapest location of those that qualify. */
export function cheapestAlone(open: OpenDemand, qualifies: (option: Option) => boolean): Option | undefined {
  const compare = byAloneCost(open);
  let best: Option | undefined;
  for (const option of open.options.values()) {
    if ((!best || compare(option, best) < 0) && qualifies(option)) best = option;
  }
  return best;
}
