/** How a location works; times and days are those of its own time zone. */
export interface NodeRules {
  /** What comes later in the day is begun on the next working day, such as `14:30`; null: everything of a day is begun on it. */
  readonly cutOff: string | null;
  /** 1 is Monday, 7 is Sunday. */
  readonly workingDays: readonly number[];
  /** Days on which nobody works, such as `2026-12-25`. */
  readonly closedOn: readonly string[];
  /** Working days from the day on which work is begun to the day on which it leaves. */
  readonly handlingDays: number;
  /** What a parcel costs that leaves there, in minor units. */
  readonly parcelCostMinor: number;
  /** What each base unit costs that leaves there, in minor units. */
  readonly unitCostMinor: number;
  /** Parcels go no further than this; null: anywhere. */
  readonly distanceKmMax: number | null;
  /** Orders that can be worked on in a day; null: no limit. */
  readonly ordersPerDay: number | null;
  /** Base units that can be worked on in a day; null: no limit. */
  readonly unitsPerDay: number | null;
  /** Released work that nobody has begun within this time goes elsewhere; null: it may lie for ever. */
  readonly idleMinutes: number | null;
  /** Takes no part in sourcing at all. */
  readonly isExcluded: boolean;
  /** Serves these channels alone; null: all. */
  readonly channels: readonly string[] | null;
}

/** What of a location is otherwise than the default, and where it is. */
export interface NodeSetting extends Partial<NodeRules> {
  readonly location: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** Where the middle of a postal area is; the longest prefix that fits a destination holds. */
export interface PostalArea {
  readonly country: string;
  /** Without spaces, upper case; empty for the whole country. */
  readonly postalPrefix: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** How long carriers take; the first row that fits holds. */
export interface TransitTime {
  /** ISO 3166 alpha-2; null: every country. */
  readonly country: string | null;
  /** Without spaces, upper case; null: every postal code. */
  readonly postalPrefix: string | null;
  /** Fits parcels that do not go further; null: any distance, also an unknown one. */
  readonly distanceKmMax: number | null;
  readonly earliestDays: number;
  readonly latestDays: number;
}

/** By what locations are chosen, and when goods arrive. Data: versions of it are kept, and each decision names its own. */
export interface SourcingRules {
  /** What a location costs for each that stands before it in the network's order of preference, per line, in minor units. */
  readonly rankCostMinor: number;
  /** What a parcel costs per kilometre, in minor units; fractions are allowed. */
  readonly perKmMinor: number;
  /** What each day until the latest delivery costs, per parcel, in minor units. */
  readonly perDayMinor: number;
  /** What each parcel beyond the first costs besides its own cost, in minor units. */
  readonly splitPenaltyMinor: number;
  /** Locations that may serve one line together. */
  readonly lineNodesMax: number;
  /** How many working days, the first possible one included, are looked at for a day with capacity. */
  readonly capacityDaysMax: number;
  /** Whether goods that one order does not find at a location are looked for elsewhere by all others. */
  readonly cascadesRejections: boolean;
  readonly defaults: NodeRules;
  readonly nodes: readonly NodeSetting[];
  readonly postalAreas: readonly PostalArea[];
  readonly transit: readonly TransitTime[];
  /** Days on which carriers deliver; 1 is Monday. */
  readonly deliveryDays: readonly number[];
  readonly supply: SupplyTrust;
}

/** How far announced supply is trusted. */
export interface SupplyTrust {
  /** Days from the announced day until goods can be sold. */
  readonly receivingDays: number;
  /** Days by which goods on their way between locations may be late. */
  readonly inTransitSlackDays: number;
  /** Days by which goods from suppliers may be late. */
  readonly onOrderSlackDays: number;
}

/** The first location in the network's order of preference that can serve the whole line, and no promise of a date. */
export const DEFAULT_RULES: SourcingRules = {
  rankCostMinor: 1,
  perKmMinor: 0,
  perDayMinor: 0,
  splitPenaltyMinor: 0,
  lineNodesMax: 1,
  capacityDaysMax: 1,
  cascadesRejections: false,
  defaults: {
    cutOff: null,
    workingDays: [1, 2, 3, 4, 5, 6, 7],
    closedOn: [],
    handlingDays: 0,
    parcelCostMinor: 0,
    unitCostMinor: 0,
    distanceKmMax: null,
    ordersPerDay: null,
    unitsPerDay: null,
    idleMinutes: null,
    isExcluded: false,
    channels: null,
  },
  nodes: [],
  postalAreas: [],
  transit: [],
  deliveryDays: [1, 2, 3, 4, 5, 6],
  supply: { receivingDays: 1, inTransitSlackDays: 1, onOrderSlackDays: 3 },
};

/** Bounds of one version of the rules. */
export const SOURCING_RULES_LIMITS = {
  nodesMax: 5_000,
  postalAreasMax: 5_000,
  transitMax: 1_000,
  closedDaysMax: 400,
  channelsMax: 64,
  daysMax: 30,
  lineNodesMax: 5,
  capacityDaysMax: 7,
  costMinorMax: 100_000_000,
  distanceKmMax: 25_000,
  countMax: 1_000_000,
  idleMinutesMax: 43_200,
} as const;
