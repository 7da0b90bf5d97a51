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

/** Goods that are claimed for an order are brought to where its customer collects them. */
export interface BringStock {
  readonly action: 'BRING';
  readonly commandId: string;
  readonly transfer: string;
  readonly order: string;
  readonly channel: string;
  readonly from: string;
  readonly to: string;
  readonly lines: readonly {
    readonly orderLine: string;
    readonly reservation: string;
    readonly sku: string;
    readonly quantity: string;
  }[];
}

/** An order does not want what a transfer brings it any more. */
export interface GiveUpTransfer {
  readonly action: 'GIVE_UP';
  readonly commandId: string;
  readonly transfer: string;
  readonly lines: readonly {
    readonly orderLine: string;
    readonly sku: string;
    readonly quantity: string;
    readonly unit?: string;
  }[];
}

/** What orders ask of the transfers that bring their goods. */
export type OrderTransferRequest = BringStock | GiveUpTransfer;

/** What is asked of transfers, by people and by orders. */
export type TransferRequest = RequestTransfer | AdvanceTransfer | MoveTransfer | OrderTransferRequest;
