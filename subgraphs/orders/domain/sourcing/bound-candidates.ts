import type { NodeOutlooks } from './node-outlook.ts';
import type { Demand, NodeStock } from './sourcing-policy.ts';

/** Pairs of a line and a location that are looked at closely for one order; each line has some however many there are. */
const PAIRS_MAX = 20_000;
const CANDIDATES_OF_LINE_MIN = 40;

/**
 * Keeps the locations of a line that are most likely to serve it: those that have all of it and that nothing speaks
 * against, by what a parcel costs from there and by the network's preference. What is left out is not looked at.
 */
export function boundCandidates(demand: Demand, outlooks: NodeOutlooks, lines: number): Demand {
  const most = Math.max(CANDIDATES_OF_LINE_MIN, Math.floor(PAIRS_MAX / lines));
  if (demand.nodes.length <= most) return demand;
  const looked = demand.nodes.map((node) => ({ node, hope: hopeOf(demand, node, outlooks) }));
  looked.sort((a, b) => a.hope - b.hope || a.node.rank - b.node.rank || (a.node.location < b.node.location ? -1 : 1));
  return { ...demand, nodes: looked.slice(0, most).map(({ node }) => node) };
}

/** What a parcel costs; locations that cannot serve the line, or not all of it, come after all others. */
function hopeOf({ quantity, declinedBy }: Demand, { location, available }: NodeStock, outlooks: NodeOutlooks): number {
  const { objection, parcelCostMinor } = outlooks.of(location);
  if (objection !== undefined || declinedBy.includes(location)) return Number.MAX_VALUE;
  return available >= quantity ? parcelCostMinor : parcelCostMinor + Number.MAX_SAFE_INTEGER;
}
