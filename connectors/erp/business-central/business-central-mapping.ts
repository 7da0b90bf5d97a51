import type { ItemRecorded, LocationRecorded } from '../../../schema/events/inbox.ts';
import type { CodeMapping } from '../../runtime/code-mapping.ts';

/** What one company's words mean to the hub. Data of the operator. */
export interface BusinessCentralMapping {
  /** Units of measure, such as `PCS` to `EA`. */
  readonly units: CodeMapping<string>;
  readonly locationTypes: CodeMapping<LocationRecorded['type']>;
  readonly capabilities: CodeMapping<LocationRecorded['capabilities']>;
  /** By the text `true` or `false` of the field `blocked`. */
  readonly lifecycleByBlocked: CodeMapping<ItemRecorded['lifecycle']>;
  /** By item tracking code; the empty code is what items without tracking have. */
  readonly tracking: CodeMapping<ItemRecorded['tracking']>;
  /** The currency of the items' own unit price. */
  readonly companyCurrency: string;
  /** Price lists that shoppers pay by; lists that are named nowhere are left out. */
  readonly priceLists: readonly string[];
  /** Price lists that are told by their names, for those who pay by them. */
  readonly namedPriceLists?: readonly string[];
  /** Price lists of markdowns: while a price on them applies, it takes the place of the regular one. */
  readonly markdownLists?: readonly string[];
  /** Where the company's days begin at midnight, such as `Europe/London`. */
  readonly timeZone: string;
}
