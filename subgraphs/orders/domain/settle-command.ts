import { noteIfRefused } from './command-outcome.ts';
import { settleBuying, settleVoiding } from './labels/settle-label.ts';
import type { Order } from './order.ts';
import { settleTelling } from './marketplace/hear-marketplace.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { withoutCommand } from './pending-command.ts';
import { settleAllocation } from './claims/settle-allocation.ts';
import { settleAuthorisation, settlePaymentCommand } from './money/settle-payment-command.ts';
import { settleBring } from './pickup/settle-bring.ts';
import { settleCapacity } from './claims/settle-capacity.ts';
import { settleEdit } from './changes/settle-edit.ts';
import { settleOwing } from './claims/owe-short-units.ts';
import { settleDeallocation } from './claims/settle-deallocation.ts';
import { settleRouting } from './routing/settle-routing.ts';
import { settleRedirection } from './work/settle-redirection.ts';
import { settleRelease } from './work/settle-release.ts';
import { settleReservation } from './claims/settle-reservation.ts';
import { settleBooking, settleQuote } from './money/tax-check.ts';
import { settleInvoice, settleRecording } from './hand-offs/settle-sale.ts';
import { settleStop } from './calling-off/settle-stop.ts';
import { settleNotice } from './hand-offs/tell-customer.ts';

/** Takes in the answer to a pending command. One that was settled before changes nothing. */
export function settleCommand(order: Order, { commandId, outcome, told }: CommandOf<'SettleCommand'>): Transition {
  const command = order.pending.find((pending) => pending.id === commandId);
  if (!command) return { state: order, events: [] };
  const rest = withoutCommand(order, commandId);
  switch (command.name) {
    case 'reserve-stock':
      if (rest.openEdit?.commandId === commandId) {
        return { state: settleEdit(rest, { command, outcome, told }, rest.openEdit), events: [] };
      }
      if (command.request.replaces) return { state: settleOwing(rest, { command, outcome, told }), events: [] };
      return settleReservation(rest, { command, outcome, told });
    case 'allocate-stock':
      return { state: settleAllocation(rest, { command, outcome, told }), events: [] };
    case 'bring-stock':
      return { state: settleBring(rest, { command, outcome, told }), events: [] };
    case 'deallocate-stock':
    case 'cancel-reservations':
      return { state: settleDeallocation(rest, { command, outcome, told }), events: [] };
    case 'release-work':
      return settleRelease(rest, { command, outcome, told });
    case 'stop-work':
      return { state: settleStop(rest, { command, outcome, told }), events: [] };
    case 'redirect-work':
      return { state: settleRedirection(rest, { command, outcome, told }), events: [] };
    case 'buy-label':
      return { state: settleBuying(rest, { command, outcome, told }), events: [] };
    case 'void-label':
      return { state: settleVoiding(rest, { command, outcome, told }), events: [] };
    case 'take-capacity':
      return { state: settleCapacity(rest, { command, outcome, told }), events: [] };
    case 'quote-tax':
      return { state: settleQuote(rest, { command, outcome, told }), events: [] };
    case 'acknowledge-order':
    case 'tell-cancellation':
    case 'tell-shipment':
      return { state: settleTelling(rest, { command, outcome, told }), events: [] };
    case 'tell-customer':
      return { state: settleNotice(rest, { command, outcome, told }), events: [] };
    case 'record-sales-order':
      return { state: settleRecording(rest, { command, outcome, told }), events: [] };
    case 'route-order':
      return { state: settleRouting(rest, { command, outcome, told }), events: [] };
    case 'request-invoice':
      return { state: settleInvoice(rest, { command, outcome, told }), events: [] };
    case 'authorise-payment':
      return { state: settleAuthorisation(rest, { command, outcome, told }), events: [] };
    case 'capture-payment':
    case 'void-payment':
    case 'refund-payment':
      return { state: settlePaymentCommand(rest, { command, outcome, told }), events: [] };
    case 'confirm-tax':
      return { state: settleBooking(rest, { command, outcome, told }), events: [] };
    case 'prioritise-reservations':
    case 'forget-address':
    case 'give-capacity-back':
    case 'record-movement':
    case 'give-up-transfer':
      return { state: noteIfRefused(rest, { command, outcome, told }), events: [] };
  }
}
