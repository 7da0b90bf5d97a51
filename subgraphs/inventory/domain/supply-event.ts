import type { Steps } from '../../../kernel/model/quantity.ts';

/** What a purchase order or a supplier says of stock to come. Receipts against it are told by their movements. */
export interface SupplyEvent {
  readonly type: 'supply-stated';
  readonly atMs: number;
  readonly document: string;
  readonly location: string;
  /** Epoch milliseconds; an older statement about the same line changes nothing. */
  readonly statedAtMs: number;
  readonly lines: readonly {
    readonly line: string;
    readonly sku: string;
    /** All of the line; zero when it was cancelled. */
    readonly steps: Steps;
    readonly expectedAtMs: number | null;
  }[];
}
