import type {
  CancelReservations,
  DeallocateStock,
  PrioritiseReservations,
  ReserveStock,
} from '../../../schema/commands/inventory.ts';
import type { AllocateStock, BringStock, GiveUpTransfer, RecordMovement } from '../../../schema/commands/inventory.ts';
import type { CancelWord } from './marketplace/marketplace-terms.ts';
import type { NoticeSubject } from './hand-offs/reached-milestones.ts';
import type { RoutedLine } from './routing/routing-hand-off.ts';
import type { SaleLine } from './hand-offs/sale-hand-off.ts';
import type { LineQuantity } from './parcels/shipment.ts';
import type { CapacityClaim } from './claims/capacity-claim.ts';

/**
 * A command that was decided together with the state that it follows from. It is sent until it is answered, always under
 * the same id, so that a crash or an outage in between neither loses nor doubles it.
 */
export type PendingCommand =
  | { readonly id: string; readonly name: 'reserve-stock'; readonly request: ReserveStock }
  | { readonly id: string; readonly name: 'prioritise-reservations'; readonly request: PrioritiseReservations }
  | { readonly id: string; readonly name: 'allocate-stock'; readonly request: AllocateStock }
  | { readonly id: string; readonly name: 'cancel-reservations'; readonly request: CancelReservations }
  | { readonly id: string; readonly name: 'deallocate-stock'; readonly request: DeallocateStock }
  | { readonly id: string; readonly name: 'record-movement'; readonly request: RecordMovement }
  | {
      readonly id: string;
      readonly name: 'bring-stock';
      readonly request: BringStock;
      /** The location that gives is run by a system, which has to be asked. */
      readonly isRunBySystem?: true;
    }
  | { readonly id: string; readonly name: 'give-up-transfer'; readonly request: GiveUpTransfer }
  | {
      readonly id: string;
      readonly name: 'release-work';
      readonly location: string;
      readonly lines: readonly LineQuantity[];
      /** It is sent to another location by this transfer, under whose name it is asked for. Absent: it is the order's. */
      readonly transfer?: string;
    }
  | OnLabel<'buy-label'>
  | OnLabel<'void-label'>
  | { readonly id: string; readonly name: 'forget-address' }
  | {
      readonly id: string;
      readonly name: 'stop-work';
      readonly location: string;
      /** The work is that of this transfer. Absent: it is the order's. */
      readonly transfer?: string;
    }
  | { readonly id: string; readonly name: 'redirect-work'; readonly location: string }
  | { readonly id: string; readonly name: 'acknowledge-order'; readonly system: string }
  | {
      readonly id: string;
      readonly name: 'tell-cancellation';
      readonly system: string;
      readonly lines: readonly LineQuantity[];
      readonly reason: CancelWord;
    }
  | { readonly id: string; readonly name: 'tell-shipment'; readonly system: string; readonly shipment: string }
  | { readonly id: string; readonly name: 'quote-tax'; readonly system: string }
  | {
      readonly id: string;
      readonly name: 'tell-customer';
      readonly system: string;
      /** The key of the notice. */
      readonly notice: string;
      readonly about: NoticeSubject;
    }
  | {
      readonly id: string;
      readonly name: 'record-sales-order';
      readonly system: string;
      readonly lines: readonly SaleLine[];
      readonly totalMinor: number;
    }
  | {
      readonly id: string;
      readonly name: 'route-order';
      readonly system: string;
      readonly lines: readonly RoutedLine[];
    }
  | {
      readonly id: string;
      readonly name: 'request-invoice';
      readonly system: string;
      readonly shipment: string;
      readonly amountMinor: number;
      /** What the whole order costs. */
      readonly totalMinor: number;
    }
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

interface OnLabel<Name extends string> {
  readonly id: string;
  readonly name: Name;
  readonly label: string;
}

/** `authorise-payment` is asked for directly, the others by way of the provider's queue. */
interface OnPayment<Name extends string> {
  readonly id: string;
  readonly name: Name;
  readonly payment: string;
  readonly amountMinor: number;
}
