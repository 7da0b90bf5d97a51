import { byAloneCost, type OpenDemand } from './open-demand.ts';
import { SourcingDraft } from './sourcing-draft.ts';

/** Locations that are looked at closely, whatever the size of the network: the cheapest of each line and the most able. */
const CHEAPEST_MAX = 256;
const MOST_ABLE_MAX = 64;

/**
 * Plans that send few parcels: all lines from one location, and lines added to the location that sends them for the least
 * each, again and again. No more than a bounded number of locations is tried, however many the network has.
 */
export function coverTogether(demands: readonly OpenDemand[], splitPenaltyMinor: number): readonly SourcingDraft[] {
  const pool = poolOf(demands);
  return [bestSingle(demands, pool, splitPenaltyMinor), greedy(demands, pool, splitPenaltyMinor)].filter(
    (draft) => draft !== undefined,
  );
}

/** What each location of the pool may serve, the lines in their order. */
type Pool = ReadonlyMap<string, readonly OpenDemand[]>;

function poolOf(demands: readonly OpenDemand[]): Pool {
  const byLocation = new Map<string, OpenDemand[]>();
  const pooled = new Set<string>();
  const cheapestMax = Math.max(1, Math.floor(CHEAPEST_MAX / demands.length));
  for (const open of demands) {
    const whole = [...open.options.values()].filter(({ available }) => available >= open.demand.quantity);
    for (const { outlook } of whole) {
      const served = byLocation.get(outlook.location);
      if (served) served.push(open);
      else byLocation.set(outlook.location, [open]);
    }
    for (const { outlook } of whole.sort(byAloneCost(open)).slice(0, cheapestMax)) pooled.add(outlook.location);
  }
  const mostAble = [...byLocation].sort(([a, servedA], [b, servedB]) => {
    return servedB.length - servedA.length || (a < b ? -1 : 1);
  });
  for (const [location] of mostAble.slice(0, MOST_ABLE_MAX)) pooled.add(location);
  return new Map([...byLocation].filter(([location]) => pooled.has(location)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The cheapest location that serves every line that can be served at all. */
function bestSingle(demands: readonly OpenDemand[], pool: Pool, splitPenaltyMinor: number): SourcingDraft | undefined {
  const servable = demands.filter(({ options }) => options.size > 0).length;
  let best: SourcingDraft | undefined;
  for (const [location, served] of pool) {
    if (served.length < servable) continue;
    const draft = new SourcingDraft(splitPenaltyMinor);
    takeAll(draft, location, served);
    if (draft.served === servable && draft.costMinor < (best?.costMinor ?? Infinity)) best = draft;
  }
  return best;
}

interface Offer {
  readonly location: string;
  /** What each line costs that is taken from there now; it never falls as other lines are taken. */
  readonly priceMinor: number;
}

/** Looks again only at offers that could be the best, because an offer never gets better by what others take. */
function greedy(demands: readonly OpenDemand[], pool: Pool, splitPenaltyMinor: number): SourcingDraft {
  const draft = new SourcingDraft(splitPenaltyMinor);
  const open = new Set(demands);
  let offers = offersOf(draft, pool, open);
  while (open.size > 0 && offers.length > 0) {
    const [first, ...rest] = offers as [Offer, ...Offer[]];
    const now = offerOf(draft, first.location, remaining(pool, first.location, open));
    if (!now) {
      offers = rest;
    } else if (now.priceMinor > (rest[0]?.priceMinor ?? Infinity)) {
      offers = insert(rest, now);
    } else {
      const served = remaining(pool, first.location, open);
      for (const each of takeAll(draft, first.location, served)) open.delete(each);
      offers = rest;
    }
  }
  return draft;
}

const remaining = (pool: Pool, location: string, open: ReadonlySet<OpenDemand>): readonly OpenDemand[] =>
  (pool.get(location) ?? []).filter((each) => open.has(each));

function offersOf(draft: SourcingDraft, pool: Pool, open: ReadonlySet<OpenDemand>): readonly Offer[] {
  return [...pool.keys()]
    .map((location) => offerOf(draft, location, remaining(pool, location, open)))
    .filter((offer) => offer !== undefined)
    .sort((a, b) => a.priceMinor - b.priceMinor || (a.location < b.location ? -1 : 1));
}

function offerOf(draft: SourcingDraft, location: string, served: readonly OpenDemand[]): Offer | undefined {
  const trial = draft.copy();
  const taken = takeAll(trial, location, served).length;
  return taken === 0 ? undefined : { location, priceMinor: (trial.costMinor - draft.costMinor) / taken };
}

function insert(offers: readonly Offer[], offer: Offer): readonly Offer[] {
  const at = offers.findIndex(({ priceMinor }) => priceMinor > offer.priceMinor);
  return at < 0 ? [...offers, offer] : [...offers.slice(0, at), offer, ...offers.slice(at)];
}

/** Takes what fits, line by line. @returns the lines that were taken */
function takeAll(draft: SourcingDraft, location: string, served: readonly OpenDemand[]): readonly OpenDemand[] {
  return served.filter((open) => {
    const option = open.options.get(location);
    return option !== undefined && draft.take(open, option, open.demand.quantity);
  });
}
