import type { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';
import type {
  AcknowledgeOrder,
  MarketplaceDone,
  OfferStock,
  TellCancellation,
  TellShipment,
} from '../../schema/commands/outbound-marketplace.ts';

/** The same key tells nothing a second time. */
export interface Keyed {
  readonly idempotencyKey: string;
}

/** By the marketplace's own number; `channel` is the hub's. */
export type Acknowledgement = Keyed & Omit<AcknowledgeOrder, 'order'>;
export type MarketplaceCancellation = Keyed & Omit<TellCancellation, 'order'>;
export type MarketplaceShipment = Keyed & Omit<TellShipment, 'order'>;

/**
 * What the hub needs of a marketplace beside its orders, which come in batches as facts, like its cancellations. Every
 * call is bounded by a timeout and retried within bounds inside; what remains is an Obstacle (UPSTREAM_TIMEOUT,
 * UPSTREAM_UNAVAILABLE) or a Refusal (UPSTREAM_REJECTED).
 */
export interface Marketplace {
  /** The name of this system as a source, such as `market-north`. */
  readonly system: string;
  /** The channels of the hub whose orders it takes. */
  readonly channels: readonly string[];
  /** Whether the hub is to tell it how much may be sold there. */
  readonly offersStock: boolean;
  /** Takes an order on. Idempotent by key. */
  acknowledge(acknowledgement: Acknowledgement): Promise<MarketplaceDone>;
  /** Says that units will not be sent. Idempotent by key. */
  cancel(cancellation: MarketplaceCancellation): Promise<MarketplaceDone>;
  /** Says that units have left. The same shipment again takes the place of the former. */
  confirmShipment(shipment: MarketplaceShipment): Promise<MarketplaceDone>;
  /**
   * Where an order goes, as it stands on a label. Personal data: asked for when a label is to be bought, and kept by whoever
   * asks alone. Null: the marketplace does not tell all that a label needs.
   */
  deliveryAddress(order: Pick<Acknowledgement, 'channel' | 'externalId'>): Promise<ParcelAddress | null>;
  /** Says how much may be sold from now on; whole pieces are offered, what is less than one is not. */
  offerStock(offer: OfferStock): Promise<void>;
}
