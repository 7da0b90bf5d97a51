import type { Money } from '../../../../kernel/model/money.ts';
import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { ParcelStatus } from '../../../../schema/events/inbox-parcels.ts';
import type { Told } from '../told.ts';

export interface Shipment {
  readonly id: string;
  /** The name that its system gave it. */
  readonly externalId: string;
  readonly source: string;
  readonly location: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly shippedAtMs: number;
  /** When the hub knew that it left. Absent: not kept. */
  readonly recordedAtMs?: number;
  /** Null: nobody has told when it arrived. */
  readonly deliveredAtMs: number | null;
  /** When it was taken to have arrived, because nobody told anything of it. Absent: it was not. */
  readonly presumedAtMs?: number;
  readonly lines: readonly LineQuantity[];
  /** The system of the carrier that was asked to tell where it is; absent: none was. */
  readonly followedBy?: string;
  /** The label that it left with, where the hub bought it. Absent: none. */
  readonly label?: ShipmentLabel;
  /** Why that carrier does not tell where it is; absent: nobody said that it does not. */
  readonly untoldBecause?: string;
  /** The newest that its carrier told; absent: nothing. */
  readonly tracking?: Tracking;
  /** It was collected, and this shows by whom; absent: it was sent, or nobody looked. */
  readonly handOver?: HandOver;
}

/** What shows that goods went to the one they were meant for. */
export interface HandOver {
  readonly proof: HandOverProof;
  /** Such as the last digits of a document; never the whole of it. Null: nothing was written down. */
  readonly reference: string | null;
}

export type HandOverProof = 'PICKUP_CODE' | 'ID_DOCUMENT' | 'SIGNATURE' | 'PAYMENT_CARD';

export interface ShipmentLabel {
  /** What the hub calls it. */
  readonly id: string;
  /** What its carrier calls it. */
  readonly reference: string;
  /** Where it can be printed from. */
  readonly document: string;
  readonly cost: Money;
}

/** Where a parcel is. */
export interface Tracking {
  readonly status: ParcelStatus;
  /** In the words of the carrier. */
  readonly detail?: string;
  readonly place?: string;
  readonly atMs: number;
}

export interface LineQuantity {
  readonly line: string;
  readonly quantity: Steps;
}

export interface EarlyDelivery {
  readonly shipment: string;
  readonly told: Told;
}

/** A shipment is named by its order and its number. */
export const shipmentIdOf = (order: string, shipmentNo: number): string => `${order}.s${shipmentNo}`;

/** The order of a shipment id, or undefined when it cannot be one. */
export function orderOfShipmentId(shipmentId: string): string | undefined {
  const at = shipmentId.lastIndexOf('.s');
  return at > 0 && /^[1-9]\d*$/.test(shipmentId.slice(at + 2)) ? shipmentId.slice(0, at) : undefined;
}
