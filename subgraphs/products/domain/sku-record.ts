import type { ItemRecorded } from '../../../schema/events/inbox.ts';

/** What products knows about one SKU: the item as its owner told it last. */
export interface SkuRecord {
  /** The code of the SKU. */
  readonly id: string;
  /** The code of its product. */
  readonly product: string;
  readonly item: ItemRecorded;
  /** The system that may write it. */
  readonly owner: string;
  /** When the owner's statement was made, epoch milliseconds; an older statement never replaces it. */
  readonly statedAtMs: number;
  /** When the hub last heard it from its owner, epoch milliseconds; late by at most `HEARD_AGAIN_MS`. */
  readonly heardAtMs: number;
  /** When the next of its prices begins or ends to apply, epoch milliseconds; absent when none will. */
  readonly nextPriceAtMs?: number;
}

/** One statement of a system about an item. */
export interface ItemReport {
  readonly item: ItemRecorded;
  readonly system: string;
  /** Whether the system is the item master behind the ERP port. */
  readonly isFromErp: boolean;
  readonly statedAtMs: number;
  readonly heardAtMs: number;
}
