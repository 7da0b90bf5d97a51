import { Refusal } from '../../../../kernel/model/errors.ts';
import { chooseLocations } from '../../domain/sourcing/choose-locations.ts';
import type { Demand, SourcingPlan, SourcingRequest } from '../../domain/sourcing/sourcing-policy.ts';
import type { OrdersServices } from '../orders-services.ts';
import type { StoredDecision } from './decision-store.ts';

type Services = Pick<OrdersServices, 'decisions' | 'rules' | 'places' | 'sourcing'>;

/** Decisions that are made anew in one go. */
const DECISIONS_MAX = 200;

/** What rules would have made of decisions that were followed. */
export interface RulesTrial {
  readonly tried: number;
  /** Decisions of which not every location was kept, so that others might have been chosen. */
  readonly incomplete: number;
  readonly parcels: { readonly before: number; readonly after: number };
  readonly unsourced: { readonly before: number; readonly after: number };
  readonly changes: readonly TrialChange[];
}

export interface TrialChange {
  readonly order: string;
  /** The locations of all lines, in their order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Makes the newest decisions anew under other rules: from what was known then of stock and days, with what the location
 * master says now. Reads and changes nothing else.
 * @throws {Refusal} RULE_VERSION_NOT_PLANNED, BAD_USER_INPUT
 */
export async function tryRules(
  services: Services,
  { version, first }: { readonly version: number; readonly first: number },
): Promise<RulesTrial> {
  if (first < 1 || first > DECISIONS_MAX) {
    throw new Refusal('BAD_USER_INPUT', `first must be 1 to ${DECISIONS_MAX}.`, { field: 'first', max: DECISIONS_MAX });
  }
  const rulebook = services.rules.bookOf(version);
  const decisions = await services.decisions.newest(first);
  const tried = decisions.map((decision) => {
    const request = requestOf(services, decision, rulebook);
    return { decision, plan: chooseLocations(services.sourcing, request) };
  });
  const places = (choices: SourcingPlan['choices']): readonly string[] => choices.map(({ location }) => location);
  const changes = tried
    .filter(({ decision, plan }) => placesByLine(decision.choices) !== placesByLine(plan.choices))
    .map(({ decision, plan }) => ({
      order: decision.order,
      before: places(decision.choices),
      after: places(plan.choices),
    }));
  const parcelsOf = (choices: SourcingPlan['choices']): number => new Set(places(choices)).size;
  const servedOf = (choices: SourcingPlan['choices']): number => new Set(choices.map(({ line }) => line)).size;
  const sum = (of: (each: (typeof tried)[number]) => number): number =>
    tried.reduce((total, each) => total + of(each), 0);
  return {
    tried: tried.length,
    incomplete: decisions.filter(({ lines }) => lines.some(({ omitted }) => omitted > 0)).length,
    parcels: {
      before: sum(({ decision }) => parcelsOf(decision.choices)),
      after: sum(({ plan }) => parcelsOf(plan.choices)),
    },
    unsourced: {
      before: sum(({ decision }) => decision.lines.length - servedOf(decision.choices)),
      after: sum(({ decision, plan }) => decision.lines.length - servedOf(plan.choices)),
    },
    changes,
  };
}

const placesByLine = (choices: SourcingPlan['choices']): string =>
  choices
    .map(({ line, location, quantity }) => `${line}@${location}:${quantity}`)
    .sort()
    .join();

function requestOf(
  { places }: Services,
  { atMs, channel, destination, lines, loads }: StoredDecision,
  rulebook: SourcingRequest['rulebook'],
): SourcingRequest {
  const demands = lines.map(({ candidates, omitted: _omitted, withoutStock: _without, ...demand }): Demand => {
    const nodes = candidates.map(({ location, available, rank }) => ({ location, available, rank }));
    return { ...demand, nodes };
  });
  const locations = [...new Set(demands.flatMap(({ nodes }) => nodes.map(({ location }) => location)))];
  return {
    nowMs: atMs,
    channel,
    destination,
    demands,
    places: places.of(locations),
    loads: new Map(loads),
    ownDays: new Set(),
    rulebook,
  };
}
