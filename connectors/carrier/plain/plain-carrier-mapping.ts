import type { ParcelStatus } from '../../../schema/events/inbox-parcels.ts';
import type { CodeMapping } from '../../runtime/code-mapping.ts';

/** What the platform's words mean to the hub. */
export interface PlainCarrierMapping {
  /** The names of carriers, as warehouses and stores write them on shipments, each with the platform's own. */
  readonly carriers: CodeMapping<string>;
  readonly parcelStatuses: CodeMapping<ParcelStatus>;
}

export const PLAIN_PARCEL_STATUSES: PlainCarrierMapping['parcelStatuses'] = {
  pre_transit: 'ANNOUNCED',
  in_transit: 'IN_TRANSIT',
  out_for_delivery: 'OUT_FOR_DELIVERY',
  available_for_pickup: 'AWAITING_PICKUP',
  delivered: 'DELIVERED',
  failure: 'EXCEPTION',
  lost: 'LOST',
  return_to_sender: 'RETURNED',
};
