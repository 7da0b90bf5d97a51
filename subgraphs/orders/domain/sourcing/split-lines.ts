import { byAloneCost, type OpenDemand, type Option } from './open-demand.ts';
import { unitsOf } from './open-demand.ts';
import type { SourcingDraft } from './sourcing-draft.ts';

/**
 * Serves lines that no location can serve whole from several, where the rules allow that: from few rather than cheap ones.
 * A line that still falls short is left as it is.
 */
export function splitLines(draft: SourcingDraft, demands: readonly OpenDemand[], lineNodesMax: number): SourcingDraft {
  if (lineNodesMax === 1) return draft;
  const served = new Set(draft.assigned.map(({ open }) => open));
  return demands.reduce((whole, open) => (served.has(open) ? whole : splitLine(whole, open, lineNodesMax)), draft);
}

function splitLine(draft: SourcingDraft, open: OpenDemand, lineNodesMax: number): SourcingDraft {
  const trial = draft.copy();
  const cheapest = byAloneCost(open);
  const able = [...open.options.values()]
    .map((option) => ({ option, most: mostOf(trial, open, option) }))
    .filter(({ most }) => most > 0)
    .sort((a, b) => {
      const used =
        Number(trial.parcels.has(b.option.outlook.location)) - Number(trial.parcels.has(a.option.outlook.location));
      return b.most - a.most || used || cheapest(a.option, b.option);
    });
  let left = open.demand.quantity;
  for (const { option, most } of able.slice(0, lineNodesMax)) {
    const quantity = Math.min(most, left);
    if (quantity > 0 && trial.take(open, option, quantity)) left -= quantity;
  }
  return left === 0 ? trial : draft;
}

/** What stock and the room of a day leave. */
function mostOf(draft: SourcingDraft, open: OpenDemand, option: Option): number {
  const left = Math.min(open.demand.quantity, draft.leftOf(open, option));
  if (left === 0 || draft.fits(open, option, left)) return left;
  const stepsEach = 10 ** open.demand.decimals;
  const room = Math.max(...option.outlook.days.map((day) => (day.hasPlace ? day.unitsFree : 0)));
  const few = Math.min(left, Math.floor(room) * stepsEach);
  return few > 0 && unitsOf(few, open.demand) <= room && draft.fits(open, option, few) ? few : 0;
}
