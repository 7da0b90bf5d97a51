import type { CancelReservations, DeallocateStock, ReserveStock } from '../../../schema/commands/inventory.ts';
import type { AllocateStock, RecordMovement } from '../../../schema/commands/inventory.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { ErrorCode } from '../../../schema/errors.ts';
import type { ChargeKind, Tender } from '../../../schema/events/fields.ts';
import type { ParcelStatus } from '../../../schema/events/inbox-parcels.ts';
import type { CaptureMoment } from './capture-rules.ts';
import type { Hold } from './hold.ts';
import type { OrderStatus } from './order-status.ts';
import type { Destination } from './sourcing/destination.ts';
import type { DeliveryDates } from './sourcing/sourcing-policy.ts';
import type { Day } from './sourcing/working-calendar.ts';
import type { TaxCheck } from './tax-check.ts';
import type { Units } from './units.ts';

/** What a customer bought, through any channel: JSON data, replaced as a whole by every transition. */
export interface Order {
  readonly id: string;
  readonly channel: string;
  /** Unique within the channel. */
  readonly externalId: string;
  /** How the hub came to know it. */
  readonly origin: 'PLACED' | 'STORE_SALE' | 'WEB_SALE';
  /** Of what was asked for or told, so that the same number with other content is seen. */
  readonly contentHash: string;
  readonly currency: string;
  readonly customer: string | null;
  readonly placedAtMs: number;
  /** When the last change happened, where it happened. */
  readonly changedAtMs: number;
  readonly status: OrderStatus;
  /** The status as a number, for range queries. */
  readonly stage: number;
  readonly lines: readonly OrderLine[];
  readonly charges: readonly OrderCharge[];
  /** False: taxes are added to the prices. Absent: the prices include them. */
  readonly pricesIncludeTax?: boolean;
  readonly payments: readonly Payment[];
  readonly shipments: readonly Shipment[];
  /** Deliveries that were told before their shipment. */
  readonly earlyDeliveries: readonly EarlyDelivery[];
  /** Absent: none. */
  readonly earlyCoverage?: readonly EarlyCoverage[];
  /** In the order of recording. */
  readonly timeline: readonly TimelineEntry[];
  /** Messages and commands that were applied, with a hash of their content ('' where the inbox guards it). */
  readonly applied: Readonly<Record<string, string>>;
  /** What was decided and not yet answered by the one who has to do it, oldest first. */
  readonly pending: readonly PendingCommand[];
  /** How many commands were ever made; names the next one. */
  readonly commandCount: number;
  /** Every location that serves or served a line. */
  readonly locations: readonly string[];
  /** Why it could not be served; remembered, so that a repeat is answered alike. */
  readonly rejection: Rejection | null;
  /** In the order of their placing. Absent: there were none. */
  readonly holds?: readonly Hold[];
  /** Asked back because what it was taken for was called off. Absent: nothing. */
  readonly calledOffRefundMinor?: number;
  /** Absent: its taxes are taken at the word of the channel. */
  readonly taxCheck?: TaxCheck;
  /** When time alone changes something next. Absent: never. */
  readonly wakeAtMs?: number;
  /** Absent: not told. */
  readonly destination?: Destination;
  /** Decisions about its locations that were followed, the oldest first; absent: none. */
  readonly decisions?: readonly string[];
  /** What it holds of the capacity of locations; absent: nothing. */
  readonly capacity?: readonly CapacityClaim[];
  /** When each location was last given work, epoch milliseconds; absent: never. */
  readonly releasedAtMs?: Readonly<Record<string, number>>;
  /** Locations run by a system that have not begun their work in time; absent: none. */
  readonly idleAt?: readonly string[];
}

/** A place in the day of a location, which is given back when less is to be done there. */
export interface CapacityClaim {
  readonly location: string;
  readonly day: Day;
  /** 1, or 0 when the order had its place in the day already. */
  readonly orders: number;
  /** Base units, rounded up for each line. */
  readonly units: number;
}

export interface OrderLine {
  readonly id: string;
  /** 1 for the first. */
  readonly lineNo: number;
  readonly sku: string;
  readonly decimals: StepDecimals;
  readonly ordered: Steps;
  /** For one base unit, before discounts. */
  readonly unitPriceMinor: number;
  /** Taken off the price of the line. Absent: nothing. */
  readonly discounts?: readonly LineDiscount[];
  /** Of the whole line. Absent: none. */
  readonly taxes?: readonly Tax[];
  readonly units: Units;
  /** States that units went through without being told; a message that tells them later moves nothing. */
  readonly inferred: Units;
  /** What stands behind the RESERVED and BACKORDERED units; the quantities are theirs. */
  readonly claims: readonly Claim[];
  /** Locations that did not find or would not do it. */
  readonly declinedBy: readonly string[];
  /** How often a chosen location could not serve it. */
  readonly sourcingFailures: number;
  /** UNSOURCED: no location can serve it now, it is tried again. GIVEN_UP: too many failed it, a person has to decide. */
  readonly sourcing: 'OPEN' | 'UNSOURCED' | 'GIVEN_UP';
  /** What the customer was promised first; absent: nothing yet. */
  readonly promise?: DeliveryDates;
  /** As it looks by the newest decision; absent: not known. */
  readonly expected?: DeliveryDates;
  /** The newest decision about its location; absent: none. */
  readonly decision?: string;
}

export interface Claim {
  /** The reservation in the ledger; null while the ledger has not named it, or when it is lost. */
  readonly reservation: string | null;
  readonly quantity: Steps;
  /** The pending command that is about to name the reservation or to convert it. */
  readonly commandId: string | null;
  /** Where it is about to be allocated. */
  readonly location: string | null;
  /** Of `quantity`, the BACKORDERED units; absent: none. */
  readonly owed?: Steps;
}

/** What the ledger has covered of a reservation that the order does not know by name yet. */
export interface EarlyCoverage {
  readonly reservation: string;
  readonly quantity: Steps;
}

export interface OrderCharge {
  readonly kind: ChargeKind;
  readonly description: string;
  readonly amountMinor: number;
  /** The promotion that a discount comes from. Absent: none. */
  readonly promotion?: string;
  /** Absent: none. */
  readonly taxes?: readonly Tax[];
}

export interface LineDiscount {
  /** Null: it comes from none. */
  readonly promotion: string | null;
  readonly description: string;
  /** More than zero, for the whole line. */
  readonly amountMinor: number;
}

export interface Tax {
  readonly jurisdiction: string;
  /** A decimal. */
  readonly ratePercent: string;
  /** Not negative. */
  readonly amountMinor: number;
}

export type PaymentEventType =
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'VOIDED'
  | 'REFUND_REQUESTED'
  | 'REFUNDED'
  | 'REFUND_FAILED'
  | 'REFUND_REVERSED'
  | 'CHARGEBACK'
  | 'CHARGEBACK_REVERSED';

export interface PaymentEvent {
  readonly type: PaymentEventType;
  /** More than zero. */
  readonly amountMinor: number;
  readonly atMs: number;
  /** The message or command that it comes from. */
  readonly evidence: string;
}

export interface Payment {
  readonly id: string;
  readonly tender: Tender;
  /** Every amount of a payment is a sum of these. */
  readonly events: readonly PaymentEvent[];
  /** Who holds the money. Absent: the channel takes it by itself, and what the hub records is done. */
  readonly provider?: ProvidedBy;
  /** Absent: SHIPMENT. */
  readonly captureAt?: CaptureMoment;
  /** Of the rules that said so. */
  readonly captureRules?: string;
  /** How much more than promised may be taken. Absent: nothing. */
  readonly overCaptureMinor?: number;
  /** What its provider was asked, or did unasked. Absent: nothing. */
  readonly operations?: readonly PaymentOperation[];
  /** The payment whose promise had ended before its money was taken. */
  readonly replaces?: string;
}

/** How a payment stands with its provider. */
export interface ProvidedBy {
  /** The name of the provider as a source. */
  readonly system: string;
  /** What the provider is to authorise. Null: the channel had it authorised. */
  readonly token: string | null;
  /** The provider's id of the payment. Null until it is known. */
  readonly reference: string | null;
  /** What is to be promised, or was. */
  readonly amountMinor: number;
  /** NEW: not asked yet. PENDING: somebody else has to answer. */
  readonly state: 'NEW' | 'ASKED' | 'PENDING' | 'AUTHORIZED' | 'DECLINED' | 'EXPIRED';
  /** Until when the promise is good. Null: it is not told. */
  readonly expiresAtMs: number | null;
  /** The newest verdict on fraud. */
  readonly verdict?: { readonly word: FraudVerdict; readonly atMs: number };
}

export type FraudVerdict = 'APPROVED' | 'REVIEW' | 'REJECTED';

export interface PaymentOperation {
  /** The command that asked for it, or what its provider calls what nobody here asked for. */
  readonly id: string;
  readonly kind: 'CAPTURE' | 'VOID' | 'REFUND' | 'CHARGEBACK';
  readonly amountMinor: number;
  /** REVERSED: it was done, and undone later. */
  readonly state: 'ASKED' | 'DONE' | 'FAILED' | 'REVERSED';
}

export interface Shipment {
  readonly id: string;
  /** The name that its system gave it. */
  readonly externalId: string;
  readonly source: string;
  readonly location: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly shippedAtMs: number;
  readonly deliveredAtMs: number | null;
  readonly lines: readonly LineQuantity[];
  /** The system of the carrier that was asked to tell where it is; absent: none was. */
  readonly followedBy?: string;
  /** The newest that its carrier told; absent: nothing. */
  readonly tracking?: Tracking;
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

interface EarlyDelivery {
  readonly shipment: string;
  readonly told: Told;
}

/** Where a change comes from: the system, the message that proves it, and its two times. */
export interface Told {
  readonly source: string;
  readonly evidence: string;
  readonly occurredAtMs: number;
  readonly recordedAtMs: number;
}

export type Visibility = 'CUSTOMER' | 'AGENT' | 'INTERNAL';

export interface TimelineEntry {
  /** 1 for the first that was recorded. */
  readonly entryNo: number;
  readonly type: string;
  readonly summary: string;
  readonly told: Told;
  readonly origin: 'OBSERVED' | 'INFERRED';
  readonly visibility: Visibility;
  /** Empty: the whole order. */
  readonly lineNos: readonly number[];
}

interface Rejection {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * A command that was decided together with the state that it follows from. It is sent until it is answered, always under
 * the same id, so that a crash or an outage in between neither loses nor doubles it.
 */
export type PendingCommand =
  | { readonly id: string; readonly name: 'reserve-stock'; readonly request: ReserveStock }
  | { readonly id: string; readonly name: 'allocate-stock'; readonly request: AllocateStock }
  | { readonly id: string; readonly name: 'cancel-reservations'; readonly request: CancelReservations }
  | { readonly id: string; readonly name: 'deallocate-stock'; readonly request: DeallocateStock }
  | { readonly id: string; readonly name: 'record-movement'; readonly request: RecordMovement }
  | {
      readonly id: string;
      readonly name: 'release-work';
      readonly location: string;
      readonly lines: readonly LineQuantity[];
    }
  | { readonly id: string; readonly name: 'stop-work'; readonly location: string }
  | { readonly id: string; readonly name: 'quote-tax'; readonly system: string }
  | { readonly id: string; readonly name: 'confirm-tax'; readonly system: string }
  | OnPayment<'authorise-payment'>
  | OnPayment<'capture-payment'>
  | OnPayment<'void-payment'>
  | OnPayment<'refund-payment'>
  | {
      readonly id: string;
      readonly name: 'take-capacity';
      readonly takes: readonly CapacityClaim[];
      /** What is allocated as far as there is capacity for it. */
      readonly lines: readonly AllocateStock['lines'][number][];
    }
  | { readonly id: string; readonly name: 'give-capacity-back'; readonly claim: CapacityClaim };

/** `authorise-payment` is asked for directly, the others by way of the provider's queue. */
interface OnPayment<Name extends string> {
  readonly id: string;
  readonly name: Name;
  readonly payment: string;
  readonly amountMinor: number;
}

/** Bounds of one order. Beyond them a change is refused with LIMIT_EXCEEDED. */
export const ORDER_LIMITS = {
  linesMax: 500,
  chargesMax: 50,
  tendersMax: 10,
  /** Tenders, and the promises that took the place of others. */
  paymentsMax: 20,
  /** Of one line. */
  discountsMax: 20,
  /** Of one line or charge. */
  taxesMax: 20,
  holdsMax: 100,
  timelineEntriesMax: 2_000,
  appliedMax: 5_000,
  /** The oldest go. */
  decisionsMax: 100,
} as const;

/** A line is named by its order and its number, so that its order is found without an index. */
export const lineIdOf = (order: string, lineNo: number): string => `${order}.${lineNo}`;

/** The order of a line id, or undefined when it cannot be one. */
export function orderOfLineId(lineId: string): string | undefined {
  const dot = lineId.lastIndexOf('.');
  return dot > 0 && /^[1-9]\d*$/.test(lineId.slice(dot + 1)) ? lineId.slice(0, dot) : undefined;
}

/** A shipment is named by its order and its number. */
export const shipmentIdOf = (order: string, shipmentNo: number): string => `${order}.s${shipmentNo}`;

/** The order of a shipment id, or undefined when it cannot be one. */
export function orderOfShipmentId(shipmentId: string): string | undefined {
  const at = shipmentId.lastIndexOf('.s');
  return at > 0 && /^[1-9]\d*$/.test(shipmentId.slice(at + 2)) ? shipmentId.slice(0, at) : undefined;
}

export function findLine(order: Order, lineId: string): OrderLine | undefined {
  const lineNo = Number(lineId.slice(lineId.lastIndexOf('.') + 1));
  const line = order.lines[lineNo - 1];
  return line?.id === lineId ? line : undefined;
}

/** Puts a changed line in the place of the old one. */
export function withLine(order: Order, line: OrderLine): Order {
  return { ...order, lines: order.lines.with(line.lineNo - 1, line) };
}
