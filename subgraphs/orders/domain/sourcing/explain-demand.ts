import type { NodeOutlook, NodeOutlooks } from './node-outlook.ts';
import { aloneCost, objectionTo, type OpenDemand } from './open-demand.ts';
import type { Candidate, Choice, DecidedDemand, NodeStock, Preference } from './sourcing-policy.ts';

interface Decided {
  readonly open: OpenDemand;
  readonly outlooks: NodeOutlooks;
  /** What was chosen for this demand. */
  readonly choices: readonly Choice[];
  readonly lineNodesMax: number;
  /** Whether a location has still enough for the whole line, after what the plan takes from it. */
  readonly fits: (location: string) => boolean;
}

/** Says of each location why it was chosen, kept or rejected: the best first, those that could not serve it last. */
export function explainDemand({ open, outlooks, choices, lineNodesMax, fits }: Decided): DecidedDemand {
  const { demand } = open;
  const declined = new Set(demand.declinedBy);
  const chosenCost = dearestOf(open, choices);
  const candidates = demand.nodes.map((node): Candidate => {
    const outlook = outlooks.of(node.location);
    const about = { ...seen(outlook), ...node };
    const objection = objectionTo({ demand, node, outlook, declined, lineNodesMax });
    if (objection) return { ...about, outcome: 'REJECTED', because: objection, costMinor: null };
    const costMinor = costAt(open, node);
    const choice = choices.find(({ location }) => location === node.location);
    if (choice) return { ...about, outcome: 'CHOSEN', because: null, costMinor, delivery: choice.delivery };
    return {
      ...about,
      outcome: 'KEPT',
      because: preferenceOf({ costMinor, chosenCost, fits: fits(node.location) }),
      costMinor,
    };
  });
  return { line: demand.line, reservation: demand.reservation, candidates: candidates.sort(byMerit) };
}

function seen({ distanceKm, days: [first] }: NodeOutlook) {
  return { distanceKm, leavesOn: first?.leavesOn ?? null, delivery: first?.delivery ?? null };
}

function costAt(open: OpenDemand, { location }: NodeStock): number {
  const option = open.options.get(location);
  return option ? aloneCost(open, option) : 0;
}

/** Undefined when nothing was chosen. */
function dearestOf(open: OpenDemand, choices: readonly Choice[]): number | undefined {
  const costs = choices
    .map(({ location }) => open.options.get(location))
    .map((option) => (option ? aloneCost(open, option) : 0));
  return costs.length === 0 ? undefined : Math.max(...costs);
}

interface Kept {
  readonly costMinor: number;
  readonly chosenCost: number | undefined;
  readonly fits: boolean;
}

/** A location that could have sent the line for less was left out for the sake of the whole order. */
function preferenceOf({ costMinor, chosenCost, fits }: Kept): Preference {
  if (chosenCost === undefined || !fits) return 'USED_UP';
  return costMinor >= chosenCost ? 'COSTS_MORE' : 'AVOIDS_SPLIT';
}

const MERIT = { CHOSEN: 0, KEPT: 1, REJECTED: 2 } as const;

function byMerit(a: Candidate, b: Candidate): number {
  return (
    MERIT[a.outcome] - MERIT[b.outcome] ||
    (a.costMinor ?? 0) - (b.costMinor ?? 0) ||
    a.rank - b.rank ||
    (a.location < b.location ? -1 : Number(a.location > b.location))
  );
}
