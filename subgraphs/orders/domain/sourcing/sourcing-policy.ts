import type { StepDecimals, Steps } from '../../../../kernel/model/quantity.ts';
import type { Destination } from './destination.ts';
import type { Rulebook } from './rulebook.ts';
import type { Day } from './working-calendar.ts';

/** Units behind one reservation that need a location. */
export interface Demand {
  readonly line: string;
  readonly sku: string;
  readonly decimals: StepDecimals;
  readonly reservation: string;
  readonly quantity: Steps;
  /** Locations that did not find or would not do it before. */
  readonly declinedBy: readonly string[];
  /** Where it is collected; absent: it is sent. */
  readonly pickupAt?: string;
  /** Locations of the channel's network that have any of it. */
  readonly nodes: readonly NodeStock[];
}

export interface NodeStock {
  readonly location: string;
  /** What it could serve of this demand. */
  readonly available: Steps;
  /** 0 for the first in the network's order of preference. */
  readonly rank: number;
}

/** What the location master says of a location. */
export interface Place {
  readonly timeZone: string;
  readonly capabilities: readonly string[];
}

/** What of a location's day is taken. */
export interface Load {
  readonly orders: number;
  readonly units: number;
  /** A limit for this day alone, which holds instead of that of the rules; absent: none. */
  readonly ordersMax?: number;
  readonly unitsMax?: number;
}

export interface SourcingRequest {
  readonly nowMs: number;
  readonly channel: string;
  readonly destination: Destination | null;
  readonly demands: readonly Demand[];
  /** A location that is missing is not known to the location master: nothing of it is checked. */
  readonly places: ReadonlyMap<string, Place>;
  /** By `loadKey`; a day that is missing is free. */
  readonly loads: ReadonlyMap<string, Load>;
  /** Days, by `loadKey`, in which the order has its place already. */
  readonly ownDays: ReadonlySet<string>;
  readonly rulebook: Rulebook;
}

export const loadKey = (location: string, day: Day): string => `${location}|${day}`;

/** When goods should arrive: days, at the latest and at the earliest. */
export interface DeliveryDates {
  readonly earliestOn: Day;
  readonly latestOn: Day;
}

/** Units of a demand that are to come from a location. */
export interface Choice {
  readonly line: string;
  readonly reservation: string;
  readonly location: string;
  readonly quantity: Steps;
  /** The day whose capacity it takes; null when the location has no limit. */
  readonly capacityDay: Day | null;
  /** Base units of that capacity, rounded up. */
  readonly units: number;
  /** Null when the rules tell no time in transit. */
  readonly delivery: DeliveryDates | null;
  /** Where it is brought first, to be collected there; absent: it is served from its location. */
  readonly bringTo?: string;
}

/** Why a location cannot serve a demand. */
export type Objection =
  | 'DECLINED_BEFORE'
  | 'EXCLUDED_BY_RULE'
  | 'NOT_FOR_CHANNEL'
  | 'CANNOT_SHIP'
  | 'NO_PICKUP'
  | 'CLOSED'
  | 'TOO_FAR'
  | 'NO_CARRIER'
  | 'TOO_FEW'
  | 'NO_CAPACITY';

/** Why a location that could serve a demand was not chosen. */
export type Preference = 'COSTS_MORE' | 'AVOIDS_SPLIT' | 'USED_UP';

/** One location, as it was looked at for one demand. */
export interface Candidate extends NodeStock {
  readonly outcome: 'CHOSEN' | 'KEPT' | 'REJECTED';
  /** Null when it was chosen. */
  readonly because: Objection | Preference | null;
  readonly distanceKm: number | null;
  /** When it would leave; null when that is not known. */
  readonly leavesOn: Day | null;
  readonly delivery: DeliveryDates | null;
  /** What it would cost if this line were sent from there alone; null when it was rejected. */
  readonly costMinor: number | null;
}

export interface DecidedDemand {
  readonly line: string;
  readonly reservation: string;
  /** Those that were looked at; of very many the most likely ones. */
  readonly candidates: readonly Candidate[];
}

export interface SourcingPlan {
  /** A demand is served whole or not at all; it may be by several locations. */
  readonly choices: readonly Choice[];
  /** Of every demand, in the order of their lines. */
  readonly decided: readonly DecidedDemand[];
  readonly costMinor: number;
}

/**
 * Chooses the locations that serve an order. Pure: the same request always gets the same answer, in whatever order its
 * demands and locations are listed.
 */
export interface SourcingPolicy {
  /** Part of every decision, so that it can be told by what it was made. */
  readonly name: string;
  choose(request: SourcingRequest): SourcingPlan;
}
