import type { Steps } from '../../../kernel/model/quantity.ts';

/** Units behind one reservation that need a location. */
export interface Demand {
  readonly line: string;
  readonly sku: string;
  readonly reservation: string;
  readonly quantity: Steps;
  /** Locations that did not find or would not do it before. */
  readonly declinedBy: readonly string[];
  /** Locations of the channel's network in its order of preference, with what each could serve. */
  readonly nodes: readonly { readonly location: string; readonly available: Steps }[];
}

/** Chooses the locations that serve an order. Pure: the same demands always get the same answer. */
export interface SourcingPolicy {
  /** One location per demand that can be served; demands that are left out wait and are tried again. */
  choose(demands: readonly Demand[]): ReadonlyMap<Demand, string>;
}
