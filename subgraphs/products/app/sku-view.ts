import type { ItemRecorded } from '../../../schema/events/inbox.ts';

/** An item as it is answered, with the age of what is known. */
export interface SkuView {
  readonly item: ItemRecorded;
  /** When the hub last heard it from its owner, epoch milliseconds. */
  readonly asOfMs: number;
}
