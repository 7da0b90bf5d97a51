import type { Disposition, KitComponent, MovementReason, UnitConversion } from '../../../schema/events/fields.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { Bucket, VirtualLocation } from './bucket.ts';
import type { EvidenceEvent } from './evidence-event.ts';
import type { ExceptionEvent } from './exception-event.ts';
import type { FactEvent } from './fact-event.ts';
import type { RuleSetting } from './rule-setting.ts';
import type { RuleKind, RuleScope } from './rule-table.ts';
import type { SupplyEvent } from './supply-event.ts';
import type { TrackedCountEvent } from './tracked-event.ts';
import type { TransferEvent } from './transfer-event.ts';

export type ReservationKind = 'CART' | 'CHECKOUT' | 'MARKETPLACE_UNPAID' | 'PICKUP' | 'ORDER' | 'TRANSFER' | 'MANUAL';

export type MovementKind =
  | 'RECEIPT'
  | 'SALE_POS'
  | 'SHIP'
  | 'TRANSFER_OUT'
  | 'TRANSFER_IN'
  | 'RETURN_RECEIPT'
  | 'DISPOSE'
  | 'CONDITION'
  | 'ADJUST'
  | 'COUNT'
  | 'SHORT_PICK';

/** One end of a movement: a bucket of a location, or a virtual location, which has none. */
export type Place = { readonly location: string; readonly bucket: Bucket } | { readonly virtual: VirtualLocation };

/** One SKU that goes from one place to another; both ends change by the same steps. */
export interface MovementLine {
  readonly lineId: string;
  readonly sku: string;
  /** More than zero. */
  readonly steps: Steps;
  readonly from: Place;
  readonly to: Place;
  readonly reason: MovementReason | Disposition;
  /** The quantity as it was told, when it was not in base units. */
  readonly told?: { readonly quantity: string; readonly unit: string };
  /** Of a SKU that is tracked by lots; absent: nobody has told it. */
  readonly lot?: string;
  /** The day that the label of the lot says. */
  readonly expiresOn?: string;
  /** Of a SKU that is tracked by serials, each once; fewer than the units when not all were told. */
  readonly serials?: readonly string[];
  /** True for the counter-entry of a movement that a later count had already seen. */
  readonly isCompensation?: true;
}

/** What told the hub of a movement; (system, eventId, lineId) is applied once. */
export interface FactSource {
  readonly system: string;
  readonly eventId: string;
}

export interface ReservedLine {
  readonly id: string;
  readonly lineRef: string;
  readonly sku: string;
  readonly steps: Steps;
  /** Of a kit: what is claimed for each of its steps. */
  readonly components?: readonly KitPart[];
  /** Of `steps`, those that are sold beyond stock; absent: none. */
  readonly backordered?: Steps;
  /** It is sold ahead, and does not leave before. Absent: it leaves as soon as it is there. */
  readonly shipsAtMs?: number;
}

/** A component of a kit in its own steps. */
export interface KitPart {
  readonly sku: string;
  readonly stepsEach: Steps;
}

/** A claim that is bound to an order line at a location. */
export interface AllocatedLine {
  readonly order: string;
  readonly orderLine: string;
  readonly sku: string;
  readonly location: string;
  readonly steps: Steps;
}

/** What of a reservation is no longer covered. */
export interface ClaimAtRisk {
  readonly reservation: string;
  readonly steps: Steps;
  readonly kind: ReservationKind;
  readonly priority: number;
  readonly owner?: string;
}

/** Everything that may stand in the journal of inventory. Times are epoch milliseconds. */
export type LedgerEvent =
  | EvidenceEvent
  | ExceptionEvent
  | TransferEvent
  | SupplyEvent
  | TrackedCountEvent
  | {
      readonly type: 'sku-registered';
      readonly sku: string;
      readonly decimals: StepDecimals;
      readonly categories: readonly string[];
      readonly baseUnit?: string;
      readonly tracking?: 'LOT' | 'SERIAL';
      readonly components?: readonly KitComponent[];
      readonly conversions?: readonly UnitConversion[];
    }
  | {
      readonly type: 'location-registered';
      readonly location: string;
      readonly name: string;
      readonly locationType: string;
      readonly timeZone: string;
      readonly capabilities: readonly LocationCapability[];
    }
  | { readonly type: 'network-registered'; readonly network: string; readonly locations: readonly string[] }
  | {
      readonly type: 'channel-registered';
      readonly channel: string;
      readonly network: string;
      readonly currency: string;
      readonly publishes: 'ATS' | 'BAND';
    }
  | {
      readonly type: 'availability-rule-set';
      readonly kind: RuleKind;
      readonly scope: RuleScope;
      readonly value: number | null;
    }
  | {
      /** A version of the rules; it holds from its `availability-rule-effective` on. */
      readonly type: 'availability-rules-changed';
      readonly id: string;
      readonly version: number;
      readonly atMs: number;
      readonly effectiveAtMs: number;
      readonly changedBy: string;
      readonly settings: readonly RuleSetting[];
    }
  | {
      /** A version whose time had not come is taken back; it stays known with who did it and why. */
      readonly type: 'availability-rules-withdrawn';
      readonly version: number;
      readonly atMs: number;
      readonly withdrawnBy: string;
      readonly reason: string;
    }
  | { readonly type: 'availability-rule-effective'; readonly version: number; readonly atMs: number }
  | {
      /** Which system tells what happens at a location; null: none that could be late. */
      readonly type: 'location-feed-set';
      readonly location: string;
      readonly atMs: number;
      readonly feed: { readonly system: string; readonly staleAfterMs: number } | null;
    }
  /** The feed of a location has been heard up to an instant. */
  | { readonly type: 'feed-heard'; readonly location: string; readonly untilMs: number }
  | {
      readonly type: 'feed-became-stale' | 'feed-became-fresh';
      readonly location: string;
      readonly atMs?: number;
    }
  | {
      readonly type: 'stock-moved';
      readonly kind: MovementKind;
      readonly atMs: number;
      readonly occurredAtMs: number;
      readonly source: FactSource;
      /** Shared by all that the message set off. */
      readonly correlationId?: string;
      /** The order, return or receipt that it belongs to. */
      readonly document?: string;
      /** The registered channel that sold what has left, when the fact told it. */
      readonly channel?: string;
      readonly lines: readonly MovementLine[];
    }
  | {
      /** The lines of a fact that were dealt with, whether or not they moved anything. */
      readonly type: 'fact-recorded';
      readonly source: FactSource;
      readonly lineIds: readonly string[];
      /** True when the fact has no other lines. */
      readonly isWhole: boolean;
      /** What tells the same content from another; absent for what people tell. */
      readonly payloadHash?: string;
    }
  | FactEvent
  | {
      /** SELLABLE of a position was counted as of an instant; a movement in the same command made it so. */
      readonly type: 'stock-count-applied';
      readonly sku: string;
      readonly location: string;
      readonly asOfMs: number;
      readonly counted: Steps;
    }
  | {
      readonly type: 'stock-count-compared';
      readonly atMs: number;
      readonly source: FactSource;
      readonly sku: string;
      readonly location: string;
      readonly asOfMs: number;
      readonly counted: Steps;
      /** What the ledger held at that instant. */
      readonly recorded: Steps;
      readonly because: 'NOT_OWNER' | 'SUPERSEDED' | 'TOO_OLD';
    }
  | {
      readonly type: 'stock-reserved';
      readonly atMs: number;
      readonly kind: ReservationKind;
      readonly channel: string;
      /** Absent: any location of the network of the channel. */
      readonly location?: string;
      readonly owner?: string;
      readonly expiresAtMs: number | null;
      /** Absent: by the kind. */
      readonly priority?: number;
      /** When what it is the rest of was reserved, whose place it keeps. Absent: it is the rest of nothing. */
      readonly sinceMs?: number;
      readonly lines: readonly ReservedLine[];
    }
  | {
      readonly type: 'reservation-refused';
      readonly atMs: number;
      readonly channel: string;
      readonly kind: ReservationKind;
      readonly owner?: string;
      readonly lines: readonly { readonly sku: string; readonly asked: Steps; readonly available: Steps }[];
    }
  | {
      readonly type: 'reservation-extended';
      readonly atMs: number;
      readonly reservation: string;
      readonly expiresAtMs: number;
    }
  | {
      readonly type: 'reservations-prioritised';
      readonly atMs: number;
      readonly priority: number;
      readonly reservations: readonly string[];
    }
  | {
      /** Stock has come for units that a reservation was owed. */
      readonly type: 'backorder-covered';
      readonly atMs: number;
      readonly reservation: string;
      readonly sku: string;
      readonly steps: Steps;
      /** Absent in events from before others were told of it. */
      readonly kind?: ReservationKind;
      readonly owner?: string;
    }
  /** Expected supply counts up to the horizon from this instant on. */
  | { readonly type: 'supply-horizon-advanced'; readonly atMs: number }
  | { readonly type: 'reservations-cancelled'; readonly atMs: number; readonly reservations: readonly string[] }
  | {
      readonly type: 'reservation-expired';
      readonly atMs: number;
      readonly reservation: string;
      readonly sku: string;
      readonly steps: Steps;
      readonly kind: ReservationKind;
      readonly owner?: string;
    }
  | {
      /** Reservations became allocations, unit for unit. */
      readonly type: 'stock-allocated';
      readonly atMs: number;
      readonly lines: readonly (AllocatedLine & {
        readonly reservation: string;
        readonly components?: readonly KitPart[];
      })[];
    }
  | { readonly type: 'stock-deallocated'; readonly atMs: number; readonly lines: readonly AllocatedLine[] }
  /** What left the location was promised to these lines. */
  | { readonly type: 'allocations-shipped'; readonly atMs: number; readonly lines: readonly AllocatedLine[] }
  | { readonly type: 'stock-picked'; readonly atMs: number; readonly lines: readonly AllocatedLine[] }
  | {
      /** A physical fact left less at a location than is promised there. `short` is all that is missing. */
      readonly type: 'shortage-recorded';
      readonly atMs: number;
      readonly sku: string;
      readonly location: string;
      readonly short: Steps;
      /** Reservations bound there that are to be sourced again, lowest priority first; not all when there are very many. */
      readonly atRisk?: readonly ClaimAtRisk[];
    };

export type LocationCapability = 'SHIP' | 'PICKUP' | 'RETURN' | 'RECEIVE';
export type LedgerEventOf<Type extends LedgerEvent['type']> = Extract<LedgerEvent, { readonly type: Type }>;
