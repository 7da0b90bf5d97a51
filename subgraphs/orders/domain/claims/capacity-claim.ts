import type { Day } from '../sourcing/working-calendar.ts';

/** A place in the day of a location, which is given back when less is to be done there. */
export interface CapacityClaim {
  readonly location: string;
  readonly day: Day;
  /** 1, or 0 when the order had its place in the day already. */
  readonly orders: number;
  /** Base units, rounded up for each line. */
  readonly units: number;
}
