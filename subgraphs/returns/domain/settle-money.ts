import { addTasks } from './add-tasks.ts';
import { NO_PARTS, netOf, partsBetween, type RefundParts } from './refund-parts.ts';
import type { Charge, Refund, ReturnState } from './return-state.ts';
import type { HandOut, TaskContent } from './task.ts';

export interface MoneySettlement {
  /** All that is due, whatever was given back before. */
  readonly due: RefundParts;
  /** What the order can still give back; absent: it was not asked, because nothing more is due. */
  readonly leftMinor: number;
  /** Absent: on the payments of the order. */
  readonly handOut?: HandOut | undefined;
  readonly nowMs: number;
  readonly nextId: () => string;
}

/**
 * Brings what was given back in line with what is due. No refund is ever edited: more is a further refund, less is a
 * charge, and what is owed, or never reached the customer, is offset first. So at any time what was granted is all refunds
 * less all charges, with what was offset and what was withheld.
 */
export function settleMoney(state: ReturnState, settlement: MoneySettlement): ReturnState {
  const { due, ...rest } = settlement;
  const parts = partsBetween(state.granted ?? NO_PARTS, due);
  const differenceMinor = netOf(parts);
  const granted = state.granted === undefined && differenceMinor === 0 ? state : { ...state, granted: due };
  if (differenceMinor > 0) return refundMore(granted, { ...rest, parts, amountMinor: differenceMinor });
  if (differenceMinor < 0) return takeBack(granted, { ...rest, amountMinor: -differenceMinor });
  return granted;
}

interface Difference extends Omit<MoneySettlement, 'due'> {
  readonly amountMinor: number;
}

function refundMore(
  state: ReturnState,
  { parts, ...difference }: Difference & { readonly parts: RefundParts },
): ReturnState {
  const { amountMinor, leftMinor, handOut, nowMs } = difference;
  const { charges, offsetMinor } = offset(state.charges ?? [], amountMinor);
  const dueMinor = amountMinor - offsetMinor;
  // With nothing left the whole is asked for, so that the refusal shows on the return.
  const withheldMinor = leftMinor > 0 ? Math.max(0, dueMinor - leftMinor) : 0;
  const paidMinor = dueMinor - withheldMinor;
  const settled = {
    ...state,
    ...(charges.length > 0 && { charges }),
    ...(withheldMinor > 0 && { withheldMinor: (state.withheldMinor ?? 0) + withheldMinor }),
  };
  if (paidMinor === 0) return settled;
  return addRefund(settled, {
    id: difference.nextId(),
    amount: { amountMinor: paidMinor, currencyCode: state.currency },
    status: 'REQUESTED',
    requestedAtMs: nowMs,
    isStated: false,
    parts,
    ...(offsetMinor > 0 && { offsetMinor }),
    ...(withheldMinor > 0 && { withheldMinor }),
    ...(handOut && {
      tenders: [{ tender: handOut.tender, amountMinor: paidMinor }],
      counter: { location: handOut.location, reference: handOut.reference },
    }),
  });
}

/** Asks for it on the order. */
export function addRefund(state: ReturnState, refund: Refund): ReturnState {
  const task: TaskContent = { kind: 'REGISTER_REFUND', refund: refund.id };
  return addTasks({ ...state, refunds: [...state.refunds, refund] }, [task], refund.requestedAtMs);
}

function offset(charges: readonly Charge[], amountMinor: number): { charges: readonly Charge[]; offsetMinor: number } {
  let leftMinor = amountMinor;
  const next = charges.map((charge) => {
    // What was waived the customer has all the same.
    if (charge.status !== 'OPEN' && charge.status !== 'WAIVED') return charge;
    const part = Math.min(leftMinor, openOf(charge));
    leftMinor -= part;
    const offsetMinor = charge.offsetMinor + part;
    return {
      ...charge,
      offsetMinor,
      status: offsetMinor === charge.amount.amountMinor ? ('OFFSET' as const) : charge.status,
    };
  });
  return { charges: next, offsetMinor: amountMinor - leftMinor };
}

const openOf = ({ amount, offsetMinor }: Charge): number => amount.amountMinor - offsetMinor;

/** What of a refund did not reach the customer, or came back. */
export function missedOf({ status, amount, progress }: Refund): number {
  if (status !== 'FAILED' && status !== 'REVERSED' && status !== 'CANCELLED') return 0;
  return progress ? progress.failedMinor + progress.reversedMinor : amount.amountMinor;
}

function takeBack(state: ReturnState, { amountMinor, nowMs, nextId }: Difference): ReturnState {
  const { withheldMinor = 0 } = state;
  const forgiven = Math.min(withheldMinor, amountMinor);
  let next: ReturnState = forgiven > 0 ? { ...state, withheldMinor: withheldMinor - forgiven } : state;
  let owedMinor = amountMinor - forgiven;
  for (const refund of state.refunds.toReversed()) {
    const missed = refund.replacedBy === undefined && refund.status !== 'CANCELLED' ? missedOf(refund) : 0;
    if (missed === 0 || owedMinor === 0) continue;
    const part = Math.min(missed, owedMinor);
    owedMinor -= part;
    next = cancelMissed(next, refund, { againMinor: missed - part, nowMs, nextId });
  }
  return addCharge(next, { amountMinor: owedMinor, nowMs, nextId });
}

interface Change {
  readonly amountMinor: number;
  readonly nowMs: number;
  readonly nextId: () => string;
}

function addCharge(state: ReturnState, { amountMinor, nowMs, nextId }: Change): ReturnState {
  if (amountMinor === 0) return state;
  const charge: Charge = {
    id: nextId(),
    amount: { amountMinor, currencyCode: state.currency },
    offsetMinor: 0,
    status: 'OPEN',
    requestedAtMs: nowMs,
    reason: 'Money was given back that is not due after all.',
  };
  return { ...state, charges: [...(state.charges ?? []), charge] };
}

/**
 * More (or less) of a refund that was given up has reached the customer than was known then: it is owed, or what is owed
 * becomes less and the rest is given back anew.
 */
export function evenOut(state: ReturnState, { amountMinor, nowMs, nextId }: Change): ReturnState {
  if (amountMinor >= 0) return addCharge(state, { amountMinor, nowMs, nextId });
  const { charges, offsetMinor } = offset(state.charges ?? [], -amountMinor);
  const againMinor = -amountMinor - offsetMinor;
  const settled = charges.length > 0 ? { ...state, charges } : state;
  return againMinor === 0 ? settled : refundAgain(settled, { amountMinor: againMinor, nowMs, nextId });
}

function refundAgain(state: ReturnState, { amountMinor, nowMs, nextId }: Change): ReturnState {
  const amount = { amountMinor, currencyCode: state.currency };
  return addRefund(state, { id: nextId(), amount, status: 'REQUESTED', requestedAtMs: nowMs, isStated: false });
}

interface Again {
  /** What of it is due all the same. */
  readonly againMinor: number;
  readonly nowMs: number;
  readonly nextId: () => string;
}

/** What never reached the customer need not come back; what of it is still due is asked for anew. */
function cancelMissed(state: ReturnState, missed: Refund, { againMinor, nowMs, nextId }: Again): ReturnState {
  const refunds = state.refunds.map((refund) =>
    refund.id === missed.id ? { ...refund, status: 'CANCELLED' as const } : refund,
  );
  if (againMinor === 0) return { ...state, refunds };
  return refundAgain({ ...state, refunds }, { amountMinor: againMinor, nowMs, nextId });
}
