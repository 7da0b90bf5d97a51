import type { Steps } from '../../../kernel/model/quantity.ts';
import type { ErrorCode } from '../../../schema/errors.ts';
import type { Hold } from './holds/hold.ts';
import type { OrderTransfer } from './pickup/order-transfer.ts';
import type { Pickup } from './pickup/pickup-deadline.ts';
import type { MarketplaceTerms } from './marketplace/marketplace-terms.ts';
import type { NoticePlan } from './hand-offs/notice.ts';
import type { OrderStatus } from './order-status.ts';
import type { RoutingHandOff } from './routing/routing-hand-off.ts';
import type { SaleHandOff } from './hand-offs/sale-hand-off.ts';
import type { Destination } from './sourcing/destination.ts';
import type { TaxCheck } from './money/tax-check.ts';
import type { ParcelLabel } from './labels/parcel-label.ts';
import type { Alarm } from './times/alarm.ts';
import type { OpenEdit, ToldChanges } from './changes/order-edit.ts';
import type { OrderCharge, OrderLine } from './order-line.ts';
import type { OrderRefund } from './money/order-refund.ts';
import type { Payment } from './money/order-payment.ts';
import type { EarlyDelivery, LineQuantity, Shipment } from './parcels/shipment.ts';
import type { Told } from './told.ts';
import type { Acceptance } from './acceptance.ts';
import type { ClaimPriority } from './claims/priority-of-claim.ts';
import type { CapacityClaim } from './claims/capacity-claim.ts';
import type { PendingCommand } from './commands-of-order.ts';

/** What a customer bought, through any channel: JSON data, replaced as a whole by every transition. */
export interface Order {
  readonly id: string;
  readonly channel: string;
  /** Unique within the channel. */
  readonly externalId: string;
  /** How the hub came to know it. */
  readonly origin: 'PLACED' | 'STORE_SALE' | 'WEB_SALE';
  /** The system that told of it, which has taken it already; nobody waits for an answer. Absent: somebody asked the hub to. */
  readonly toldBy?: string;
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
  /** What returns had given back, the oldest first. Absent: nothing. */
  readonly refunds?: readonly OrderRefund[];
  /** Absent: its taxes are taken at the word of the channel. */
  readonly taxCheck?: TaxCheck;
  /** How it stands with the marketplace that took it. Absent: none did. */
  readonly marketplace?: MarketplaceTerms;
  /** It was taken on before its stock was claimed. Absent: it was not, or a marketplace has sold it. */
  readonly acceptance?: Acceptance;
  /** Who tells the customer what becomes of it, and what was told. Absent: nobody does. */
  readonly noticePlan?: NoticePlan;
  /** How it stands with the ERP that keeps sales orders. Absent: none keeps it. */
  readonly sale?: SaleHandOff;
  /** How it stands with the OMS that routes it. Absent: the hub does. */
  readonly routing?: RoutingHandOff;
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
  /** 1 as placed; each change of what is bought counts. Absent: 1. */
  readonly revision?: number;
  /** A change that waits for its claim. Absent: none does. */
  readonly openEdit?: OpenEdit;
  /** What platforms told of their changes, by their names as sources. Absent: nothing. */
  readonly toldChanges?: Readonly<Record<string, ToldChanges>>;
  /** Changes whose claim was refused or whose time was over, by their key, so that a repeat is answered alike. */
  readonly refusedEdits?: Readonly<Record<string, Rejection>>;
  /** Absent: none. */
  readonly partialStops?: readonly PartialStop[];
  /** Locations that kept work beyond what they can do, with when they were given it; absent: none. */
  readonly keptAt?: Readonly<Record<string, number>>;
  /** What locations are still to confirm of work that was stopped in part; absent: nothing. */
  readonly stopEchoes?: readonly PartialStop[];
  /** When each location last took on its work, epoch milliseconds; absent: never. */
  readonly acceptedAtMs?: Readonly<Record<string, number>>;
  /** Goods that are brought to where they are collected, in the order of asking; absent: none were. */
  readonly transfers?: readonly OrderTransfer[];
  /** How many transfers were ever asked for; absent: none. */
  readonly transferCount?: number;
  /** What waits to be collected, one for each location; absent: nothing. */
  readonly pickups?: readonly Pickup[];
  /** Locations of which people were told that they have not begun yet what they have to begin soon; absent: none. */
  readonly idleSoonAt?: readonly string[];
  /** Locations run by a system that have not begun their work in time; absent: none. */
  readonly idleAt?: readonly string[];
  /** By when its channel wants to hear that it was taken on. Absent: its channel waits for no word. */
  readonly acknowledgeByMs?: number;
  /** When its channel was told. Absent: it was not. */
  readonly acknowledgedAtMs?: number;
  /** Since when units with a claim wait to be handed over as work; absent: none do. */
  readonly waitsSinceMs?: number;
  /** Since when nothing of it is under way any more; absent: something is. */
  readonly restsSinceMs?: number;
  /** Labels for what its locations send, in the order of their asking; absent: none. */
  readonly labels?: readonly ParcelLabel[];
  /** Where it is sent is kept apart, until nothing of it is to be sent any more. Absent: it is not known. */
  readonly hasAddress?: true;
  /** Of the change that told where it is sent now. Absent: it is where it was told to be first. */
  readonly addressId?: string;
  /** It goes elsewhere than its address says, because a change told no other one. Absent: it does not. */
  readonly isMisaddressed?: true;
  /** Why work on it fails again and again; absent: it does not. */
  readonly stuckBecause?: string;
  /** Who is covered first of those that wait for stock. Absent: it is the usual. */
  readonly priority?: ClaimPriority;
  /** Personal data was taken out of it. Absent: it was not. */
  readonly isErased?: true;
  /** What people were told of deadlines that are still open; absent: nothing. */
  readonly alarms?: readonly Alarm[];
}

/** Work of a location that is stopped although only a part of it is to be called off; the rest is handed over anew. */
export interface PartialStop {
  readonly location: string;
  /** What is called off. */
  readonly lines: readonly LineQuantity[];
  /** Why all of it is to go elsewhere. Absent: it may be handed over to the same location again. */
  readonly shed?: 'CAPACITY' | 'STORE_CLOSED';
}

/** What the ledger has covered of a reservation that the order does not know by name yet. */
export interface EarlyCoverage {
  readonly reservation: string;
  readonly quantity: Steps;
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

export interface Rejection {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
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
  /** Further milestones are not told. */
  noticesMax: 500,
  timelineEntriesMax: 2_000,
  appliedMax: 5_000,
  /** Commands of returns that give money back. */
  refundsMax: 1_000,
  /** The oldest go. */
  decisionsMax: 100,
  /** Changes of what is bought. */
  revisionsMax: 1_000,
} as const;

export function findLine(order: Order, lineId: string): OrderLine | undefined {
  const lineNo = Number(lineId.slice(lineId.lastIndexOf('.') + 1));
  const line = order.lines[lineNo - 1];
  return line?.id === lineId ? line : undefined;
}

/** Puts a changed line in the place of the old one. */
export function withLine(order: Order, line: OrderLine): Order {
  return { ...order, lines: order.lines.with(line.lineNo - 1, line) };
}
