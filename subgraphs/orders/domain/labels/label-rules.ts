import type { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';

/** A location whose parcels leave with labels that the hub buys. */
export interface LabelLocation {
  readonly location: string;
  /** What stands on its parcels as where they come from. */
  readonly from: ParcelAddress;
  /** Of the carrier. Absent: the cheapest that takes the parcel. */
  readonly service?: string;
}

/** For which parcels the hub buys labels, and of whom. */
export interface LabelRules {
  /** The carrier, or the platform for several, by its name as a source. */
  readonly system: string;
  /** What a base unit weighs of which nothing else is told, with its part of the packing. */
  readonly gramsPerUnit: number;
  readonly gramsBySku?: Readonly<Record<string, number>>;
  readonly locations: readonly LabelLocation[];
}

/** Nobody's labels are bought. */
export const NO_LABELS: LabelRules = { system: '', gramsPerUnit: 1, locations: [] };
