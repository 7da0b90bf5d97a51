import type { Money } from '../../kernel/model/money.ts';
import type {
  BoughtLabel,
  FollowedParcel,
  ParcelAddress,
  VoidedLabel,
} from '../../schema/commands/outbound-parcels.ts';

/** A parcel that is to be sent. */
export interface ParcelWay {
  /** ISO 3166 alpha-2. */
  readonly fromCountry: string;
  readonly toCountry: string;
  /** More than nothing. */
  readonly weightGrams: number;
}

/** What a service costs, and how long it takes in days on which it delivers. */
export interface ServiceRate {
  readonly service: string;
  readonly carrier: string;
  readonly cost: Money;
  readonly daysMin: number;
  readonly daysMax: number;
}

export interface LabelOrder {
  /** The same key never buys a second label. */
  readonly idempotencyKey: string;
  /** What the hub calls the parcel; comes back with everything that is told of it. */
  readonly reference: string;
  readonly service: string;
  readonly from: ParcelAddress;
  readonly to: ParcelAddress;
  readonly weightGrams: number;
}

export interface SentParcel {
  readonly carrier: string;
  readonly trackingNumber: string;
  /** What the hub calls the parcel; comes back with everything that is told of it. */
  readonly reference: string;
}

/**
 * What the hub needs of a carrier, or of a platform for several. Every call is bounded by a timeout and retried within
 * bounds inside; what remains is an Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal (UPSTREAM_REJECTED).
 */
export interface Carrier {
  /** The name of this system as a source, such as `parcels-main`. */
  readonly system: string;
  /** The carriers that it speaks for, as those name them who send parcels. */
  readonly carriers: readonly string[];
  /** What a parcel would cost, asked for while somebody waits; the cheapest first, empty when nobody takes it. */
  quoteRates(way: ParcelWay): Promise<readonly ServiceRate[]>;
  /** Idempotent by key. */
  buyLabel(order: LabelOrder): Promise<BoughtLabel>;
  /** Gives a label back. Idempotent; REFUSED once the carrier has the parcel. */
  voidLabel(label: string): Promise<VoidedLabel['voided']>;
  /** Has the carrier tell of a parcel whose label was bought elsewhere. Idempotent by carrier and number. */
  track(parcel: SentParcel): Promise<FollowedParcel>;
}
