import { decideAllocateStock } from './decide-allocate-stock.ts';
import { decideCancelReservations } from './decide-cancel-reservations.ts';
import { decideChangeCondition } from './decide-change-condition.ts';
import { decideAdvanceSupplyHorizon, decideApplyDueRules, decideChangeRules } from './decide-change-rules.ts';
import { decideCoverBackorders } from './decide-cover-backorders.ts';
import { decideDeallocateStock } from './decide-deallocate-stock.ts';
import { decideDisposeReturn } from './decide-dispose-return.ts';
import { decideExpireReservations } from './decide-expire-reservations.ts';
import { decideExtendReservation } from './decide-extend-reservation.ts';
import { decideHearFeed, decideMarkStaleFeeds, decideSetFeed } from './decide-feeds.ts';
import { decidePrioritiseReservations } from './decide-prioritise-reservations.ts';
import { decideRecordFact } from './decide-record-fact.ts';
import { decideRecordMovement } from './decide-record-movement.ts';
import { decideRegisterLocation } from './decide-register-location.ts';
import { decideRegisterSku } from './decide-register-sku.ts';
import { decideRegisterChannel, decideRegisterNetwork } from './decide-register-territory.ts';
import { decideReplaceReservations } from './decide-replace-reservations.ts';
import { decideReserveStock } from './decide-reserve-stock.ts';
import { decideReportExceptions, decideSettleExceptions } from './decide-settle-exceptions.ts';
import { decideDisposeStock } from './decide-dispose-stock.ts';
import { decideTransfer } from './decide-transfer.ts';
import { decideWithdrawRules } from './decide-withdraw-rules.ts';
import { decideObserveNumber, decideRaiseSequenceGaps } from './numbered-fact.ts';
import { decideRaiseUnmatchedReceipts } from './receipt-findings.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { LedgerCommand } from './ledger-command.ts';
import type { LedgerState } from './ledger-state.ts';

/** What a command brings about. Changes nothing. */
export function decide(state: LedgerState, command: LedgerCommand, moment: DecisionMoment): Decision {
  switch (command.type) {
    case 'reserve-stock':
      return command.request.replaces
        ? decideReplaceReservations(state, command.request, moment)
        : decideReserveStock(state, command.request, moment);
    case 'cancel-reservations':
      return decideCancelReservations(state, command, moment);
    case 'extend-reservation':
      return decideExtendReservation(state, command, moment);
    case 'prioritise-reservations':
      return decidePrioritiseReservations(state, command.request, moment);
    case 'allocate-stock':
      return decideAllocateStock(state, command.request, moment);
    case 'deallocate-stock':
      return decideDeallocateStock(state, command.request, moment);
    case 'dispose-return':
      return decideDisposeReturn(state, command.request, moment);
    case 'change-condition':
      return decideChangeCondition(state, command.request, moment);
    case 'record-movement':
      return decideRecordMovement(state, command.request, moment);
    case 'record-fact':
      return decideRecordFact(state, command.fact, moment);
    case 'dispose-stock':
      return decideDisposeStock(state, command.request, moment);
    case 'change-transfer':
      return decideTransfer(state, command.request, moment);
    case 'expire-reservations':
      return decideExpireReservations(state, moment);
    case 'observe-number':
      return decideObserveNumber(state, command.message, moment);
    case 'raise-sequence-gaps':
      return decideRaiseSequenceGaps(state, command, moment);
    case 'raise-unmatched-receipts':
      return decideRaiseUnmatchedReceipts(state, command, moment);
    case 'settle-exceptions':
      return decideSettleExceptions(state, command.skus, moment);
    case 'report-exceptions':
      return decideReportExceptions(state, command, moment);
    case 'change-availability-rules':
      return decideChangeRules(state, command.request, moment);
    case 'withdraw-availability-rules':
      return decideWithdrawRules(state, command.request, moment);
    case 'apply-due-rules':
      return decideApplyDueRules(state, moment);
    case 'cover-backorders':
      return decideCoverBackorders(state, command.skus, moment);
    case 'advance-supply-horizon':
      return decideAdvanceSupplyHorizon(state, moment);
    case 'set-location-feed':
      return decideSetFeed(state, command.request, moment);
    case 'hear-feed':
      return decideHearFeed(state, command, moment);
    case 'mark-stale-feeds':
      return decideMarkStaleFeeds(state, moment);
    case 'register-sku':
      return decideRegisterSku(state, command);
    case 'register-location':
      return decideRegisterLocation(state, command.request);
    case 'register-network':
      return decideRegisterNetwork(state, command.request);
    case 'register-channel':
      return decideRegisterChannel(state, command.request);
  }
}
