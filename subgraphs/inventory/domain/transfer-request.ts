import type { Bucket } from './bucket.ts';
import type { TrackedLine } from './tracked-line.ts';

export interface RequestTransfer {
  readonly action: 'REQUEST';
  readonly commandId: string;
  readonly from: string;
  readonly to: string;
  readonly expectedAt?: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: string; readonly unit?: string }[];
}

export interface AdvanceTransfer {
  readonly action: 'APPROVE' | 'STAGE' | 'CANCEL';
  readonly commandId: string;
  readonly transfer: string;
}

/** A movement of a transfer as a person tells it. */
export interface MoveTransfer {
  readonly action: 'SHIP' | 'RECEIVE' | 'LOSE';
  readonly commandId: string;
  readonly transfer: string;
  readonly occurredAt: string;
  /** SHIP: when it should arrive. */
  readonly expectedAt?: string;
  /** SHIP: nothing more will follow, so the rest of the claim is given back. */
  readonly isFinal?: boolean;
  readonly lines: readonly (TrackedLine & {
    readonly transferLine?: string;
    readonly sku: string;
    readonly quantity: string;
    /** Absent: the base unit. */
    readonly unit?: string;
    /** RECEIVE: where it was put; absent: SELLABLE. */
    readonly bucket?: Bucket;
  })[];
}

/** What people ask of transfers. */
export type TransferRequest = RequestTransfer | AdvanceTransfer | MoveTransfer;
