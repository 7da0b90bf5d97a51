import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { LineQuantity } from '../parcels/shipment.ts';

/** How an order stands with the OMS that orchestrates its channel. JSON data. */
export interface RoutingHandOff {
  /** The OMS, by its name as a source. */
  readonly system: string;
  /** NEW: not handed over yet. REFUSED: the OMS does not take it as it is; nothing more is asked until somebody says so. */
  readonly state: 'NEW' | 'ASKED' | 'TAKEN' | 'REFUSED';
  /** As the OMS was told last; absent: it was not. */
  readonly lines?: readonly RoutedLine[];
  /** What the OMS calls it. */
  readonly document?: string;
  /** It goes elsewhere than the OMS was told last. Absent: it does not. */
  readonly isMoved?: true;
  /** What was told of units that the ledger is just asked about, in the order of telling; absent: nothing. */
  readonly early?: readonly EarlyTold[];
  /** Work that left while the ledger was asked to allocate it: it may hold an allocation of what is gone. Absent: none. */
  readonly doubtful?: readonly DoubtfulAllocation[];
}

export interface RoutedLine {
  readonly line: string;
  /** Without what was called off. */
  readonly quantity: Steps;
  /** Every one that the ledger has named for the line. */
  readonly reservations: readonly string[];
}

export interface EarlyTold {
  /** A command of orders, as JSON data. */
  readonly command: object;
  /** What the ledger was asked to allocate because it implies that. Absent: it was not. */
  readonly bound?: readonly LineQuantity[];
}

export interface DoubtfulAllocation {
  readonly line: string;
  readonly location: string;
}

/** A channel whose orders an outside OMS routes, by the settings of the deployment. */
export interface OrchestrationRule {
  readonly channel: string;
  /** The OMS, by its name as a source. */
  readonly system: string;
}

/** @param system null: the hub orchestrates @returns undefined then */
export const routingOf = (system: string | null): RoutingHandOff | undefined =>
  system === null ? undefined : { system, state: 'NEW' };
