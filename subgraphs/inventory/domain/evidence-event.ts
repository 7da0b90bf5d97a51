import type { Steps } from '../../../kernel/model/quantity.ts';
import type { Bucket } from './bucket.ts';
import type { FactSource } from './ledger-event.ts';
import type { ReceiptKey } from './receipt-book.ts';

/** A figure that a system told, beside what the ledger held at that instant. */
export interface BalanceDifference {
  readonly sku: string;
  readonly bucket: Bucket;
  readonly told: Steps;
  readonly recorded: Steps;
}

/** What was told and changed nothing: it is kept, and held against what the ledger says. */
export type EvidenceEvent =
  | {
      readonly type: 'balance-compared';
      readonly atMs: number;
      readonly source: FactSource;
      readonly location: string;
      readonly asOfMs: number;
      /** Figures that are the same. */
      readonly equal: number;
      /** Figures of an instant that is not remembered any more. */
      readonly tooOld: number;
      readonly differences: readonly BalanceDifference[];
    }
  | {
      /** A system that does not own a quantity wrote it. */
      readonly type: 'foreign-write-kept';
      readonly atMs: number;
      readonly source: FactSource;
      readonly fact: 'stock-adjusted' | 'goods-received';
      readonly location: string;
      /** The document of a receipt; absent in events from before receipts were matched. */
      readonly reference?: string;
      /** Signed. */
      readonly lines: readonly { readonly sku: string; readonly steps: Steps }[];
    }
  /** What a system tells of a receipt is not what was applied, and people were told so. */
  | ({
      readonly type: 'receipt-unmatched';
      readonly atMs: number;
      readonly system: string;
    } & ReceiptKey);
