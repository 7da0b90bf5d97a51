import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { NewLine, NewTender } from '../capture-order.ts';
import type { LineDiscount, PriceRule, Tax } from '../order-line.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import type { Destination } from '../sourcing/destination.ts';
import type { Told } from '../told.ts';

/** A change of what is bought, all of it or nothing. JSON data; quantities in steps. */
export interface OrderEdit {
  /** Why, in the words of whoever asked. */
  readonly reason: string;
  readonly by: string;
  /** Who allows other prices: a team, a policy. Absent: none are told. */
  readonly authority?: string;
  readonly newLines?: readonly NewLine[];
  /** Units more of lines. */
  readonly addedUnits?: readonly LineQuantity[];
  /** Units less of lines. */
  readonly takenUnits?: readonly LineQuantity[];
  readonly prices?: readonly LinePrice[];
  /** In the place of all charges for carriage. */
  readonly shipping?: { readonly description: string; readonly amountMinor: number; readonly taxes?: readonly Tax[] };
  readonly destination?: Destination;
  /** Under which the new address is kept beside the order. Absent: none is told. */
  readonly addressId?: string;
  /** Who promises what it costs more. Absent: whoever promised the rest. */
  readonly tenders?: readonly NewTender[];
  readonly substitution?: Substitution;
}

/** What is absent stays, or follows from the quantity. */
export interface LinePrice {
  readonly line: string;
  readonly unitPriceMinor?: number;
  readonly discounts?: readonly LineDiscount[];
  /** Of the whole line. */
  readonly taxes?: readonly Tax[];
}

export interface Substitution {
  readonly line: string;
  /** Units of the line that are replaced. */
  readonly quantity: Steps;
  /** What they are replaced by, in its own units and at its own price. */
  readonly by: NewLine;
  readonly priceRule: PriceRule;
  /** The location that does not find them and has the other goods at hand. Absent: nobody has begun them. */
  readonly location?: string;
  /** They are missing there, and are set apart in the ledger. */
  readonly isMissing?: boolean;
}

/** A change that waits for what it needs more of. */
export interface OpenEdit {
  readonly key: string;
  /** The claim. */
  readonly commandId: string;
  readonly edit: OrderEdit;
  /** Run by systems, which have to be asked to stop. */
  readonly wmsLocations: readonly string[];
  /** Of these, run by systems that send work elsewhere; absent: none. */
  readonly redirectable?: readonly string[];
  readonly told: Told;
}

/** When a platform made the changes that were taken in, epoch milliseconds. JSON data. */
export interface ToldChanges {
  readonly lastMs: number;
  /** The last one that told the order as a whole. Absent: none did. */
  readonly wholeMs?: number;
}
