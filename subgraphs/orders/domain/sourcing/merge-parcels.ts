import { byAloneCost } from './open-demand.ts';
import type { SourcingDraft } from './sourcing-draft.ts';

/** Rounds of improvement; each gives up at least one parcel. */
const ROUNDS_MAX = 20;

/** Gives up parcels whose lines the locations of the others send for less, the dearest to keep first. */
export function mergeParcels(draft: SourcingDraft): SourcingDraft {
  let best = draft;
  for (let round = 0; round < ROUNDS_MAX && best.parcels.size > 1; round++) {
    const merged = mergeOne(best);
    if (!merged) return best;
    best = merged;
  }
  return best;
}

function mergeOne(draft: SourcingDraft): SourcingDraft | undefined {
  let best: SourcingDraft | undefined;
  for (const location of [...draft.parcels].sort()) {
    const merged = moveAway(draft, location);
    if (merged && merged.costMinor < (best ?? draft).costMinor) best = merged;
  }
  return best;
}

/** Everything that comes from a location comes from the other locations of the plan; undefined when that does not go. */
function moveAway(draft: SourcingDraft, location: string): SourcingDraft | undefined {
  const rest = draft.without(location);
  for (const { open, option, quantity } of draft.assigned) {
    if (option.outlook.location !== location) continue;
    const others = [...rest.parcels].map((each) => open.options.get(each)).filter((each) => each !== undefined);
    const target = others.sort(byAloneCost(open)).find((each) => rest.fits(open, each, quantity));
    if (!target) return undefined;
    rest.take(open, target, quantity);
  }
  return rest;
}
