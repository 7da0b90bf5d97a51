import { boundCandidates } from './bound-candidates.ts';
import { coverTogether } from './cover-together.ts';
import { explainDemand } from './explain-demand.ts';
import { cheapestAlone, openDemand, type OpenDemand } from './open-demand.ts';
import { mergeParcels } from './merge-parcels.ts';
import { NodeOutlooks } from './node-outlook.ts';
import { SourcingDraft } from './sourcing-draft.ts';
import type { Demand, SourcingPlan, SourcingPolicy, SourcingRequest } from './sourcing-policy.ts';
import { splitLines } from './split-lines.ts';

/**
 * Serves as many lines as it can, then as cheaply as it finds: what lines, parcels, distances and days cost by the rules,
 * and a penalty for each parcel beyond the first. It compares each line on its own with all lines from few locations, and
 * gives up parcels whose lines others can send for less. Where parcels cost nothing, each line gets its cheapest location.
 */
export const cheapestNodesPolicy: SourcingPolicy = {
  name: 'cheapest-nodes/1',
  choose(request) {
    const outlooks = new NodeOutlooks(request);
    const { rules } = request.rulebook;
    const lines = request.demands.length;
    const demands = request.demands
      .toSorted(byLine)
      .map((demand) => openDemand(boundCandidates(demand, outlooks, lines), outlooks, rules));
    const draft = bestOf(draftsOf(demands, request));
    const whole = splitLines(draft, demands, rules.lineNodesMax);
    return planOf(whole, { demands, outlooks, lineNodesMax: rules.lineNodesMax });
  },
};

/** The numbers of lines are compared as numbers: `o.2` comes before `o.10`. */
function byLine(a: Demand, b: Demand): number {
  if (a.line.length !== b.line.length) return a.line.length - b.line.length;
  return compare(a.line, b.line) || compare(a.reservation, b.reservation);
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function draftsOf(demands: readonly OpenDemand[], { rulebook }: SourcingRequest): readonly SourcingDraft[] {
  const { splitPenaltyMinor } = rulebook.rules;
  const alone = eachAlone(demands, splitPenaltyMinor);
  const costsParcels = splitPenaltyMinor > 0 || demands.some(({ options }) => [...options.values()].some(costsParcel));
  if (!costsParcels || demands.length < 2) return [alone];
  const together = coverTogether(demands, splitPenaltyMinor);
  return [alone, mergeParcels(alone), ...together.map(mergeParcels)];
}

const costsParcel = ({ outlook }: { readonly outlook: { readonly parcelCostMinor: number } }): boolean =>
  outlook.parcelCostMinor > 0;

function eachAlone(demands: readonly OpenDemand[], splitPenaltyMinor: number): SourcingDraft {
  const draft = new SourcingDraft(splitPenaltyMinor);
  for (const open of demands) {
    const option = cheapestAlone(open, (each) => draft.fits(open, each, open.demand.quantity));
    if (option) draft.take(open, option, open.demand.quantity);
  }
  return draft;
}

/** Most lines first, then the lowest cost; of equal ones the first. */
function bestOf(drafts: readonly SourcingDraft[]): SourcingDraft {
  return drafts.reduce((best, draft) => {
    if (draft.served !== best.served) return draft.served > best.served ? draft : best;
    return draft.costMinor < best.costMinor ? draft : best;
  });
}

interface Looked {
  readonly demands: readonly OpenDemand[];
  readonly outlooks: NodeOutlooks;
  readonly lineNodesMax: number;
}

function planOf(draft: SourcingDraft, { demands, outlooks, lineNodesMax }: Looked): SourcingPlan {
  const choices = draft.choices();
  const byReservation = Map.groupBy(choices, ({ reservation }) => reservation);
  return {
    choices,
    decided: demands.map((open) =>
      explainDemand({
        open,
        outlooks,
        lineNodesMax,
        choices: byReservation.get(open.demand.reservation) ?? [],
        fits: (location) => fitsStill(draft, open, location),
      }),
    ),
    costMinor: draft.costMinor,
  };
}

function fitsStill(draft: SourcingDraft, open: OpenDemand, location: string): boolean {
  const option = open.options.get(location);
  return option !== undefined && draft.fits(open, option, open.demand.quantity);
}
