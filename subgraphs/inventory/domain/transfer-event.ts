import type { Steps } from '../../../kernel/model/quantity.ts';

export interface RequestedTransferLine {
  readonly line: string;
  readonly sku: string;
  readonly steps: Steps;
}

/** What the journal says of transfers. Claims and movements stand beside it in the same batch, as their own events. */
export type TransferEvent =
  | {
      readonly type: 'transfer-requested';
      readonly atMs: number;
      readonly transfer: string;
      /** Absent: not told yet. */
      readonly from?: string;
      readonly to: string;
      readonly expectedAtMs: number | null;
      /** Told by a system without having been requested here. */
      readonly isInferred?: true;
      /** Absent: it is no order's. */
      readonly order?: { readonly id: string; readonly channel: string };
      readonly lines: readonly RequestedTransferLine[];
    }
  | { readonly type: 'transfer-approved' | 'transfer-staged'; readonly atMs: number; readonly transfer: string }
  /** What has not left yet will not leave any more; what is on its way goes on. */
  | { readonly type: 'transfer-cancelled'; readonly atMs: number; readonly transfer: string }
  | {
      readonly type: 'transfer-shipped';
      readonly atMs: number;
      readonly transfer: string;
      readonly from: string;
      /** Absent: as it was. */
      readonly expectedAtMs?: number;
      readonly lines: readonly RequestedTransferLine[];
    }
  /** What arrives next is bound to the order; its claim stands beside it. */
  | {
      readonly type: 'transfer-bound';
      readonly atMs: number;
      readonly transfer: string;
      readonly lines: readonly RequestedTransferLine[];
    }
  /** The order does not want it any more: `unasked` of it does not leave, the rest arrives as stock of the location. */
  | {
      readonly type: 'transfer-given-up';
      readonly atMs: number;
      readonly transfer: string;
      readonly lines: readonly (RequestedTransferLine & { readonly unasked: Steps })[];
    }
  | {
      readonly type: 'transfer-received' | 'transfer-lost' | 'transfer-found';
      readonly atMs: number;
      readonly transfer: string;
      readonly lines: readonly RequestedTransferLine[];
    };
