import { invariant, isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { acceptUnclaimed } from './acceptance.ts';
import { acceptWork } from './work/accept-work.ts';
import { cancelOrder } from './calling-off/cancel-order.ts';
import { coverBackorder } from './claims/cover-backorder.ts';
import { editOrder } from './changes/edit-order.ts';
import { takeToldChange } from './changes/take-told-change.ts';
import { endRelease } from './calling-off/end-release.ts';
import { erasePersonalData } from './erasure/erase-personal-data.ts';
import { followShipment, noteUntoldParcel } from './parcels/follow-shipment.ts';
import { fulfilOrder } from './work/fulfil-order.ts';
import { keepEvidence } from './keep-evidence.ts';
import { handOverSale } from './hand-offs/hand-over-sale.ts';
import { recordMarketplaceAnswer } from './marketplace/hear-marketplace.ts';
import { recordMarketplaceCancellation } from './marketplace/record-marketplace-cancellation.ts';
import { recordMarketplaceSale } from './marketplace/record-marketplace-sale.ts';
import { tellMarketplace } from './marketplace/tell-marketplace.ts';
import { withCapacity } from './claims/held-capacity.ts';
import { noteAddress } from './labels/note-address.ts';
import { planLabel } from './labels/plan-label.ts';
import { withoutIdleLabels } from './labels/use-label.ts';
import { ORDER_LIMITS, type Order } from './order.ts';
import type { CommandOf, OrderCommand, Transition } from './order-command.ts';
import { exceptionsBetween, withIdleWork } from './order-exceptions.ts';
import { withStatus } from './order-status.ts';
import { owedOf } from './claims/owed-units.ts';
import { withPriority } from './claims/claim-priority.ts';
import { prioritiseOrder } from './claims/prioritise-order.ts';
import { planAllocation } from './claims/plan-allocation.ts';
import { planRelease } from './work/plan-release.ts';
import { withTransfers } from './pickup/order-transfer.ts';
import { followTransfer, refuseTransfer } from './pickup/follow-transfer.ts';
import { withPickups } from './pickup/pickup-deadline.ts';
import { expectSupply } from './promises/expect-supply.ts';
import { withPromises } from './promises/promise-delivery.ts';
import { recordDelivery } from './parcels/record-delivery.ts';
import { recordTracking } from './parcels/record-tracking.ts';
import { recordReturnStep } from './record-return-step.ts';
import { recordShortPick } from './work/record-short-pick.ts';
import { recordWork } from './work/record-work.ts';
import { refuseCancellation } from './calling-off/refuse-cancellation.ts';
import { toldBetween } from './changes/told-between.ts';
import { registerCharge } from './money/register-charge.ts';
import { registerRefund } from './money/register-refund.ts';
import { registerReturn } from './register-return.ts';
import { noteIdleWork, warnIdleWork } from './work/note-idle-work.ts';
import { noteStuckWork } from './work/note-stuck-work.ts';
import { rejectWork } from './work/reject-work.ts';
import { handOverRouting } from './routing/hand-over-routing.ts';
import { recordRouting } from './routing/record-routing.ts';
import { noteRefusedLocation } from './routing/settle-routing.ts';
import { isRouted, takeRouted, takeUpEarly } from './routing/take-routed.ts';
import { shedWork } from './work/shed-work.ts';
import { sourceAgain } from './source-again.ts';
import { settleCommand } from './settle-command.ts';
import { recordPayment } from './money/record-payment.ts';
import { recordVerdict } from './money/record-verdict.ts';
import { passTime, withWakeTime } from './pass-time.ts';
import { holdSoldAhead } from './holds/hold-sold-ahead.ts';
import { placeHold, resolveHold } from './holds/place-hold.ts';
import { handOverAgain } from './hand-offs/settle-sale.ts';
import { settleTaxes } from './money/tax-check.ts';
import { tellCustomer } from './hand-offs/tell-customer.ts';
import { settlePayments } from './money/settle-payments.ts';
import { withOpenAlarms } from './times/alarm.ts';
import { withStanding } from './times/standing.ts';
import { USUAL_TIMES, type TimeRules } from './times/time-rules.ts';
import { countUnits } from './units.ts';

/**
 * The order after a command, and what others are to hear of; or why not. A command that was applied before, by its key,
 * changes nothing.
 */
export function transition(
  order: Order,
  command: OrderCommand,
  rules: TimeRules = USUAL_TIMES,
): Transition | RefusalValue {
  const { once, told } = command;
  const known = once && Object.hasOwn(order.applied, once.key) ? order.applied[once.key] : undefined;
  if (once && known !== undefined) return repeated(order, known === once.contentHash);
  const decided = isRouted(order, command)
    ? takeRouted(order, command, (now, told) => decide(now, told, rules))
    : decide(order, ofSystem(order, command), rules);
  if (isRefusal(decided) || decided.state === order) return decided;
  const marked = once
    ? { ...decided.state, applied: { ...decided.state.applied, [once.key]: once.contentHash } }
    : decided.state;
  const changedAtMs = Math.max(order.changedAtMs, told.occurredAtMs);
  const paid = settlePayments(settleTaxes({ ...marked, changedAtMs }, told), told);
  const handed = tellCustomer(order, handOverRouting(handOverSale(order, tellMarketplace(paid, command))), told);
  const stood = withStanding(
    order,
    withCapacity(withPickups(withoutIdleLabels(withTransfers(withIdleWork(handed))))),
    told,
  );
  // What is told late does not turn the time back.
  const nowMs = Math.max(order.changedAtMs, command.type === 'PassTime' ? command.nowMs : told.recordedAtMs);
  const ranked = withPriority(order, stood, { command, rules: rules.priorities ?? [], nowMs });
  const state = withWakeTime(withStatus(withOpenAlarms(ranked, rules)), rules);
  assertWhole(state);
  const refusal = ALWAYS_TAKEN.includes(command.type) ? undefined : beyondLimits(state);
  return (
    refusal ?? {
      state,
      events: [...decided.events, ...exceptionsBetween(order, state), ...toldBetween(order, state)],
    }
  );
}

/** Refusing them would only bring them again: answers to what was sent, what time brings, that work fails, and rights. */
const ALWAYS_TAKEN: readonly OrderCommand['type'][] = [
  'SettleCommand',
  'PassTime',
  'NoteStuckWork',
  'ErasePersonalData',
];

function repeated(order: Order, isSame: boolean): Transition | RefusalValue {
  if (isSame) return { state: order, events: [] };
  return refuse('IDEMPOTENCY_KEY_REUSED', 'The key was used before for something else.');
}

type Decide<Type extends OrderCommand['type']> = (
  order: Order,
  command: CommandOf<Type>,
  rules: TimeRules,
) => Transition | RefusalValue;

/** What each command does. */
const DECISIONS: { readonly [Type in OrderCommand['type']]: Decide<Type> } = {
  SettleCommand: (order, command, rules) => answered(order, command, rules),
  PlanAllocation: planAllocation,
  CoverBackorder: coverBackorder,
  EditOrder: editOrder,
  TakeToldChange: takeToldChange,
  PlanRelease: planRelease,
  CancelOrder: cancelOrder,
  FulfilOrder: fulfilOrder,
  FollowTransfer: followTransfer,
  RefuseTransfer: refuseTransfer,
  AcceptWork: acceptWork,
  RecordWork: recordWork,
  RecordShortPick: recordShortPick,
  RecordRouting: recordRouting,
  RecordDelivery: recordDelivery,
  RecordTracking: recordTracking,
  FollowShipment: followShipment,
  NoteUntoldParcel: noteUntoldParcel,
  NoteStuckWork: noteStuckWork,
  PlanLabel: planLabel,
  NoteAddress: noteAddress,
  ErasePersonalData: erasePersonalData,
  KeepEvidence: keepEvidence,
  EndRelease: endRelease,
  RefuseCancellation: refuseCancellation,
  RejectWork: rejectWork,
  ShedWork: shedWork,
  SourceAgain: sourceAgain,
  NoteIdleWork: noteIdleWork,
  WarnIdleWork: warnIdleWork,
  RegisterReturn: registerReturn,
  RegisterRefund: registerRefund,
  RegisterCharge: registerCharge,
  RecordReturnStep: recordReturnStep,
  RecordPayment: recordPayment,
  RecordVerdict: recordVerdict,
  RecordMarketplaceCancellation: recordMarketplaceCancellation,
  RecordMarketplaceSale: recordMarketplaceSale,
  RecordMarketplaceAnswer: recordMarketplaceAnswer,
  PlaceHold: placeHold,
  ResolveHold: resolveHold,
  ExpectSupply: expectSupply,
  AcceptUnclaimed: acceptUnclaimed,
  PrioritiseOrder: prioritiseOrder,
  HandOverAgain: handOverAgain,
  PassTime: passTime,
};

/** What waited for the answer is taken up with it. */
function answered(order: Order, command: CommandOf<'SettleCommand'>, rules: TimeRules): Transition | RefusalValue {
  const taken = settleCommand(order, command);
  const held = { ...taken, state: holdSoldAhead(taken.state, command) };
  const settled = withPromises(held, command.promises);
  if (isRefusal(settled) || !order.routing) return settled;
  const noted = { ...settled, state: noteRefusedLocation(order, settled.state, command) };
  return takeUpEarly(noted, (now, told) => decide(now, told, rules));
}

/** Where an OMS routes an order, its work everywhere is the OMS's, which has to be asked to stop. */
function ofSystem(order: Order, command: OrderCommand): OrderCommand {
  if (!order.routing || !('wmsLocations' in command)) return command;
  // It is told the new address with the order itself.
  return { ...command, wmsLocations: order.locations, ...(command.type === 'EditOrder' && { redirectable: [] }) };
}

function decide(order: Order, command: OrderCommand, rules: TimeRules): Transition | RefusalValue {
  // The decision is the one of this type, which TypeScript cannot follow through the table.
  const decision = DECISIONS[command.type] as Decide<OrderCommand['type']>;
  return decision(order, command, rules);
}

/** What must hold after every change: no unit appears or is lost, and each unit without a location has its claim. */
function assertWhole(order: Order): void {
  for (const { id, units, ordered, claims } of order.lines) {
    invariant(countUnits(units) === ordered, 'The units of a line are not what was ordered.', { line: id });
    const claimed = claims.reduce((sum, claim) => sum + claim.quantity, 0);
    const owed = claims.reduce((sum, claim) => sum + owedOf(claim), 0);
    const backordered = countUnits(units, { states: ['BACKORDERED'] });
    const reserved = countUnits(units, { states: ['RESERVED'] });
    invariant(claimed === reserved + backordered, 'The claims of a line are not its units.', { line: id });
    invariant(owed === backordered, 'What a line is owed is not what waits.', { line: id });
  }
}

function beyondLimits({ timeline, applied, refunds = [] }: Order): RefusalValue | undefined {
  const { timelineEntriesMax, appliedMax, refundsMax } = ORDER_LIMITS;
  if (refunds.length > refundsMax) {
    return refuse('LIMIT_EXCEEDED', 'Money of the order was given back too many times.', { refundsMax });
  }
  if (timeline.length > timelineEntriesMax) {
    return refuse('LIMIT_EXCEEDED', 'The order has too long a history.', { timelineEntriesMax });
  }
  if (Object.keys(applied).length > appliedMax) {
    return refuse('LIMIT_EXCEEDED', 'Too many messages were applied to the order.', { appliedMax });
  }
  return undefined;
}
