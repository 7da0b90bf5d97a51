import type {
  AllocateStock,
  CancelReservations,
  ChangeCondition,
  DeallocateStock,
  DisposeReturn,
  ExtendReservation,
  PrioritiseReservations,
  RecordMovement,
  ReserveStock,
} from '../../../schema/commands/inventory.ts';
import type { SkuRegistered } from '../../../schema/events/products.ts';
import type { LocationRecorded } from '../../../schema/events/inbox.ts';
import type { ErrorCode } from '../../../schema/errors.ts';
import type { RuleWithdrawalRequest } from './decide-withdraw-rules.ts';
import type { SkuToSettle } from './decide-settle-exceptions.ts';
import type { ExceptionClearance, ExceptionReport } from './exception-event.ts';
import type { RuleRequest } from './read-rule.ts';
import type { NumberedMessage } from './numbered-fact.ts';
import type { StockFact } from './stock-fact.ts';
import type { DisposeStock } from './decide-dispose-stock.ts';
import type { TransferRequest } from './transfer-request.ts';

/** What the ledger is asked to do. JSON data. */
export type LedgerCommand =
  | { readonly type: 'reserve-stock'; readonly request: ReserveStock }
  | {
      readonly type: 'cancel-reservations';
      readonly request: CancelReservations;
      /** Present: only reservations of this owner are known to the sender. */
      readonly owner?: string;
    }
  | {
      readonly type: 'extend-reservation';
      readonly request: ExtendReservation;
      /** As for cancel-reservations. */
      readonly owner?: string;
    }
  | { readonly type: 'prioritise-reservations'; readonly request: PrioritiseReservations }
  | { readonly type: 'allocate-stock'; readonly request: AllocateStock }
  | { readonly type: 'deallocate-stock'; readonly request: DeallocateStock }
  | { readonly type: 'dispose-return'; readonly request: DisposeReturn }
  | { readonly type: 'change-condition'; readonly request: ChangeCondition }
  | { readonly type: 'record-movement'; readonly request: RecordMovement }
  | { readonly type: 'record-fact'; readonly fact: StockFact }
  | { readonly type: 'dispose-stock'; readonly request: DisposeStock }
  | { readonly type: 'change-transfer'; readonly request: TransferRequest }
  | { readonly type: 'expire-reservations' }
  | { readonly type: 'settle-exceptions'; readonly skus: readonly SkuToSettle[] }
  | {
      readonly type: 'report-exceptions';
      readonly raised: readonly ExceptionReport[];
      readonly cleared: readonly ExceptionClearance[];
    }
  /** A message has come that says nothing of stock. */
  | { readonly type: 'observe-number'; readonly message: NumberedMessage }
  /** Tells of numbers that a source has skipped for so long. */
  | { readonly type: 'raise-sequence-gaps'; readonly waitMs: number }
  /** Tells of receipts that another system tells otherwise for so long. */
  | { readonly type: 'raise-unmatched-receipts'; readonly waitMs: number }
  | { readonly type: 'change-availability-rules'; readonly request: RuleChangeRequest }
  | { readonly type: 'withdraw-availability-rules'; readonly request: RuleWithdrawalRequest }
  | { readonly type: 'apply-due-rules' }
  | { readonly type: 'cover-backorders'; readonly skus: readonly string[] }
  | { readonly type: 'advance-supply-horizon' }
  | { readonly type: 'set-location-feed'; readonly request: FeedSettings }
  | {
      readonly type: 'hear-feed';
      readonly location: string;
      readonly system: string;
      readonly occurredAtMs: number;
    }
  | { readonly type: 'mark-stale-feeds' }
  | { readonly type: 'register-sku'; readonly request: SkuSettings }
  | { readonly type: 'register-location'; readonly request: LocationRecorded }
  | { readonly type: 'register-network'; readonly request: NetworkSettings }
  | { readonly type: 'register-channel'; readonly request: ChannelSettings };

export type SkuSettings = Pick<SkuRegistered, 'sku' | 'step' | 'categories'> & Partial<SkuRegistered>;

export interface NetworkSettings {
  readonly id: string;
  /** In the order of preference for sourcing. */
  readonly locations: readonly string[];
}

export interface ChannelSettings {
  readonly id: string;
  readonly network: string;
  readonly currency: string;
  readonly publishes: 'ATS' | 'BAND';
}

/** A change of availability rules, all or none. */
export interface RuleChangeRequest {
  readonly changedBy: string;
  /** Epoch milliseconds; null: at once. */
  readonly effectiveAtMs: number | null;
  readonly rules: readonly RuleRequest[];
}

export interface RuleChangeAnswer {
  readonly version: number;
  readonly effectiveAtMs: number;
  /** As if it took effect at the moment of the decision. */
  readonly impact: RuleImpact;
}

/** What a change of rules does to availability. */
export interface RuleImpact {
  /** The largest losses first; not all when there are very many. */
  readonly changes: readonly {
    readonly sku: string;
    readonly channel: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** Pairs of SKU and channel whose availability changes; of them, those that fall, and those that fall to nothing. */
  readonly changed: number;
  readonly fallen: number;
  readonly soldOut: number;
  readonly examinedSkus: number;
  /** False when there was too much to look at everything. */
  readonly isComplete: boolean;
}

export interface FeedSettings {
  readonly location: string;
  /** Null: no system feeds it that could be late. */
  readonly feed: { readonly system: string; readonly staleAfterMs: number } | null;
}

/** A reservation as a command is answered. */
export interface ReservationAnswer {
  readonly id: string;
  readonly lineRef: string;
  readonly sku: string;
  readonly quantity: string;
  /** Of `quantity`, what is sold beyond stock and still owed; absent: none. */
  readonly backordered?: string;
  /** It is sold ahead, and does not leave before; absent: it leaves as soon as it is there. */
  readonly shipsAt?: string;
  readonly expiresAt: string | null;
}

/** A line of a fact that could not be applied; it waits until the cause is mended. */
export interface ParkedLine {
  readonly lineId: string;
  readonly code: ErrorCode;
  readonly message: string;
  /** Another location than that of the fact, which is not registered. */
  readonly location?: string;
  /** A component of the kit of the line, which is not registered. */
  readonly sku?: string;
}

export interface FactAnswer {
  readonly appliedLines: number;
  readonly repeatedLines: number;
  readonly parked: readonly ParkedLine[];
  /** True when other content was applied under this id before, and this one therefore was not. */
  readonly isConflict?: boolean;
}

/** What each command is answered. */
export interface LedgerAnswers {
  readonly 'reserve-stock': { readonly reservations: readonly ReservationAnswer[] };
  readonly 'cancel-reservations': {
    readonly cancelled: readonly string[];
    /** What is left of claims that were given up in part; absent: nothing. */
    readonly reservations?: readonly ReservationAnswer[];
  };
  readonly 'extend-reservation': { readonly reservation: ReservationAnswer };
  readonly 'prioritise-reservations': Nothing;
  readonly 'allocate-stock': Nothing;
  readonly 'deallocate-stock': { readonly reservations: readonly ReservationAnswer[] };
  readonly 'dispose-return': Nothing;
  readonly 'change-condition': Nothing;
  readonly 'record-movement': Nothing;
  readonly 'record-fact': FactAnswer;
  readonly 'dispose-stock': Nothing;
  readonly 'change-transfer': { readonly transfer: string };
  readonly 'expire-reservations': { readonly expired: number };
  readonly 'settle-exceptions': { readonly changed: number };
  readonly 'report-exceptions': { readonly changed: number };
  readonly 'observe-number': Nothing;
  readonly 'raise-sequence-gaps': { readonly raised: number };
  readonly 'raise-unmatched-receipts': { readonly raised: number };
  readonly 'change-availability-rules': RuleChangeAnswer;
  readonly 'withdraw-availability-rules': { readonly version: number };
  readonly 'apply-due-rules': { readonly effective: number };
  readonly 'cover-backorders': { readonly covered: number };
  readonly 'advance-supply-horizon': Nothing;
  readonly 'set-location-feed': Nothing;
  readonly 'hear-feed': Nothing;
  readonly 'mark-stale-feeds': { readonly stale: number };
  readonly 'register-sku': Nothing;
  readonly 'register-location': Nothing;
  readonly 'register-network': Nothing;
  readonly 'register-channel': Nothing;
}

export type Nothing = Readonly<Record<string, never>>;
export type CommandOf<Type extends LedgerCommand['type']> = Extract<LedgerCommand, { readonly type: Type }>;
