import type { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';

/** What lies in one bin; quantities are decimal strings in base units. */
export interface BinStock {
  readonly bin: string;
  readonly quantity: string;
  /** In the words of the WMS. */
  readonly status: string;
}

export interface PositionKey {
  readonly sku: string;
  readonly location: string;
}

export interface ReleasedLine {
  readonly orderLine: string;
  readonly sku: string;
  readonly quantity: string;
}

export interface Release {
  /** The same key never makes a second piece of work. */
  readonly idempotencyKey: string;
  readonly order: string;
  readonly location: string;
  readonly lines: readonly ReleasedLine[];
  /** Where the goods are sent. Absent: nobody told it, or they go to no customer. */
  readonly shipTo?: ParcelAddress;
}

export interface Redirection {
  readonly order: string;
  readonly location: string;
  readonly shipTo: ParcelAddress;
}

/**
 * What the hub needs from a WMS. Every call is bounded by a timeout and retried within bounds inside; what remains is an
 * Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal (UPSTREAM_REJECTED).
 */
export interface Wms {
  /** The name of this system as a source, such as `wms-north`. */
  readonly system: string;
  /** The locations that it runs. */
  readonly locations: readonly string[];
  /** Bin stock of many positions in one call, keyed by `sku|location`. Positions without bins are absent. */
  lookUpBins(keys: readonly PositionKey[]): Promise<ReadonlyMap<string, readonly BinStock[]>>;
  /** Hands work over. Idempotent by key. */
  release(release: Release): Promise<void>;
  /**
   * Asks to stop all work of an order at a location. CANCELLED: it will not leave; REFUSED: too late, it goes on.
   * Idempotent.
   */
  cancelRelease(order: string, location: string): Promise<'CANCELLED' | 'REFUSED'>;
  /**
   * Sends all work of an order at a location to another address. REDIRECTED: it goes there; REFUSED: too late for some of
   * it. Idempotent. Absent: the system takes no other address for work that it has.
   */
  redirect?(work: Redirection): Promise<'REDIRECTED' | 'REFUSED'>;
}
