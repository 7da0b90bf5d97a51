import type { LocationMapping } from '../../runtime/code-mapping.ts';

/** What the words of the OMS mean to the hub. */
export interface PlainOmsMapping {
  /** Its nodes. */
  readonly locations: LocationMapping;
}
