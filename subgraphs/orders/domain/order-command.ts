import type { Steps } from '../../../kernel/model/quantity.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { Tender } from '../../../schema/events/fields.ts';
import type { CancelReason } from './calling-off/cancel-order.ts';
import type { Expectation } from './promises/expect-supply.ts';
import type { LinePromise } from './promises/promise-delivery.ts';
import type { RejectionReason } from './work/reject-work.ts';
import type { LineChoice } from './claims/plan-allocation.ts';
import type { Order } from './order.ts';
import type { OrderEdit } from './changes/order-edit.ts';
import type { ToldChange } from './changes/translate-change.ts';
import type { ShortPolicy } from './claims/owe-short-units.ts';
import type { ExceptionEvent } from './order-exception.ts';
import type { HandOver, LineQuantity } from './parcels/shipment.ts';
import type { OrderTransferStatus, TransferredLine } from './pickup/order-transfer.ts';
import type { PickupTerms } from './pickup/pickup-rules.ts';
import type { Told } from './told.ts';
import type { ReturnStep } from './record-return-step.ts';
import type { SoldLine } from './marketplace/marketplace-terms.ts';
import type { CaptureChoice } from './money/capture-rules.ts';
import type { NewHold } from './holds/hold.ts';
import type { PaymentTold } from './money/payment-told.ts';
import type { FraudVerdict } from './money/order-payment.ts';
import type { Tracking } from './parcels/shipment.ts';
import type { CommandOutcome } from './command-outcome.ts';
import type { StoreStep } from './work/store-step.ts';
import type { ParcelTold, WorkStep } from './work/record-work.ts';
import type { OrderRefund, RefundProgress } from './money/order-refund.ts';
import type { RefundTender } from './money/register-refund.ts';

/** A line of a message: units that could be read, or why not. */
export interface TellsLines {
  readonly lines: readonly LineQuantity[];
  /** What the message said about lines or quantities that this order does not have; one phrase each. */
  readonly misfits: readonly string[];
}

/** Applied once under this key; the same key with another hash is refused. */
interface Once {
  readonly key: string;
  readonly contentHash: string;
}

export type OrderCommand = { readonly told: Told; readonly once?: Once } & (
  | {
      readonly type: 'SettleCommand';
      readonly commandId: string;
      readonly outcome: CommandOutcome;
      /** What the customer is told of delivery; absent: nothing. */
      readonly promises?: readonly LinePromise[];
    }
  | {
      readonly type: 'PlanAllocation';
      readonly choices: readonly LineChoice[];
      /** Lines that no location can serve now. */
      readonly unsourced: readonly string[];
      /** Lines that too many locations have failed. */
      readonly givenUp: readonly string[];
      /** Units that no location has; absent: none. */
      readonly short?: readonly LineQuantity[];
      /** Absent: they wait. */
      readonly shortPolicy?: ShortPolicy;
      /** The stored decision that says why; absent: none was stored. */
      readonly decision?: string;
      /** Locations run by a system, which has to be asked to send goods elsewhere; absent: none. */
      readonly wmsLocations?: readonly string[];
    }
  | { readonly type: 'CoverBackorder'; readonly reservation: string; readonly quantity: Steps }
  | {
      readonly type: 'EditOrder';
      readonly edit: OrderEdit;
      /** Absent: whichever it is. */
      readonly expectedRevision?: number;
      readonly wmsLocations: readonly string[];
      /** Of these, run by systems that send work elsewhere; absent: none. */
      readonly redirectable?: readonly string[];
    }
  | {
      readonly type: 'TakeToldChange';
      readonly change: ToldChange;
      readonly by: string;
      readonly reason: string;
      /** Of whoever allows other prices there. */
      readonly authority: string;
      readonly wmsLocations: readonly string[];
    }
  | { readonly type: 'PlanRelease'; readonly location: string; readonly byHub: boolean }
  | { readonly type: 'CancelOrder'; readonly reason: CancelReason; readonly wmsLocations: readonly string[] }
  | {
      readonly type: 'FulfilOrder';
      readonly location: string;
      readonly step: StoreStep;
      /** Absent: everything at the location that may take the step. */
      readonly lines?: readonly LineQuantity[];
      /** Of READY: for how long it waits. */
      readonly terms?: PickupTerms;
      /** Of HAND_OVER; absent: nobody looked. */
      readonly handOver?: HandOver;
      /** Of SHIP; absent: it goes by no carrier that could be followed. */
      readonly parcel?: Pick<ParcelTold, 'carrier' | 'trackingNumber'>;
      /** Of DELIVER: this one alone; absent: all that are on their way from there. */
      readonly shipment?: string;
    }
  | { readonly type: 'AcceptWork'; readonly location: string }
  | {
      readonly type: 'FollowTransfer';
      readonly transfer: string;
      readonly status: OrderTransferStatus;
      readonly lines: readonly TransferredLine[];
    }
  | { readonly type: 'RefuseTransfer'; readonly transfer: string; readonly reason: string }
  | ({
      readonly type: 'RecordWork';
      readonly step: WorkStep;
      readonly location: string;
      readonly parcel?: ParcelTold;
      /** Of READY_FOR_PICKUP: for how long it waits. */
      readonly terms?: PickupTerms;
      /** Of DELIVERED; absent: it was not told. */
      readonly handOver?: HandOver;
    } & TellsLines)
  | ({ readonly type: 'RecordShortPick'; readonly location: string; readonly eventId: string } & TellsLines)
  | ({
      readonly type: 'RecordRouting';
      readonly status: 'ALLOCATED' | 'RELEASED' | 'CANCELLED';
      /** Null: wherever they are. */
      readonly location: string | null;
      /** Null: it was not told. */
      readonly reason: string | null;
    } & TellsLines)
  | { readonly type: 'RecordDelivery'; readonly shipment: string }
  | { readonly type: 'RecordTracking'; readonly shipment: string; readonly tracking: Tracking }
  | { readonly type: 'FollowShipment'; readonly shipment: string; readonly by: string }
  | { readonly type: 'NoteUntoldParcel'; readonly shipment: string; readonly by: string; readonly reason: string }
  | { readonly type: 'NoteStuckWork'; readonly because: string | null }
  | {
      readonly type: 'PlanLabel';
      readonly location: string;
      readonly system: string;
      /** Null: no label can be bought. */
      readonly service: string | null;
      /** Why none can; absent: no carrier takes the parcel. */
      readonly because?: string;
      readonly from: ParcelAddress;
      readonly weightGrams: number;
    }
  | { readonly type: 'NoteAddress' }
  | {
      readonly type: 'ErasePersonalData';
      /** In the place of the customer. */
      readonly pseudonym: string;
      /** Words by which the person is known. */
      readonly texts: readonly string[];
    }
  | { readonly type: 'KeepEvidence'; readonly what: string; readonly lines: readonly string[] }
  | ({ readonly type: 'EndRelease'; readonly location: string; readonly reason: string } & TellsLines)
  | { readonly type: 'RefuseCancellation'; readonly location: string; readonly reason: string }
  | {
      readonly type: 'RejectWork';
      readonly location: string;
      readonly reason: RejectionReason;
      /** Absent: everything that the location has not begun. */
      readonly lines?: readonly LineQuantity[];
      /** Whether other lines of a SKU that is missing there are rejected along. */
      readonly cascades?: boolean;
    }
  | { readonly type: 'ShedWork'; readonly location: string; readonly reason: 'CAPACITY' | 'STORE_CLOSED' }
  | { readonly type: 'SourceAgain' }
  | { readonly type: 'NoteIdleWork'; readonly location: string }
  | { readonly type: 'WarnIdleWork'; readonly location: string; readonly dueAtMs: number }
  | { readonly type: 'RegisterReturn'; readonly return: string; readonly lines: readonly LineQuantity[] }
  | {
      readonly type: 'RegisterRefund';
      /** The command, by which the refund is known from then on. */
      readonly refund: string;
      readonly return: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly tenders?: readonly RefundTender[];
    }
  | {
      readonly type: 'RegisterCharge';
      readonly return: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly tender: Tender;
    }
  | ({ readonly type: 'RecordReturnStep' } & ReturnStep)
  | { readonly type: 'RecordPayment'; readonly payment: string; readonly about: PaymentTold }
  | {
      readonly type: 'RecordVerdict';
      readonly payment: string;
      readonly verdict: FraudVerdict;
      readonly reason: string;
      readonly wmsLocations: readonly string[];
    }
  | { readonly type: 'PlaceHold'; readonly hold: NewHold }
  | {
      readonly type: 'ResolveHold';
      readonly hold: string;
      readonly outcome: 'RESOLVED' | 'REJECTED';
      readonly by: string;
      readonly authority: string;
      readonly reason: string;
      readonly wmsLocations: readonly string[];
    }
  | { readonly type: 'ExpectSupply'; readonly expectations: readonly Expectation[] }
  | { readonly type: 'AcceptUnclaimed' }
  | {
      readonly type: 'PrioritiseOrder';
      /** Null: as the rules say. */
      readonly priority: number | null;
      readonly by: string;
      readonly authority: string;
      readonly reason: string;
    }
  | { readonly type: 'HandOverAgain' }
  | { readonly type: 'PassTime'; readonly nowMs: number }
  | {
      readonly type: 'RecordMarketplaceCancellation';
      readonly kind: 'REQUESTED' | 'CANCELLED';
      /** The marketplace's ids of the lines that it is about; absent: the whole order. */
      readonly lineIds?: readonly string[];
      readonly reason: string;
      readonly wmsLocations: readonly string[];
    }
  | ({
      readonly type: 'RecordMarketplaceSale';
      readonly contentHash: string;
      readonly lines: readonly SoldLine[];
      /** Who else is to hear of it from now on. */
      readonly handOffs: Pick<Order, 'noticePlan' | 'sale' | 'routing'>;
      /** When the money counts as taken. */
      readonly capture: CaptureChoice;
      readonly shipByMs?: number;
    } & Pick<Order, 'currency' | 'charges' | 'pricesIncludeTax' | 'destination' | 'acknowledgeByMs'>)
  | {
      readonly type: 'RecordMarketplaceAnswer';
      readonly command: string;
      /** Why it was not taken in; null: it was. */
      readonly reason: string | null;
    }
);

export type CommandOf<Type extends OrderCommand['type']> = Extract<OrderCommand, { readonly type: Type }>;

/** What others hear of beside the new states. */
export type OrderEvent =
  | ExceptionEvent
  | { readonly type: 'order-placed' }
  | { readonly type: 'order-released'; readonly location: string; readonly lines: readonly LineQuantity[] }
  | {
      readonly type: 'work-rejected';
      readonly location: string;
      readonly reason: RejectionReason;
      readonly lines: readonly LineQuantity[];
    }
  | { readonly type: 'work-idle-soon' | 'work-idle' | 'work-begun'; readonly location: string }
  | { readonly type: 'pickup-expiring' | 'pickup-ended'; readonly location: string }
  | { readonly type: 'sourcing-given-up'; readonly lines: readonly string[] }
  | { readonly type: 'sourcing-resumed' }
  | { readonly type: 'parcel-returning'; readonly shipment: string }
  | { readonly type: 'refund-changed'; readonly refund: OrderRefund; readonly progress: RefundProgress };

export interface Transition {
  /** The very order that was given when nothing changes. */
  readonly state: Order;
  readonly events: readonly OrderEvent[];
}
