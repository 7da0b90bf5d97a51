import type { RoutedOrder, RouteOrder } from '../../schema/commands/outbound-routing.ts';

/**
 * What the hub needs of an OMS that routes the orders of some channels by itself. Every call is bounded by a timeout and
 * retried within bounds inside; what remains is an Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal
 * (UPSTREAM_REJECTED). What it decides it tells as facts of the inbox: `order-routed`, and work that is done.
 */
export interface Oms {
  /** The name of this system as a source, such as `oms-main`. */
  readonly system: string;
  /** Takes an order on, or brings it up to this. An order is known by its id in the hub: repeating it changes nothing. */
  route(order: RouteOrder): Promise<RoutedOrder>;
  /**
   * Asks to stop all work of an order at a location. CANCELLED: it will not leave; REFUSED: too late, it goes on.
   * Idempotent.
   */
  stop(order: string, location: string): Promise<'CANCELLED' | 'REFUSED'>;
}
