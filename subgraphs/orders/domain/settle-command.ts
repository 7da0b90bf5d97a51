import { noteIfRefused } from './command-outcome.ts';
import { settleBuying, settleVoiding } from './labels/settle-label.ts';
import type { Order } from './order.ts';
import { settleTelling } from './marketplace/hear-marketplace.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { withoutCommand } from './pending-command.ts';
import { settleAllocation } from './settle-allocation.ts';
import { settleAuthorisation, settlePaymentCommand } from './settle-payment-command.ts';
import { settleBring } from './settle-bring.ts';
import { settleCapacity } from './settle-capacity.ts';
import { settleEdit } from './settle-edit.ts';
import { settleOwing } from './owe-short-units.ts';
import { settleDeallocation } from './settle-deallocation.ts';
import { settleRouting } from './routing/settle-routing.ts';
import { settleRelease } from './settle-release.ts';
import { settleReservation } from './settle-reservation.ts';
import { settleQuote } from './tax-check.ts';
import { settleInvoice, settleRecording } from './settle-sale.ts';
import { settleStop } from './settle-stop.ts';
import { settleNotice } from './tell-customer.ts';

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
    case 'forget-address':
    case 'give-capacity-back':
    case 'record-movement':
    case 'give-up-transfer':
      return { state: noteIfRefused(rest, { command, outcome, told }), events: [] };
  }
}
